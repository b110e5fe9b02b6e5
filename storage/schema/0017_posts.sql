-- Several posts of one human: a row is a post; the rows of one human name the first of them.

ALTER TABLE person ADD COLUMN human INTEGER REFERENCES person (id);
CREATE INDEX person_human ON person (human) WHERE human IS NOT NULL;
