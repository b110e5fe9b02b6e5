-- Authority: whose a sheet and a job are, and since when a chat is somebody's.

ALTER TABLE draft ADD COLUMN unit TEXT NOT NULL DEFAULT '';           -- for which unit it was begun
UPDATE draft SET unit = COALESCE((SELECT unit FROM person WHERE person.id = draft.person), '');
ALTER TABLE job ADD COLUMN person INTEGER REFERENCES person (id);     -- who asked; nobody in a group
UPDATE job SET person = (SELECT person FROM chat WHERE chat.id = job.chat);
