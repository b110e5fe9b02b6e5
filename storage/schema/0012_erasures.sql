-- What was erased, as numbers of rows: written on to a journal beside the file, so that no restored copy brings it back.

CREATE TABLE erasure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    what TEXT NOT NULL,                           -- a table
    how TEXT NOT NULL,
    row TEXT NOT NULL                             -- its key there
) STRICT;

CREATE TRIGGER erased_inbox AFTER DELETE ON inbox BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('inbox', 'deleted', OLD.id);
END;
CREATE TRIGGER emptied_inbox AFTER UPDATE OF body ON inbox WHEN NEW.body IS NULL AND OLD.body IS NOT NULL BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('inbox', 'emptied', OLD.id);
END;
CREATE TRIGGER erased_outbox AFTER DELETE ON outbox BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('outbox', 'emptied', OLD.id);
END;
CREATE TRIGGER emptied_outbox AFTER UPDATE OF body ON outbox
WHEN NEW.body IS NULL AND OLD.body IS NOT NULL AND OLD.edits IS NULL AND NEW.state <> 'waiting' BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('outbox', 'emptied', OLD.id);
END;
CREATE TRIGGER erased_draft AFTER DELETE ON draft BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('draft', 'deleted', OLD.id);
END;
CREATE TRIGGER dropped_draft AFTER UPDATE OF state ON draft WHEN NEW.state = 'dropped' AND OLD.state <> 'dropped' BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('draft', 'dropped', OLD.id);
END;
CREATE TRIGGER erased_file AFTER DELETE ON file BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('file', 'deleted', OLD.id);
END;
CREATE TRIGGER erased_job AFTER DELETE ON job BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('job', 'deleted', OLD.id);
END;
CREATE TRIGGER unlinked_chat AFTER UPDATE OF person ON chat WHEN NEW.person IS NULL AND OLD.person IS NOT NULL BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('chat', 'unlinked', OLD.id);
END;
CREATE TRIGGER unphoned_person AFTER UPDATE OF phone ON person WHEN NEW.phone IS NULL AND OLD.phone IS NOT NULL BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('person', 'unphoned', OLD.id);
END;
CREATE TRIGGER withdrawn_consent AFTER INSERT ON consent WHEN NEW.answer = 'withdrawn' BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('consent', 'withdrawn', NEW.person);
END;

-- Which office's file this is: a journal is of one, and of its copies.
CREATE TABLE identity (mark TEXT NOT NULL) STRICT;
INSERT INTO identity VALUES (lower(hex(randomblob(8))));

-- Not erased, but over for good: a session that was ended, a code that was used.
CREATE TRIGGER ended_session AFTER DELETE ON session BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('session', 'deleted', OLD.hash);
END;
CREATE TRIGGER used_invite AFTER UPDATE OF used ON invite WHEN NEW.used IS NOT NULL AND OLD.used IS NULL BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('invite', 'used', OLD.hash);
END;
CREATE TRIGGER erased_invite AFTER DELETE ON invite BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('invite', 'deleted', OLD.hash);
END;
