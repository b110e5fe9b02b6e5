-- Codes: what a message shows once, and what stands there once it was shown.

ALTER TABLE outbox ADD COLUMN secret TEXT;        -- the code, and in the next line what takes its place
CREATE INDEX outbox_secret ON outbox (chat) WHERE secret IS NOT NULL;
