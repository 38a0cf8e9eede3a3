-- risk: 95
-- minutes: 4
-- about: Somebody changed rows in the database itself, past the service. One item for each day.
SELECT (array_agg(id ORDER BY at, id))[1] AS entry_id,
       date_trunc('day', at, 'Europe/Belgrade')::text AS bundle,
       count(*) AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND verb = 'database.changed'
GROUP BY date_trunc('day', at, 'Europe/Belgrade')
