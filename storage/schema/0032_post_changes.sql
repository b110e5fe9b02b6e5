-- Changes of somebody's post: as they were shown, asked of a second person, done. A row each; none is deleted.

CREATE TABLE post_change (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES person (id), -- whose
    wanted TEXT NOT NULL,                         -- JSON: what is to be changed
    stamp INTEGER NOT NULL,                       -- of what was shown: nothing else is done by a yes to it
    state TEXT NOT NULL CHECK (state IN ('shown', 'asked', 'done', 'declined', 'withdrawn', 'over')),
    by INTEGER REFERENCES person (id),            -- who proposes it; nobody at the server
    at TEXT NOT NULL,
    until TEXT,                                   -- asked: the last day of the question
    decided INTEGER REFERENCES person (id),       -- whose yes or no it was
    closed TEXT,                                  -- when
    reason TEXT NOT NULL DEFAULT '',              -- declined: why
    handed TEXT NOT NULL DEFAULT '[]'             -- JSON, done: what came to whom
) STRICT;
CREATE UNIQUE INDEX post_change_asked ON post_change (post) WHERE state = 'asked';
