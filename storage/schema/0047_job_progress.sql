-- Long work says that it is under way, and may be stopped.
ALTER TABLE job ADD COLUMN shown INTEGER;         -- the row of the outbox that says it is under way
ALTER TABLE job ADD COLUMN cancelled TEXT;        -- since when whoever asked wants it no more
