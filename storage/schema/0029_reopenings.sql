-- What is opened once more after it was received or locked: asked for by its unit, opened by the office until a day.

CREATE TABLE reopening (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL,                         -- BC-2027-QLXD, KH-2027-QLXD, DS-2027-QLXD, SK-2027-012
    what TEXT NOT NULL CHECK (what IN ('results', 'plan', 'list', 'item')),
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('asked', 'open', 'sent', 'declined', 'withdrawn', 'kept', 'closed', 'passed', 'received')),
    why TEXT NOT NULL DEFAULT '',                 -- of whoever asked for it
    asked_by INTEGER REFERENCES person (id),
    asked TEXT,
    reason TEXT NOT NULL DEFAULT '',              -- of the office
    by INTEGER REFERENCES person (id),
    at TEXT,                                      -- since when it is open
    day TEXT,                                     -- the last day on which something may be sent
    ended TEXT,
    ended_by INTEGER REFERENCES person (id),      -- nobody where the day has passed
    said TEXT NOT NULL DEFAULT ''                 -- why it was declined or closed
) STRICT;
CREATE UNIQUE INDEX reopening_one ON reopening (record) WHERE state IN ('asked', 'open', 'sent');
CREATE INDEX reopening_unit ON reopening (unit, year);
