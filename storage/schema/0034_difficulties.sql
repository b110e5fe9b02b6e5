-- Difficulties that people raise: where each lies now, and everything that has happened to it. None is deleted.

CREATE TABLE difficulty (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,                    -- VM-2027-004
    year INTEGER NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (code),    -- whose report tells of it; follows what becomes of the unit
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    area TEXT NOT NULL DEFAULT '',                -- of the movement; '' for none of them
    text TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('head', 'desk')), -- how it was sent: by way of the head, or straight to the office
    state TEXT NOT NULL CHECK (state IN ('head', 'desk', 'leaders', 'answered', 'solved', 'withdrawn')),
    since TEXT NOT NULL,                          -- since when it lies there
    step INTEGER NOT NULL DEFAULT 1               -- the newest of its steps: what somebody has seen of it
) STRICT;
CREATE INDEX difficulty_unit ON difficulty (unit, year);
CREATE INDEX difficulty_waits ON difficulty (state) WHERE state IN ('head', 'desk', 'leaders', 'answered');

CREATE TABLE difficulty_step (
    difficulty INTEGER NOT NULL REFERENCES difficulty (id),
    n INTEGER NOT NULL,
    move TEXT NOT NULL CHECK (move IN
        ('sent', 'passed_on', 'turned', 'answered', 'referred', 'opinion', 'solved', 'unsolved', 'withdrawn')),
    was TEXT NOT NULL,                            -- the state before
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',                -- the answer, the word beside it, what is still open
    whose TEXT NOT NULL DEFAULT '',               -- of an opinion: whose it is
    day TEXT,                                     -- of an opinion: when it was given
    number TEXT NOT NULL DEFAULT '',              -- of an opinion: of the paper that says it, where there is one
    PRIMARY KEY (difficulty, n)
) STRICT, WITHOUT ROWID;

-- What a unit was given to do, until a day: out of an opinion about a difficulty, or of what an inspection has found.
CREATE TABLE unit_task (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,                         -- VM-2027-004, KT-2027-002
    unit TEXT NOT NULL REFERENCES unit (code),
    text TEXT NOT NULL,
    day TEXT NOT NULL,                            -- the last day
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'closed', 'withdrawn')),
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    said TEXT NOT NULL DEFAULT '',                -- what was done, in the unit's words
    done_by INTEGER REFERENCES person (id),
    done TEXT,
    closed_by INTEGER REFERENCES person (id),     -- of the office
    closed TEXT,
    why TEXT NOT NULL DEFAULT '',                 -- of the office: why it was given back, or withdrawn
    step INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX unit_task_open ON unit_task (unit) WHERE state IN ('open', 'done');
CREATE INDEX unit_task_source ON unit_task (source);
