-- risk: 100
-- minutes: 5
-- about: Somebody opened a case without a reason of their own. Goes to the officer, with 72 hours.
SELECT id AS entry_id, object_id AS bundle, 1 AS weight
FROM audit_entry
WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND object_kind = 'breakglass'
  AND (verb = 'breakglass.confirmed' OR (verb = 'breakglass.requested'
       AND (convert_from(body, 'UTF8')::jsonb -> 'facts' ->> 'started')::boolean))
