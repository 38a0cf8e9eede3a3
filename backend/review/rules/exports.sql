-- risk: 90
-- minutes: 3
-- about: Rows left the house in a file.
SELECT id AS entry_id, id::text AS bundle, 1 AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND right(verb, 9) = '.exported'
