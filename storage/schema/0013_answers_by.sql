-- Answers: who gave each one; nobody where it stood in a report that was sent, or in a sheet of before.

ALTER TABLE answer ADD COLUMN by INTEGER REFERENCES person (id) ON DELETE SET NULL;
