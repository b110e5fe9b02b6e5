-- Deadlines people can trust: leave, what is owed beyond the units' own papers, what a digest said, urging by hand.

ALTER TABLE person ADD COLUMN away_from TEXT;     -- leave or a journey: the first day
ALTER TABLE person ADD COLUMN away_until TEXT;    -- its last day
ALTER TABLE person ADD COLUMN away_to INTEGER REFERENCES person (id);  -- who acts meanwhile
CREATE INDEX person_stands_in ON person (stands_in) WHERE stands_in IS NOT NULL;
CREATE INDEX person_away_to ON person (away_to) WHERE away_to IS NOT NULL;

CREATE TABLE fulfilment (                         -- a duty done outside of here: a paper that was sent on
    duty TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    day TEXT NOT NULL,                            -- the day of the paper
    number TEXT NOT NULL DEFAULT '',              -- its number, as Văn thư wrote it
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, year, duty)
) STRICT, WITHOUT ROWID;

CREATE TABLE digest (                             -- what the office's digests of a year said, to say what changed
    year INTEGER NOT NULL,
    day TEXT NOT NULL,
    sent TEXT NOT NULL,                           -- JSON: codes of the units that had sent
    items INTEGER NOT NULL,
    recognised INTEGER NOT NULL,
    PRIMARY KEY (year, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE urging (                             -- «Đôn đốc»: a second message on one day waits for consent
    id INTEGER PRIMARY KEY,
    duty TEXT NOT NULL,
    year INTEGER NOT NULL,
    text TEXT NOT NULL,
    people TEXT NOT NULL,                         -- JSON: whom it is asked for
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'declined')),
    by INTEGER NOT NULL REFERENCES person (id),
    decided INTEGER REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;

CREATE INDEX initiative_waiting ON initiative (unit) WHERE state = 'sent';
CREATE INDEX outbox_day ON outbox (day) WHERE day IS NOT NULL;
CREATE INDEX draft_idle ON draft (touched) WHERE state = 'open';
