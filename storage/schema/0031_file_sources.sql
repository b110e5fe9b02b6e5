-- What a messenger calls a file that it has brought, so that it is sent there again without its bytes; and since when
-- another file stands in its place, for what was replaced is kept and opened no more.

ALTER TABLE file ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE file ADD COLUMN replaced TEXT;
