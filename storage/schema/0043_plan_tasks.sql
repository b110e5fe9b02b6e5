-- The tasks of a unit's yearly plan are the key tasks that it registers: which items are its plan's, in which order.

CREATE TABLE plan_task (
    item INTEGER PRIMARY KEY REFERENCES initiative (id) ON DELETE CASCADE,
    place INTEGER NOT NULL
) STRICT;

-- When the version of a plan was sent that counts; `at` stays the moment of the first, by which it was in time.
ALTER TABLE unit_plan ADD COLUMN changed TEXT;
UPDATE unit_plan SET changed = at;
UPDATE unit_plan
   SET changed = (
       SELECT MAX(sent.at) FROM audit AS sent
        WHERE sent.about = unit_plan.code AND (sent.what = 'plan_changed' OR (sent.what = 'correction_sent' AND EXISTS (
              SELECT 1 FROM audit AS received
               WHERE received.about = sent.about AND received.what = 'received' AND received.id > sent.id))))
 WHERE EXISTS (SELECT 1 FROM record_version WHERE record = unit_plan.code AND state = 'past')
   AND EXISTS (SELECT 1 FROM audit
                WHERE about = unit_plan.code AND (what = 'plan_changed' OR (what = 'correction_sent' AND EXISTS (
                      SELECT 1 FROM audit AS received
                       WHERE received.about = unit_plan.code AND received.what = 'received' AND received.id > audit.id))));
