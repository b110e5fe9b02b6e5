-- Devices: since when a chat is its person's; wrong codes by where they came from.

ALTER TABLE chat ADD COLUMN since TEXT;
UPDATE chat SET since = (SELECT MAX(at) FROM consent WHERE consent.chat = chat.id AND answer = 'agreed')
 WHERE person IS NOT NULL;

CREATE TABLE wrong_code (                         -- a guess or a slip: counted an hour, kept a week
    id INTEGER PRIMARY KEY,
    chat INTEGER REFERENCES chat (id),            -- where it was typed in a chat
    address TEXT NOT NULL DEFAULT '',             -- where it came from on the login page
    at TEXT NOT NULL
) STRICT;
INSERT INTO wrong_code (chat, at) SELECT chat, at FROM attempt;
DROP TABLE attempt;
CREATE INDEX wrong_code_at ON wrong_code (at);
CREATE INDEX wrong_code_chat ON wrong_code (chat, at);
