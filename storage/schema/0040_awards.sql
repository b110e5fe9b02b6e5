-- Awards: what somebody suggests to the head, what is proposed to the office, what came of it, and who was praised with it.

CREATE TABLE award (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,                    -- KT-2027-001
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,                           -- of the plan, as it was then
    kind_name TEXT NOT NULL,
    form TEXT NOT NULL,
    form_name TEXT NOT NULL,
    above INTEGER NOT NULL,                       -- a level above the office decides it
    unit TEXT NOT NULL REFERENCES unit (code),
    what TEXT NOT NULL CHECK (what IN ('person', 'unit', 'group')),
    person INTEGER REFERENCES person (id),
    name TEXT NOT NULL,                           -- as they were called then: it stays in the list
    reason TEXT NOT NULL,
    merit TEXT NOT NULL,
    meeting TEXT NOT NULL DEFAULT '',             -- the minutes of the unit that proposes
    by INTEGER NOT NULL REFERENCES person (id),
    by_unit TEXT NOT NULL REFERENCES unit (code),
    at TEXT NOT NULL,
    answer_by TEXT,                               -- the last day on which it is answered, where its occasion has one
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN
        ('proposed', 'withdrawn', 'forwarded', 'awarded', 'not_chosen')),
    version INTEGER NOT NULL DEFAULT 1,
    minutes TEXT NOT NULL DEFAULT '',             -- of the office's meeting
    minutes_day TEXT,
    letter TEXT NOT NULL DEFAULT '',              -- by which it was proposed to the level above
    letter_day TEXT,
    decision TEXT NOT NULL DEFAULT '',
    day TEXT,
    why TEXT NOT NULL DEFAULT '',                 -- not chosen: maybe nothing is said
    decided_by INTEGER REFERENCES person (id),
    decided TEXT
) STRICT;
CREATE INDEX award_year ON award (year, state);
CREATE INDEX award_person ON award (person);

CREATE TABLE award_link (                         -- what of the record it rests on
    award INTEGER NOT NULL REFERENCES award (id),
    record TEXT NOT NULL,                         -- SK-2027-012, BC-2027-QLXD
    PRIMARY KEY (award, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE award_change (                       -- a decision that was put right: what stood there before
    id INTEGER PRIMARY KEY,
    award INTEGER NOT NULL REFERENCES award (id),
    was TEXT NOT NULL,                            -- JSON: state and papers
    reason TEXT NOT NULL,
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX award_change_award ON award_change (award);

CREATE TABLE award_suggestion (                   -- seen by the head of the unit alone
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (code),
    what TEXT NOT NULL CHECK (what IN ('person', 'unit', 'group')),
    person INTEGER REFERENCES person (id),
    name TEXT NOT NULL,
    merit TEXT NOT NULL,
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'declined', 'withdrawn')),
    answer TEXT NOT NULL DEFAULT '',
    answered_by INTEGER REFERENCES person (id),
    answered TEXT,
    award INTEGER REFERENCES award (id)
) STRICT;
CREATE INDEX award_suggestion_unit ON award_suggestion (unit, state);

CREATE TABLE praise (                             -- told by the office's hand, after a decision
    id INTEGER PRIMARY KEY,
    about TEXT NOT NULL,                          -- KT-2027-001, or a registered sheet that is spread
    text TEXT NOT NULL,
    reach TEXT NOT NULL CHECK (reach IN ('own', 'unit', 'all')),
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX praise_about ON praise (about);
