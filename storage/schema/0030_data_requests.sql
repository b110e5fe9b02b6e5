-- Requests of people about their own data: a correction or an erasure that the office owes an answer to.

CREATE TABLE data_request (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    what TEXT NOT NULL CHECK (what IN ('correct', 'erase')),
    part TEXT NOT NULL,                           -- of the roster's line, or what is to be erased: phone, drafts, other
    text TEXT NOT NULL DEFAULT '',                -- what it should be, or what exactly; emptied when agreement is withdrawn
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'seen', 'done', 'declined', 'withdrawn')),
    reply_by TEXT NOT NULL,                       -- the last day on which the office says that it has it
    done_by TEXT NOT NULL,                        -- the last day on which it is done or declined
    extended TEXT NOT NULL DEFAULT '',            -- why it takes longer, said once
    reason TEXT NOT NULL DEFAULT '',              -- why it was declined, or what was done
    by INTEGER REFERENCES person (id),            -- who decided
    decided TEXT,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX data_request_person ON data_request (person, id);
CREATE INDEX data_request_open ON data_request (done_by) WHERE state IN ('open', 'seen');
