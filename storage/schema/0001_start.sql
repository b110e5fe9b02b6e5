-- Times are UTC ISO text, legal days plain dates, names and titles NFC with a folded twin for search.

-- Who ------------------------------------------------------------------------------------------

CREATE TABLE unit (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('phong', 'don_vi', 'doan_the')),
    place INTEGER NOT NULL,                       -- its order in every list
    seal INTEGER NOT NULL DEFAULT 0,              -- writes its own numbered documents
    active INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    position TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'cong_chuc' CHECK (kind IN ('cong_chuc', 'vien_chuc', 'nguoi_lao_dong')),
    unit TEXT NOT NULL REFERENCES unit (code),
    role TEXT NOT NULL CHECK (role IN
        ('officer', 'drafter', 'head', 'deputy', 'office', 'chief', 'union', 'leader', 'admin')),
    phone TEXT,
    language TEXT NOT NULL DEFAULT 'vi' CHECK (language IN ('vi', 'en')),
    address TEXT NOT NULL DEFAULT 'comrade' CHECK (address IN ('comrade', 'sibling')),
    stands_in INTEGER REFERENCES person (id),     -- who acts for this person (/xulythay)
    active INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX person_unit ON person (unit, active);
CREATE INDEX person_name ON person (name_fold);

CREATE TABLE chat (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,                        -- what the channel calls it
    person INTEGER REFERENCES person (id),
    look TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT 'vi',
    focus INTEGER,                                -- the draft whose question is open here
    menu TEXT NOT NULL DEFAULT '[]',              -- what numbers and labels mean: the newest reply's choices
    last TEXT NOT NULL DEFAULT '',                -- the last message and its reply, to know a double tap
    pending TEXT NOT NULL DEFAULT '',             -- the invitation that waits for agreement to the notice
    seq INTEGER NOT NULL DEFAULT 0,               -- how many messages stand in it, both sides
    reachable INTEGER NOT NULL DEFAULT 1,
    wrote TEXT,                                   -- when somebody last wrote here
    helped TEXT,                                  -- the day a stranger was last told how to get in
    UNIQUE (channel, address)
) STRICT;
CREATE INDEX chat_person ON chat (person);
CREATE INDEX chat_focus ON chat (focus) WHERE focus IS NOT NULL;

CREATE TABLE invite (
    hash TEXT PRIMARY KEY,                        -- of the code; the code itself is kept nowhere
    person INTEGER NOT NULL REFERENCES person (id),
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    expires TEXT NOT NULL,
    used TEXT
) STRICT;

CREATE TABLE attempt (                            -- wrong codes, five an hour a chat
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_chat ON attempt (chat, at);

CREATE TABLE consent (                            -- the data notice: Law 91/2025/QH15, article 9
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    chat INTEGER NOT NULL REFERENCES chat (id),
    version TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('agreed', 'declined', 'withdrawn')),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent (person, id);

CREATE TABLE session (                            -- one device of the web chat under `run`
    hash TEXT PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat (id),
    at TEXT NOT NULL,
    expires TEXT NOT NULL
) STRICT;

-- What is being said ---------------------------------------------------------------------------

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat (id),
    message TEXT NOT NULL,                        -- the channel's own id of it
    edit INTEGER NOT NULL DEFAULT 0,              -- which change of that message this is
    body TEXT,                                    -- JSON; emptied when it is old
    at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'parked')),
    tries INTEGER NOT NULL DEFAULT 0,
    seq INTEGER,                                  -- its place in the chat, among what was sent
    UNIQUE (chat, message, edit)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (chat, id) WHERE state = 'new';
CREATE INDEX inbox_seq ON inbox (chat, seq);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('answer', 'hand', 'daily')),
    chat INTEGER REFERENCES chat (id),            -- hand and daily: chosen when it is claimed
    person INTEGER REFERENCES person (id),
    day TEXT,                                     -- daily: the one local day it belongs to
    key TEXT,
    news TEXT,                                    -- hand and daily: what it is about; the text is made at the last minute
    about TEXT NOT NULL DEFAULT '{}',             -- JSON references
    body TEXT,                                    -- JSON of the drawn message
    due TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
        ('waiting', 'sending', 'ready', 'sent', 'cancelled', 'failed', 'unsure')),
    why TEXT NOT NULL DEFAULT '',
    seq INTEGER,                                  -- its place in the chat, once it is there
    shown TEXT,                                   -- since when
    tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX outbox_daily ON outbox (person, day) WHERE day IS NOT NULL;
CREATE UNIQUE INDEX outbox_key ON outbox (key) WHERE key IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (due, id) WHERE state = 'waiting';
CREATE INDEX outbox_ready ON outbox (chat, seq) WHERE state = 'ready';
CREATE INDEX outbox_seq ON outbox (chat, seq);
CREATE INDEX outbox_person ON outbox (person, kind, shown) WHERE person IS NOT NULL;
CREATE INDEX outbox_sending ON outbox (id) WHERE state IN ('sending', 'unsure');

CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    person INTEGER REFERENCES person (id),
    chat INTEGER REFERENCES chat (id),            -- before a person is known
    form TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    asking TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'filed', 'dropped', 'archived')),
    notes TEXT NOT NULL DEFAULT '{}',             -- JSON: what the engine remembers besides answers
    plan_hash TEXT NOT NULL,
    at TEXT NOT NULL,
    touched TEXT NOT NULL,
    CHECK ((person IS NULL) <> (chat IS NULL))
) STRICT;
CREATE UNIQUE INDEX draft_one ON draft (person, form, subject) WHERE state = 'open';

CREATE TABLE answer (
    draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,              -- a long answer may come in several messages
    value TEXT NOT NULL,                          -- JSON
    source TEXT NOT NULL DEFAULT 'typed' CHECK (source IN ('typed', 'confirmed', 'skipped')),
    message INTEGER REFERENCES inbox (id),
    PRIMARY KEY (draft, field, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat (id),
    person INTEGER REFERENCES person (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                           -- its content type
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    record TEXT NOT NULL DEFAULT '',              -- the code of the record it belongs to
    bytes BLOB,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    work TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '{}',
    chat INTEGER REFERENCES chat (id),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX job_waiting ON job (id) WHERE state IN ('waiting', 'running');

-- The movement ---------------------------------------------------------------------------------

CREATE TABLE plan (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;

CREATE TABLE year (
    year INTEGER PRIMARY KEY,
    quiet INTEGER NOT NULL DEFAULT 0,             -- open for filing, without pings
    at TEXT NOT NULL
) STRICT;

CREATE TABLE deadline (                           -- a date that the plan does not name
    duty TEXT NOT NULL,
    year INTEGER NOT NULL,
    day TEXT NOT NULL,                            -- the last day allowed
    basis TEXT NOT NULL,                          -- its căn cứ
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (duty, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (                            -- the office's word over the library's
    day TEXT PRIMARY KEY,
    off INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE number (                             -- the last number given, a kind and year
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE initiative (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,                           -- of the plan: sk, mh, nv
    year INTEGER NOT NULL,
    unit TEXT NOT NULL REFERENCES unit (code),
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    area TEXT NOT NULL,
    summary TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',              -- the expected result
    starts TEXT NOT NULL DEFAULT '',              -- the expected date: 2027-09-01, 2027-07, 2027-Q3 or empty
    collective INTEGER NOT NULL DEFAULT 0,        -- a mô hình of the whole unit
    charge INTEGER REFERENCES person (id),        -- a nhiệm vụ trọng tâm's officer
    due TEXT,                                     -- a nhiệm vụ trọng tâm's day
    state TEXT NOT NULL CHECK (state IN
        ('sent', 'returned', 'confirmed', 'received', 'recognised', 'withdrawn')),
    reason TEXT NOT NULL DEFAULT '',              -- why it was returned
    version INTEGER NOT NULL DEFAULT 1,
    by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    changed TEXT NOT NULL,
    plan_hash TEXT NOT NULL
) STRICT;
CREATE INDEX initiative_year ON initiative (year, unit, state);
CREATE INDEX initiative_by ON initiative (by, year);

CREATE TABLE author (
    initiative INTEGER NOT NULL REFERENCES initiative (id) ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES person (id),
    share TEXT NOT NULL,                          -- percent; all shares of one initiative are 100
    place INTEGER NOT NULL,
    PRIMARY KEY (initiative, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX author_person ON author (person);

CREATE TABLE recognition (
    id INTEGER PRIMARY KEY,
    initiative INTEGER NOT NULL REFERENCES initiative (id),
    level TEXT NOT NULL,
    decision TEXT NOT NULL,                       -- the decision's number, as Văn thư wrote it
    day TEXT NOT NULL,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (initiative, level)
) STRICT;
CREATE INDEX recognition_day ON recognition (day);

CREATE TABLE closed_list (                        -- the unit's registration duty
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT '',              -- of «Năm nay phòng không đăng ký»
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_plan (                          -- target III.1
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    signer TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    file INTEGER REFERENCES file (id),
    received TEXT,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (                             -- a unit's yearly report
    id INTEGER PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    late INTEGER NOT NULL DEFAULT 0,              -- calendar days after the last day
    received TEXT,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    plan_hash TEXT NOT NULL,
    UNIQUE (unit, year)
) STRICT;

CREATE TABLE figure (
    result INTEGER NOT NULL REFERENCES result (id) ON DELETE CASCADE,
    target TEXT NOT NULL,                         -- a code of the plan
    numerator TEXT,
    denominator TEXT,
    na INTEGER NOT NULL DEFAULT 0,                -- «Không áp dụng»
    estimate INTEGER NOT NULL DEFAULT 0,          -- «ước cả năm»
    note TEXT NOT NULL DEFAULT '',                -- why it is missing or surprising
    source TEXT NOT NULL DEFAULT '',              -- typed | confirmed
    PRIMARY KEY (result, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE narrative (
    result INTEGER NOT NULL REFERENCES result (id) ON DELETE CASCADE,
    section TEXT NOT NULL,                        -- an area or a section of the plan
    text TEXT NOT NULL DEFAULT '',
    mark TEXT NOT NULL DEFAULT '' CHECK (mark IN ('', 'nothing', 'outside')),
    source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (result, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE baseline (                           -- paper: what the office measures the target against
    unit TEXT NOT NULL REFERENCES unit (code),
    year INTEGER NOT NULL,
    ten_months TEXT,
    whole_year TEXT,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, year)
) STRICT, WITHOUT ROWID;

-- Deadlines ------------------------------------------------------------------------------------

CREATE TABLE delegate (                           -- «Giao chuyên viên»: who drafts for the head
    unit TEXT NOT NULL,
    duty TEXT NOT NULL,
    year INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, duty, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE promise (                            -- «Hẹn ngày gửi»
    unit TEXT NOT NULL,
    duty TEXT NOT NULL,
    year INTEGER NOT NULL,
    day TEXT NOT NULL,
    by INTEGER REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (unit, duty, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE rung (                               -- which pings were said, to whom: for ever, never twice
    key TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    outbox INTEGER NOT NULL REFERENCES outbox (id),
    at TEXT NOT NULL,
    PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (                              -- who did what when; no message text
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    person INTEGER REFERENCES person (id),
    what TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX audit_about ON audit (about, id)
