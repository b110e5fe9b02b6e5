-- The plan that a database runs on stands in it: of several kept, the one under which something was filed last.

INSERT OR IGNORE INTO setting
SELECT 'plan', hash FROM plan
 ORDER BY (
     SELECT MAX(at) FROM (
         SELECT MAX(at) AS at FROM initiative WHERE plan_hash = plan.hash
         UNION ALL SELECT MAX(at) FROM result WHERE plan_hash = plan.hash
         UNION ALL SELECT MAX(touched) FROM draft WHERE plan_hash = plan.hash
     )
 ) DESC NULLS LAST, since
 LIMIT 1;
