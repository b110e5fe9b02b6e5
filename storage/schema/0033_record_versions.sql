-- Other versions of what is kept once: of unit plans, registered sheets and closed lists. What counts stands in their own tables.

CREATE TABLE record_version (
    record TEXT NOT NULL,                         -- KH-2027-QLXD, SK-2027-012, DS-2027-QLXD
    version INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('plan', 'initiative', 'list')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'past')),
    answers TEXT NOT NULL,                        -- JSON: whole, by the questions of its form
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (record, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX record_waiting ON record_version (record) WHERE state = 'waiting';
