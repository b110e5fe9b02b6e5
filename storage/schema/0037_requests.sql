-- What the office asks of units or people beside the duties of the plan: once, or again every month, quarter, half-year.

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,                    -- YC-2027-03
    title TEXT NOT NULL,
    whom TEXT NOT NULL CHECK (whom IN ('all', 'kinds', 'units', 'people')),
    chosen TEXT NOT NULL DEFAULT '[]',            -- kinds, codes of units, or posts: whom the next one goes to
    due TEXT NOT NULL,                            -- the last day in time
    planned TEXT NOT NULL,                        -- the last day as it was first: those that come again go by it
    ladder TEXT NOT NULL DEFAULT '',              -- of the plan; nothing: nobody is reminded
    every TEXT NOT NULL DEFAULT '' CHECK (every IN ('', 'month', 'quarter', 'half')),
    series INTEGER,                               -- the first one of those that come again
    turn INTEGER NOT NULL DEFAULT 0,              -- how often it has come again
    stopped INTEGER NOT NULL DEFAULT 0,           -- no next one is opened
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'recalled')),
    since TEXT NOT NULL,                          -- the day from which its ladder goes: sent, or put off
    asks INTEGER NOT NULL DEFAULT 1,              -- which version of its questions it asks
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    changed TEXT NOT NULL,
    ended TEXT,
    ended_by INTEGER REFERENCES person (id),
    reason TEXT NOT NULL DEFAULT ''               -- of the office: why it was put off or recalled
) STRICT;
CREATE INDEX request_state ON request (state, due);

CREATE TABLE request_question (
    request INTEGER NOT NULL REFERENCES request (id),
    code TEXT NOT NULL,                           -- q1, q2 …; another question has another one
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    type TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    choices TEXT NOT NULL DEFAULT '[]',
    figure TEXT NOT NULL DEFAULT '',              -- a known figure, which is filled in
    first INTEGER NOT NULL,                       -- the first version of the questions that asks it
    last INTEGER,                                 -- the last one, where a later one does not
    PRIMARY KEY (request, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_receiver (
    request INTEGER NOT NULL REFERENCES request (id),
    receiver TEXT NOT NULL,                       -- the code of a unit, or «@12» for a post
    unit TEXT REFERENCES unit (code),
    person INTEGER REFERENCES person (id),
    PRIMARY KEY (request, receiver),
    CHECK ((unit IS NULL) <> (person IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX request_receiver_unit ON request_receiver (unit);
CREATE INDEX request_receiver_person ON request_receiver (person);

CREATE TABLE request_answer (                     -- every version whole; the last one counts
    request INTEGER NOT NULL REFERENCES request (id),
    receiver TEXT NOT NULL,
    version INTEGER NOT NULL,
    asks INTEGER NOT NULL,                        -- which version of the questions it answers
    answers TEXT NOT NULL,
    sources TEXT NOT NULL DEFAULT '{}',           -- of the figures that were filled in
    late INTEGER NOT NULL DEFAULT 0,              -- calendar days after the last day
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (request, receiver, version),
    FOREIGN KEY (request, receiver) REFERENCES request_receiver (request, receiver)
) STRICT, WITHOUT ROWID;
