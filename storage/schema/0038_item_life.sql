-- The life of a registered item beyond its receipt: what its authors agree to, how it is asked for, decided, left and done.

CREATE TABLE initiative_of_more_states (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,                           -- of the plan: sk, mh, nv
    year INTEGER NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (code),
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    area TEXT NOT NULL,
    collective INTEGER NOT NULL DEFAULT 0,        -- a mô hình of the whole unit
    charge INTEGER REFERENCES person (id),        -- a nhiệm vụ trọng tâm's officer
    state TEXT NOT NULL CHECK (state IN
        ('sent', 'returned', 'confirmed', 'received', 'requested', 'incomplete', 'complete', 'recognised', 'declined',
         'withdrawn', 'cancelled', 'rejected')),
    reason TEXT NOT NULL DEFAULT '',              -- why it was returned, cancelled, rejected or declined; what is to be added
    version INTEGER NOT NULL DEFAULT 1,
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    changed TEXT NOT NULL,
    plan_hash TEXT NOT NULL
) STRICT;
INSERT INTO initiative_of_more_states (id, code, kind, year, unit, title, title_fold, area, collective, charge,
                                       state, reason, version, by, at, changed, plan_hash)
SELECT id, code, kind, year, unit, title, title_fold, area, collective, charge,
       state, reason, version, by, at, changed, plan_hash FROM initiative;
DROP TABLE initiative;
ALTER TABLE initiative_of_more_states RENAME TO initiative;
CREATE INDEX initiative_year ON initiative (year, unit, state);
CREATE INDEX initiative_by ON initiative (by, year);
CREATE INDEX initiative_waiting ON initiative (unit) WHERE state = 'sent';

CREATE TABLE author_answer (                      -- what an author says to their share; another share is asked anew
    item INTEGER NOT NULL REFERENCES initiative (id) ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES person (id),
    share TEXT NOT NULL,                          -- percent, as it was then
    agrees INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT '',              -- of a no
    at TEXT NOT NULL,
    PRIMARY KEY (item, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX author_answer_person ON author_answer (person);

CREATE TABLE first_application (                  -- when and where an item was applied first, were it on trial
    item INTEGER PRIMARY KEY REFERENCES initiative (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE recognition_request (                -- that an item's authors ask for its recognition
    item INTEGER PRIMARY KEY REFERENCES initiative (id) ON DELETE CASCADE,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    complete TEXT                                 -- since when the office has found it complete
) STRICT;

CREATE TABLE asked_supplement (                   -- what the office asks to be added to a sheet or a request, and until when
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES initiative (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    due TEXT NOT NULL,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    answered TEXT                                 -- when it was sent again, or left
) STRICT;
CREATE UNIQUE INDEX asked_supplement_open ON asked_supplement (item) WHERE answered IS NULL;

CREATE TABLE author_detail (                      -- what a request asks of a person, under notice; given by themselves
    person INTEGER PRIMARY KEY REFERENCES person (id),
    born TEXT,                                    -- the whole date
    degree TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
) STRICT;

CREATE TABLE item_progress (                      -- how far a task or model is; a row each time somebody says it
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES initiative (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('doing', 'done', 'late')),
    reason TEXT NOT NULL DEFAULT '',              -- late: why
    day TEXT,                                     -- done: since when; else the day on which it is to be done
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX item_progress_item ON item_progress (item);

CREATE TRIGGER erased_author_detail AFTER DELETE ON author_detail BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('author_detail', 'deleted', OLD.person || '@' || OLD.at);
END;
