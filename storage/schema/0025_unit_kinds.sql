-- Kinds of unit are the plan's own codes: the table is made anew without the three of before.

CREATE TABLE unit_of_any_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                           -- of the plan: phong, don_vi, doan_the
    place INTEGER NOT NULL,                       -- its order in every list
    seal INTEGER NOT NULL DEFAULT 0,              -- writes its own numbered documents
    active INTEGER NOT NULL DEFAULT 1,
    head_title TEXT NOT NULL DEFAULT ''           -- what its head is called, where the office declares it
) STRICT;
INSERT INTO unit_of_any_kind (code, name, kind, place, seal, active, head_title)
SELECT code, name, kind, place, seal, active, head_title FROM unit ORDER BY rowid;
DROP TABLE unit;
ALTER TABLE unit_of_any_kind RENAME TO unit;
