-- Notes of the year: whoever writes one has it alone until it goes into the report of the unit; and files that wait to be noted.

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,         -- a number is never given twice: it is what a note is called
    person INTEGER NOT NULL REFERENCES person (id),
    unit TEXT NOT NULL REFERENCES unit (code),    -- the writer's when it was written: it stays that unit's
    day TEXT NOT NULL,                            -- of what it tells
    area TEXT NOT NULL DEFAULT '',                -- of the plan; '' where it was left open
    text TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'own' CHECK (state IN ('own', 'taken')),
    version INTEGER NOT NULL DEFAULT 1,
    message INTEGER,                              -- of the inbox: its edit changes the note while it is the writer's own
    newest INTEGER,                               -- of the inbox: the last message of an album that has come into it
    at TEXT NOT NULL,
    taken TEXT                                    -- since when it stands in the report
) STRICT;
CREATE INDEX note_person ON note (person, day);
CREATE INDEX note_taken ON note (unit, day) WHERE state = 'taken';
CREATE UNIQUE INDEX note_message ON note (message) WHERE message IS NOT NULL;

ALTER TABLE file ADD COLUMN offered TEXT;         -- since when it may become a note with one tap; gone the next day
