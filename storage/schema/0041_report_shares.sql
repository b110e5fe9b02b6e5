-- Parts of a unit's yearly report that its head has given to colleagues: who writes which, and what they have written.

CREATE TABLE report_share (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    part TEXT NOT NULL,                           -- of the plan: an area, a section; «targets» for the figures
    person INTEGER NOT NULL REFERENCES person (id),
    by INTEGER NOT NULL REFERENCES person (id),
    state TEXT NOT NULL DEFAULT 'given' CHECK (state IN ('given', 'done', 'back', 'over')),
    value TEXT NOT NULL DEFAULT '{}',             -- JSON: what was written, by the questions of the report
    at TEXT NOT NULL,
    ended TEXT                                    -- when it was written, taken back, or the report sent
) STRICT;
CREATE UNIQUE INDEX report_share_one ON report_share (unit, year, part) WHERE state IN ('given', 'done');
CREATE INDEX report_share_person ON report_share (person, year);
