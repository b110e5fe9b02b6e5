-- Announcements by somebody's hand, with whom they have gone to; and who belongs to which union.

CREATE TABLE announcement (
    id INTEGER PRIMARY KEY,
    by INTEGER NOT NULL REFERENCES person (id),
    of_union TEXT REFERENCES unit (code),         -- the union that speaks to its own members; NULL for the desk
    units TEXT NOT NULL DEFAULT '{}',             -- JSON: to which units and kinds of unit; empty for all
    roles TEXT NOT NULL DEFAULT '[]',             -- JSON: to which roles there; empty for everybody
    text TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'set' CHECK (state IN ('set', 'sent', 'recalled')),
    due TEXT NOT NULL,                            -- when it goes, or went
    at TEXT NOT NULL,
    ended TEXT,                                   -- when it was recalled
    ended_by INTEGER REFERENCES person (id),
    reminded TEXT,                                -- when its one reminder went by hand
    reminded_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX announcement_set ON announcement (due) WHERE state = 'set';

CREATE TABLE announcement_receiver (
    announcement INTEGER NOT NULL REFERENCES announcement (id),
    person INTEGER NOT NULL REFERENCES person (id),
    seen TEXT,                                    -- when they said that they have it
    PRIMARY KEY (announcement, person)
) STRICT;
CREATE INDEX announcement_receiver_person ON announcement_receiver (person, announcement);

CREATE TABLE union_member (
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (code),
    person INTEGER NOT NULL REFERENCES person (id),
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    ended TEXT,                                   -- when they left the union
    ended_by INTEGER REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX union_member_now ON union_member (unit, person) WHERE ended IS NULL;
CREATE INDEX union_member_person ON union_member (person);
