-- Every version of a unit's yearly report is kept whole; which of them counts, which waits to be received.

ALTER TABLE result RENAME TO report_version;      -- figure and narrative name it by this name from now on
CREATE TABLE report_of_a_version (
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    kind TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'correction', 'supplement')),
    state TEXT NOT NULL DEFAULT 'counted' CHECK (state IN ('counted', 'waiting', 'past')),
    replaces INTEGER REFERENCES report_version (id), -- what counted when it was sent
    until TEXT,                                   -- the day its figures go to, where that is not the plan's own
    late INTEGER NOT NULL DEFAULT 0,              -- calendar days after the last day
    received TEXT,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,                             -- when it was sent
    first TEXT,                                   -- when the first version was sent, where this is another one
    given TEXT,                                   -- the day on which its figures were given
    plan_hash TEXT NOT NULL,
    UNIQUE (unit, year, version)
) STRICT;
INSERT INTO report_of_a_version (id, unit, year, code, version, late, received, by, at, given, plan_hash)
SELECT id, unit, year, code, version, late, received, by, at, given, plan_hash FROM report_version;
DROP TABLE report_version;
ALTER TABLE report_of_a_version RENAME TO report_version;
CREATE UNIQUE INDEX report_counted ON report_version (unit, year) WHERE state = 'counted';
CREATE UNIQUE INDEX report_waiting ON report_version (unit, year) WHERE state = 'waiting';
CREATE INDEX report_code ON report_version (code);

CREATE VIEW result AS                             -- the version of each report that counts
SELECT id, unit, year, code, version, kind, until, late, received, by, COALESCE(first, at) AS at, given, plan_hash
  FROM report_version WHERE state = 'counted';
