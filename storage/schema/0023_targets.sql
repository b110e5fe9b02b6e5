-- Several targets may be measured against a year before; a kept number says of what it is, so that no other plan misreads it.

ALTER TABLE figure ADD COLUMN kept_as TEXT NOT NULL DEFAULT '';         -- what the number means: «share», «reduction ram»
ALTER TABLE office_figure ADD COLUMN kept_as TEXT NOT NULL DEFAULT '';
ALTER TABLE office_figure ADD COLUMN until TEXT NOT NULL DEFAULT '';    -- the cut-off that `ten_months` goes to: 10-31

CREATE TABLE baseline_of_target (                 -- what the office measures a target against
    target TEXT NOT NULL,                         -- empty as long as nobody has said which: there was one
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    ten_months TEXT,                              -- until the cut-off
    whole_year TEXT,
    kept_as TEXT NOT NULL DEFAULT '',
    until TEXT NOT NULL DEFAULT '',
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (target, unit, year)
) STRICT, WITHOUT ROWID;
INSERT INTO baseline_of_target (target, unit, year, ten_months, whole_year, by, at)
SELECT '', unit, year, ten_months, whole_year, by, at FROM baseline;
DROP TABLE baseline;
ALTER TABLE baseline_of_target RENAME TO baseline;

UPDATE draft SET form = 'office_figure' WHERE form = 'office_paper';
