-- What unions write of a year: a short account of their own, in no sum and never late.

CREATE TABLE union_account (
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    answers TEXT NOT NULL,                        -- JSON: a text, or what stands for nothing, by section
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, year)
) STRICT, WITHOUT ROWID;
