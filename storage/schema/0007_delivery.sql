-- What waits is found without looking at all that ever went out.

CREATE INDEX outbox_answers ON outbox (id) WHERE state = 'waiting' AND kind = 'answer';
CREATE INDEX outbox_hands ON outbox (person, id) WHERE state = 'waiting' AND kind = 'hand';
