-- risk: 98
-- minutes: 3
-- about: A case was erased, or the keys of the team were destroyed. Goes to the officer, with 72 hours.
SELECT id AS entry_id, object_id AS bundle, 1 AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success'
  AND verb IN ('case.erased', 'key.team_destroyed') AND object_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
