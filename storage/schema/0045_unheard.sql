-- What nobody understood, from people who agreed: folded, without names of people and digits, kept for some weeks.

CREATE TABLE unheard (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    offered TEXT,                                 -- the commands that were offered instead, where any were: viec, tiendo
    at TEXT NOT NULL
) STRICT;
CREATE INDEX unheard_person ON unheard (person);

CREATE TRIGGER erased_unheard AFTER DELETE ON unheard BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('unheard', 'deleted', OLD.id || '@' || OLD.at);
END;
