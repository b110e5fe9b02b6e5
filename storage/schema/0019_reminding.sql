-- Reminding: what a date was before it was moved, and who of the office knows that somebody is not reached.

ALTER TABLE deadline ADD COLUMN was TEXT;         -- the day it had before, where the office has moved it

CREATE TABLE incident (                           -- somebody is not reached: told once, and once when it is over
    person INTEGER NOT NULL REFERENCES person (id),
    channel TEXT NOT NULL,                        -- the messenger; empty: nowhere at all
    at TEXT NOT NULL,
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;
