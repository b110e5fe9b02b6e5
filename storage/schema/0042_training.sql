-- Classes with the people who attend them; who has passed the office's test of a skill.

CREATE TABLE training_class (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,                    -- LH-2027-001
    unit TEXT REFERENCES unit (code),             -- the unit whose head keeps it; NULL for the office's
    topic TEXT NOT NULL DEFAULT '',               -- a code of the plan; empty for any other
    name TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    organiser TEXT NOT NULL DEFAULT '',
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    cancelled TEXT,
    cancelled_by INTEGER REFERENCES person (id)
) STRICT;

CREATE TABLE training_person (
    id INTEGER PRIMARY KEY,
    class INTEGER NOT NULL REFERENCES training_class (id),
    person INTEGER NOT NULL REFERENCES person (id),
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    ended TEXT,                                   -- when they were taken off the list, or took themselves off
    ended_by INTEGER REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX training_person_now ON training_person (class, person) WHERE ended IS NULL;
CREATE INDEX training_person_person ON training_person (person);

CREATE TABLE skill (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,                         -- a code of the plan
    person INTEGER NOT NULL REFERENCES person (id),
    test TEXT NOT NULL,                           -- the office's test, as it is called
    day TEXT NOT NULL,
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    ended TEXT,                                   -- when it was withdrawn
    ended_by INTEGER REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX skill_now ON skill (target, person) WHERE ended IS NULL;
CREATE INDEX skill_person ON skill (person);
