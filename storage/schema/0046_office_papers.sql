-- Papers of the office: every draft with what stood in it, the office's own versions, what was signed.
CREATE TABLE office_paper (
    id       INTEGER PRIMARY KEY,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL CHECK (last >= first),
    stage    TEXT NOT NULL CHECK (stage IN ('draft', 'edited', 'signed')),
    n        INTEGER NOT NULL,
    contents TEXT NOT NULL,
    gaps     INTEGER NOT NULL,
    number   TEXT NOT NULL DEFAULT '',
    day      TEXT,
    by       INTEGER REFERENCES person (id),
    at       TEXT NOT NULL,
    UNIQUE (first, last, stage, n)
) STRICT;

-- What is missing in a paper and not waited for any more: it prints as a plain sentence.
CREATE TABLE settled_gap (
    gap    TEXT PRIMARY KEY,
    year   INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by     INTEGER NOT NULL REFERENCES person (id),
    at     TEXT NOT NULL
) STRICT;
