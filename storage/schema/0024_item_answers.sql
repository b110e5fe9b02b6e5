-- What sheets answer, by the questions that the plan declares for their kind; title, area and authors stay with the item.

CREATE TABLE item_answer (
    item INTEGER NOT NULL REFERENCES initiative (id) ON DELETE CASCADE,
    field TEXT NOT NULL,                          -- of the plan: summary, result, starts, due
    version INTEGER NOT NULL,                     -- the item's, with which it was given; the greatest is what stands
    value TEXT NOT NULL,                          -- JSON; null where it was left empty again
    person INTEGER REFERENCES person (id),        -- whom it names, where it names somebody
    PRIMARY KEY (item, field, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_answer_person ON item_answer (person) WHERE person IS NOT NULL;

INSERT INTO item_answer (item, field, version, value)
    SELECT id, 'summary', version, json_quote(summary) FROM initiative WHERE summary <> '';
INSERT INTO item_answer (item, field, version, value)
    SELECT id, 'result', version, json_quote(result) FROM initiative WHERE result <> '';
INSERT INTO item_answer (item, field, version, value)
    SELECT id, 'starts', version, json_quote(starts) FROM initiative WHERE kind <> 'nv';
INSERT INTO item_answer (item, field, version, value)
    SELECT id, 'due', version, json_quote(due) FROM initiative WHERE due IS NOT NULL;

ALTER TABLE initiative DROP COLUMN summary;
ALTER TABLE initiative DROP COLUMN result;
ALTER TABLE initiative DROP COLUMN starts;
ALTER TABLE initiative DROP COLUMN due;
