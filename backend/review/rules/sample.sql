-- risk: 0
-- minutes: 1
-- about: Drawn by lot from what was done with cases. The lot hangs on a key, the team and the month: nobody chooses.
SELECT id AS entry_id, id::text AS bundle, -row_number() OVER (ORDER BY sha256(%(seed)s::bytea || uuid_send(id))) AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND actor_kind IN ('user', 'token')
  AND object_kind IN ('case', 'consent', 'note', 'referral')
ORDER BY sha256(%(seed)s::bytea || uuid_send(id))
LIMIT 100
