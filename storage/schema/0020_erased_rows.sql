-- A row that was erased is named by its number and by when it was made: where a file went on from an older copy, the
-- numbers of what came after were given anew, and what was erased there must not hit what bears them here.

DROP TRIGGER erased_inbox;
CREATE TRIGGER erased_inbox AFTER DELETE ON inbox BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('inbox', 'deleted', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER emptied_inbox;
CREATE TRIGGER emptied_inbox AFTER UPDATE OF body ON inbox WHEN NEW.body IS NULL AND OLD.body IS NOT NULL BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('inbox', 'emptied', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER erased_outbox;
CREATE TRIGGER erased_outbox AFTER DELETE ON outbox BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('outbox', 'emptied', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER emptied_outbox;
CREATE TRIGGER emptied_outbox AFTER UPDATE OF body, about ON outbox
WHEN NEW.state <> 'waiting'
     AND ((NEW.body IS NULL AND OLD.body IS NOT NULL) OR (NEW.about = '{}' AND OLD.about <> '{}')) BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('outbox', 'emptied', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER erased_draft;
CREATE TRIGGER erased_draft AFTER DELETE ON draft BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('draft', 'deleted', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER dropped_draft;
CREATE TRIGGER dropped_draft AFTER UPDATE OF state ON draft WHEN NEW.state = 'dropped' AND OLD.state <> 'dropped' BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('draft', 'dropped', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER erased_file;
CREATE TRIGGER erased_file AFTER DELETE ON file BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('file', 'deleted', OLD.id || '@' || OLD.at);
END;
DROP TRIGGER erased_job;
CREATE TRIGGER erased_job AFTER DELETE ON job BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('job', 'deleted', OLD.id || '@' || OLD.at);
END;
