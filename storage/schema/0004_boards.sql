-- Boards: messages that change in place when what they show has changed.

ALTER TABLE outbox ADD COLUMN message TEXT NOT NULL DEFAULT '';       -- what the messenger calls its last text
ALTER TABLE outbox ADD COLUMN edits INTEGER REFERENCES outbox (id);   -- the row whose message this one replaces
CREATE INDEX outbox_edits ON outbox (edits) WHERE edits IS NOT NULL;

CREATE TABLE board (                              -- one a chat: the newest
    chat INTEGER PRIMARY KEY REFERENCES chat (id),
    outbox INTEGER NOT NULL REFERENCES outbox (id),
    unit TEXT NOT NULL REFERENCES unit (code),
    hash TEXT NOT NULL,                           -- of what it shows, or will when its last change is there
    at TEXT NOT NULL,
    changed TEXT                                  -- when it was, or will be, last changed
) STRICT;
CREATE INDEX board_unit ON board (unit);
CREATE INDEX board_outbox ON board (outbox);

CREATE INDEX outbox_joining ON outbox (chat) WHERE state = 'waiting';  -- replies that wait for what may join them
