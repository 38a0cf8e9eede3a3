-- risk: 100
-- minutes: 5
-- about: Somebody opened a case without a reason of their own. Goes to the officer, with 72 hours.
SELECT id AS entry_id, object_id AS bundle, 1 AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND object_kind = 'breakglass'
  AND object_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  AND (verb = 'breakglass.confirmed' OR (verb = 'breakglass.requested'
       AND position(convert_to('"started":true', 'UTF8') IN body) > 0))
