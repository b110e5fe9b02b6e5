-- When a message was written, as its messenger says; empty where that is when it came.

ALTER TABLE inbox ADD COLUMN said TEXT;
