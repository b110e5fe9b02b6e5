-- What became of units: from when until when each is there, its names by day, which came out of which; baselines from a day on.

ALTER TABLE unit ADD COLUMN since TEXT;           -- its first day, where it came later than the list
ALTER TABLE unit ADD COLUMN ended TEXT;           -- the first day on which it is no more

CREATE TABLE unit_name (                          -- what a unit was called until a day; today's name stands in `unit`
    unit TEXT NOT NULL REFERENCES unit (code),
    until TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (unit, until)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_change (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'renamed', 'ended', 'merged', 'split')),
    day TEXT NOT NULL,                            -- the first day on which it holds
    wanted TEXT NOT NULL,                         -- JSON: what was asked for
    state TEXT NOT NULL DEFAULT 'shown' CHECK (state IN ('shown', 'done', 'undone', 'dropped')),
    undo TEXT NOT NULL DEFAULT '{}',              -- JSON: what was before, and after
    by INTEGER REFERENCES person (id),            -- who has shown it, then who has done it
    at TEXT NOT NULL
) STRICT;
CREATE INDEX unit_change_state ON unit_change (state, at);

CREATE TABLE succession (                         -- which unit goes on with what another one did
    change INTEGER NOT NULL REFERENCES unit_change (id),
    unit TEXT NOT NULL REFERENCES unit (code),
    successor TEXT NOT NULL REFERENCES unit (code),
    PRIMARY KEY (change, unit, successor)
) STRICT, WITHOUT ROWID;

CREATE TABLE baseline_since (                     -- what the office measures a target against
    target TEXT NOT NULL,                         -- empty as long as nobody has said which: there was one
    unit TEXT NOT NULL REFERENCES unit (code),
    since TEXT NOT NULL DEFAULT '',               -- of the unit as it is from this day on; empty: as it was from the start
    year INTEGER NOT NULL,
    ten_months TEXT,                              -- until the cut-off
    whole_year TEXT,
    kept_as TEXT NOT NULL DEFAULT '',
    until TEXT NOT NULL DEFAULT '',
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (target, unit, since, year)
) STRICT, WITHOUT ROWID;
INSERT INTO baseline_since (target, unit, year, ten_months, whole_year, kept_as, until, by, at)
SELECT target, unit, year, ten_months, whole_year, kept_as, until, by, at FROM baseline;
DROP TABLE baseline;
ALTER TABLE baseline_since RENAME TO baseline;
