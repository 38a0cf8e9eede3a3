-- risk: 60
-- minutes: 2
-- about: Somebody read at night (22 to 6 o'clock) or on a weekend. One item for each person and night.
WITH reads AS (
    SELECT id, at, coalesce(acting_for, actor_id) AS person, at AT TIME ZONE 'Europe/Belgrade' AS here,
           verb IN ('case.revealed', 'referral.revealed') AS revealed
    FROM audit_entry
    WHERE log = %(team)s::uuid AND at >= %(since)s::timestamptz AND outcome = 'success' AND actor_kind = 'user'
      AND verb IN ('case.read', 'case.revealed', 'referral.read', 'referral.revealed')
)
SELECT (array_agg(id ORDER BY revealed DESC, at, id))[1] AS entry_id,
       concat_ws('/', person, (here - interval '6 hours')::date) AS bundle, count(*) AS weight
FROM reads
WHERE extract(hour FROM here) >= 22 OR extract(hour FROM here) < 6 OR extract(isodow FROM here) >= 6
GROUP BY person, (here - interval '6 hours')::date
