-- risk: 40
-- minutes: 2
-- about: Somebody who coordinates opened a case on which their own organisation has no side. One item for each case.
SELECT (array_agg(id ORDER BY at, id))[1] AS entry_id,
       concat_ws('/', coalesce(acting_for, actor_id), object_id) AS bundle, count(*) AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND verb = 'case.read'
  AND actor_kind IN ('user', 'token') AND position(convert_to('"purpose":"coordination"', 'UTF8') IN body) > 0
GROUP BY coalesce(acting_for, actor_id), object_id
