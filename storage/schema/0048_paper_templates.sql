-- Templates of papers that the office has taken in the place of those that come with the program; the newest of a name is in force.

CREATE TABLE paper_template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                           -- of the template that comes with the program: office_report
    mark TEXT NOT NULL,                           -- the beginning of the hash of its bytes
    bytes BLOB,                                   -- the Word file; NULL for the one that comes with the program again
    by TEXT NOT NULL,                             -- who was signed in on the server
    at TEXT NOT NULL
) STRICT;
CREATE INDEX paper_template_name ON paper_template (name, id);

ALTER TABLE office_paper ADD COLUMN template TEXT NOT NULL DEFAULT ''; -- the mark of the template that made it
