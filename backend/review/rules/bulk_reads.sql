-- risk: 80
-- minutes: 3
-- about: One person opened twenty or more different cases and referrals within an hour of the clock.
SELECT (array_agg(id ORDER BY at, id))[1] AS entry_id,
       concat_ws('/', coalesce(acting_for, actor_id), date_trunc('hour', at, 'UTC')) AS bundle,
       count(DISTINCT object_id) AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND actor_kind IN ('user', 'token')
  AND verb IN ('case.read', 'case.revealed', 'referral.read', 'referral.revealed')
GROUP BY coalesce(acting_for, actor_id), date_trunc('hour', at, 'UTC')
HAVING count(DISTINCT object_id) >= 20
