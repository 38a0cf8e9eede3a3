-- risk: 95
-- minutes: 4
-- about: Somebody changed rows in the database itself, past the service. One item for each role and day.
SELECT (array_agg(id ORDER BY at, id))[1] AS entry_id,
       concat_ws('/', convert_from(body, 'UTF8')::jsonb -> 'facts' ->> 'role', date_trunc('day', at, 'Europe/Belgrade')) AS bundle,
       count(*) AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND verb = 'database.changed'
GROUP BY convert_from(body, 'UTF8')::jsonb -> 'facts' ->> 'role', date_trunc('day', at, 'Europe/Belgrade')
