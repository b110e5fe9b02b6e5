-- What the office has found in the units; what has to be put right is a task of the unit (unit_task.source = code).

CREATE TABLE inspection (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,                    -- KT-2027-002
    year INTEGER NOT NULL,                        -- of the day on which it was
    unit TEXT NOT NULL REFERENCES unit (code),    -- follows what becomes of the unit
    day TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',              -- of the minutes or the paper, where there is one
    found TEXT NOT NULL DEFAULT '',               -- '' where there was nothing to put right
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    withdrawn TEXT,                               -- recorded by mistake
    withdrawn_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX inspection_unit ON inspection (unit, year);
