-- risk: 70
-- minutes: 2
-- about: Five or more attempts of one person at rows of this team were refused, with nothing allowed in between.
WITH tried AS (
    SELECT id, at, outcome, coalesce(acting_for, actor_id) AS person,
           row_number() OVER (PARTITION BY coalesce(acting_for, actor_id) ORDER BY at, id)
           - row_number() OVER (PARTITION BY coalesce(acting_for, actor_id), outcome ORDER BY at, id) AS run
    FROM audit_entry
    WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND actor_kind IN ('user', 'token')
)
SELECT (array_agg(id ORDER BY at, id))[1] AS entry_id,
       concat_ws('/', person, date_trunc('day', min(at), 'Europe/Belgrade')) AS bundle, count(*) AS weight
FROM tried
WHERE outcome = 'denied'
GROUP BY person, run
HAVING count(*) >= 5
