-- Several messengers: who is spoken to where, what became of a message, how much a month takes.

ALTER TABLE chat ADD COLUMN went INTEGER;                      -- the draft that was open here and is now open elsewhere
ALTER TABLE chat ADD COLUMN menu_set TEXT NOT NULL DEFAULT ''; -- which menu of commands the messenger shows here
ALTER TABLE person ADD COLUMN prefers INTEGER REFERENCES chat (id);  -- where reminders go
ALTER TABLE outbox ADD COLUMN by INTEGER REFERENCES person (id);     -- hand: who sends it; nobody for the machine
ALTER TABLE outbox ADD COLUMN tried TEXT NOT NULL DEFAULT '[]';      -- hand, daily: chats that did not take it
CREATE INDEX outbox_by ON outbox (by) WHERE by IS NOT NULL;

CREATE TABLE quota (                              -- messages a channel took in a month of the office's time
    channel TEXT NOT NULL,
    month TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0,              -- the office knows that it runs low
    PRIMARY KEY (channel, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE content (                            -- the bytes of files, once each
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO content SELECT sha256, bytes FROM file WHERE bytes IS NOT NULL;
ALTER TABLE file DROP COLUMN bytes;

CREATE INDEX inbox_parked ON inbox (id) WHERE state = 'parked';
