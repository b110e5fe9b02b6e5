-- Reviews of several years that units send when the office has opened one; every version is kept. A closed one takes nothing more.

CREATE TABLE unit_review (
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,                        -- the last year of the period
    duty TEXT NOT NULL,                           -- of the plan
    code TEXT NOT NULL,                           -- GD-2027-QLXD
    version INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'counted' CHECK (state IN ('counted', 'past')),
    answers TEXT NOT NULL,                        -- JSON: a text, or what stands for nothing, by area and section
    basis TEXT NOT NULL,                          -- JSON: the version of each year's report whose figures stood in it
    late INTEGER NOT NULL,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    first TEXT NOT NULL,                          -- when its first version was sent
    received TEXT,
    plan_hash TEXT NOT NULL,
    UNIQUE (code, version)
) STRICT;
CREATE UNIQUE INDEX unit_review_counted ON unit_review (unit, year, duty) WHERE state = 'counted';

CREATE TABLE review_closing (
    duty TEXT NOT NULL,
    year INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (duty, year)
) STRICT, WITHOUT ROWID;
