-- More that is erased for good: what a piece of news was about, and where a chat was.

DROP TRIGGER emptied_outbox;
CREATE TRIGGER emptied_outbox AFTER UPDATE OF body, about ON outbox
WHEN NEW.state <> 'waiting'
     AND ((NEW.body IS NULL AND OLD.body IS NOT NULL) OR (NEW.about = '{}' AND OLD.about <> '{}')) BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('outbox', 'emptied', OLD.id);
END;
CREATE TRIGGER forgotten_chat AFTER UPDATE OF address ON chat
WHEN NEW.address LIKE 'forgotten:%' AND OLD.address NOT LIKE 'forgotten:%' BEGIN
    INSERT INTO erasure (what, how, row) VALUES ('chat', 'forgotten', OLD.id);
END;
