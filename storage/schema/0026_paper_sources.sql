-- What the office has filed for a unit from paper or by telephone, and what was taken over of years before: where it came from.

CREATE TABLE paper_source (
    record TEXT NOT NULL,                         -- the code of what was filed: BC-2027-QLXD, KH-2027-QLXD, SK-2027-012
    version INTEGER NOT NULL,                     -- each time it was filed so
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('paper', 'taken_over')),
    way TEXT NOT NULL CHECK (way IN ('document', 'phone', 'person')),
    number TEXT NOT NULL DEFAULT '',              -- of the paper, as Văn thư wrote it
    day TEXT,                                     -- of the paper or the call: what is in time goes by it
    giver TEXT NOT NULL DEFAULT '',               -- who said it, where nobody wrote it
    file INTEGER REFERENCES file (id),
    answers TEXT NOT NULL DEFAULT '{}',           -- JSON: what was filed, so that it stays whole when the unit puts it right
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    replaced TEXT,                                -- since when something else counts
    PRIMARY KEY (record, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX paper_source_counts ON paper_source (record) WHERE replaced IS NULL;
CREATE INDEX paper_source_year ON paper_source (year, unit);
