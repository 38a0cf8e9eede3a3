-- risk: 50
-- minutes: 2
-- about: What a lead of the team did in a day, reading the audit included. Goes to the officer.
SELECT (array_agg(id ORDER BY at, id))[1] AS entry_id,
       concat_ws('/', actor_id, date_trunc('day', at, 'Europe/Belgrade')) AS bundle, count(*) AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success'
  AND actor_id = ANY (%(leads)s::uuid[])
GROUP BY actor_id, date_trunc('day', at, 'Europe/Belgrade')
