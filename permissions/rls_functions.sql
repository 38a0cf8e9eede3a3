-- What the second wall knows of the one who asks, worked out from memberships, agreements, memoranda, referrals and
-- consents by the database's clock. Nothing here reads a grant of guardian's, and nothing was told by Python but who
-- asks. Run by `permissions.rls_operations.Reach`, as spona_reach: the functions marked SECURITY DEFINER read past the
-- wall, so each has a fixed search_path and answers only about the one who asks.
--
-- The reach is worked out once in a transaction, by `enter`, and kept in settings that end with it. Where somebody set
-- only `spona.user_id`, it is worked out again for each statement.

-- The reach of whoever asks; empty for nobody, for an account switched off, for seats that ended or lost their ground.
CREATE OR REPLACE FUNCTION spona.reach() RETURNS spona.reach
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asking uuid := nullif(current_setting('spona.user_id', true), '')::uuid;
    only_team uuid := nullif(current_setting('spona.team_id', true), '')::uuid;
    found spona.reach;
BEGIN
    IF asking IS NULL THEN
        RETURN found;
    END IF;
    WITH seats AS (
        SELECT m.role, m.organisation_id, m.services,
               CASE WHEN m.role = 'partner_worker' THEN only_team ELSE m.team_id END AS team_id,
               m.role = 'coordinator' OR (m.role = 'deputy_coordinator' AND EXISTS (
                   SELECT FROM public.teams_actingspell s WHERE s.membership_id = m.id
                   AND s.valid_from <= statement_timestamp()
                   AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()))) AS coordinates
        FROM public.teams_membership m
        JOIN public.teams_user u ON u.id = m.user_id AND u.is_active
        LEFT JOIN public.teams_organisation o ON o.id = m.organisation_id
        WHERE m.user_id = asking
        AND m.valid_from <= statement_timestamp()
        AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp())
        AND (only_team IS NULL OR m.team_id = only_team OR m.role = 'partner_worker')
        AND (m.organisation_id IS NULL OR (o.is_active AND CASE
            WHEN m.role = 'partner_worker' THEN spona.has_memorandum(o.id)
            ELSE spona.has_agreement(o.id, m.team_id) AND (o.sector <> 'cso' OR spona.has_memorandum(o.id)) END))
    )
    SELECT array_agg(team_id) FILTER (WHERE coordinates),
           array_agg(team_id) FILTER (WHERE role IN ('coordinator', 'deputy_coordinator')),
           array_agg(ROW(team_id, organisation_id)::spona.place) FILTER (WHERE team_id IS NOT NULL AND organisation_id IS NOT NULL),
           array_agg(organisation_id) FILTER (WHERE role = 'partner_worker' AND team_id IS NULL),
           array_agg(ROW(team_id, organisation_id, services)::spona.desk)
               FILTER (WHERE organisation_id IS NOT NULL AND services IS NOT NULL
                       AND NOT EXISTS (SELECT FROM seats AS other WHERE other.organisation_id = seats.organisation_id
                                       AND other.services IS NULL
                                       AND other.team_id IS NOT DISTINCT FROM seats.team_id)),
           array_agg(team_id) FILTER (WHERE role IN ('municipal_lead', 'data_protection_officer')),
           coalesce(bool_or(role = 'directory_admin'), false)
    INTO found FROM seats;
    found.shut_out := spona.excluded_from(asking);
    RETURN found;
END
$$;

-- The cases that somebody is shut out of: by name, or by an organisation that they work for, whatever else they are.
-- It goes by the interval of a membership alone: whoever works there does so without an agreement, too. Of two cases that
-- were joined, who is shut out of one is shut out of the other, whenever that was said.
CREATE OR REPLACE FUNCTION spona.excluded_from(person uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(DISTINCT found.id) FROM public.cases_shutout e, LATERAL (
            SELECT e.case_id AS id
            UNION ALL SELECT c.id FROM public.cases_case c WHERE c.merged_into = e.case_id
            UNION ALL SELECT c.merged_into FROM public.cases_case c WHERE c.id = e.case_id AND c.merged_into IS NOT NULL
        ) AS found
        WHERE (e.user_id = person OR e.organisation_id = ANY (ARRAY(
            SELECT m.organisation_id FROM public.teams_membership m WHERE m.user_id = person
            AND m.valid_from <= statement_timestamp()
            AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp()))))
        AND NOT EXISTS (SELECT FROM public.cases_exclusionlift l WHERE l.exclusion_id = e.exclusion_id)), '{}');
END
$$;

CREATE OR REPLACE FUNCTION spona.has_memorandum(organisation uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.teams_memorandum m WHERE m.organisation_id = organisation
        AND m.valid_from <= statement_timestamp() AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp()))
$$;

CREATE OR REPLACE FUNCTION spona.has_agreement(organisation uuid, team uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.teams_sharingagreement a WHERE a.organisation_id = organisation
        AND a.team_id = team
        AND a.valid_from <= statement_timestamp() AND (a.valid_until IS NULL OR a.valid_until > statement_timestamp()))
$$;

-- Whose reach the settings hold now. Said by `enter`; not equal where somebody else asks since.
CREATE OR REPLACE FUNCTION spona.known() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('spona.known', true)
    = current_setting('spona.user_id', true) || '/' || coalesce(current_setting('spona.team_id', true), '');

-- The teams whose every case one coordinates.
CREATE OR REPLACE FUNCTION spona.whole() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.whole', true)::uuid[] ELSE (spona.reach()).whole END;

-- The teams in which one is asked as a second person.
CREATE OR REPLACE FUNCTION spona.seconds() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.seconds', true)::uuid[] ELSE (spona.reach()).seconds END;

-- Where one works: each team with the organisation that one works for there.
CREATE OR REPLACE FUNCTION spona.places() RETURNS spona.place[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.places', true)::spona.place[]
    ELSE (spona.reach()).places END;

-- The organisations that one works for in every team that refers to them.
CREATE OR REPLACE FUNCTION spona.partners() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.partners', true)::uuid[] ELSE (spona.reach()).partners END;

-- The seats that are limited to services.
CREATE OR REPLACE FUNCTION spona.desks() RETURNS spona.desk[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.desks', true)::spona.desk[] ELSE (spona.reach()).desks END;

-- The teams whose audit one reviews.
CREATE OR REPLACE FUNCTION spona.reviews() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.reviews', true)::uuid[] ELSE (spona.reach()).reviews END;

-- Whether one administers the directory for the Office.
CREATE OR REPLACE FUNCTION spona.office() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.office', true)::boolean ELSE (spona.reach()).office END;

-- The cases that one is shut out of. Nothing gives them back: every policy about a case asks this besides.
CREATE OR REPLACE FUNCTION spona.shut_out() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN spona.known() THEN current_setting('spona.shut_out', true)::uuid[]
    ELSE (spona.reach()).shut_out END;

CREATE OR REPLACE FUNCTION spona.asks() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('spona.user_id', true), '')::uuid;

-- Says who asks, for which team alone, or which job works, until the transaction ends; and works out the reach.
CREATE OR REPLACE FUNCTION spona.enter(asking uuid, team uuid DEFAULT NULL, job text DEFAULT '') RETURNS boolean
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found spona.reach;
BEGIN
    PERFORM set_config('spona.user_id', coalesce(asking::text, ''), true),
            set_config('spona.team_id', coalesce(team::text, ''), true),
            set_config('spona.job', coalesce(job, ''), true);
    found := spona.reach();
    PERFORM set_config('spona.whole', coalesce(found.whole, '{}')::text, true),
            set_config('spona.seconds', coalesce(found.seconds, '{}')::text, true),
            set_config('spona.places', coalesce(found.places, '{}')::text, true),
            set_config('spona.partners', coalesce(found.partners, '{}')::text, true),
            set_config('spona.desks', coalesce(found.desks, '{}')::text, true),
            set_config('spona.reviews', coalesce(found.reviews, '{}')::text, true),
            set_config('spona.office', coalesce(found.office, false)::text, true),
            set_config('spona.shut_out', coalesce(found.shut_out, '{}')::text, true),
            set_config('spona.known', current_setting('spona.user_id') || '/' || current_setting('spona.team_id'), true);
    RETURN true;
END
$$;

-- Whether one works for the organisation in the team. The policies say the same in their own words, once a statement.
CREATE OR REPLACE FUNCTION spona.own(team uuid, organisation uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN ROW(team, organisation)::spona.place = ANY (spona.places()) OR organisation = ANY (spona.partners());

-- Whether the seats for the organisation take the service: one that is not limited takes all.
CREATE OR REPLACE FUNCTION spona.takes(team uuid, organisation uuid, service text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(bool_or(service = ANY (d.services)), true) FROM unnest(spona.desks()) AS d
    WHERE d.organisation_id = organisation AND (d.team_id IS NULL OR d.team_id = team));

-- Whether a referral shows to its recipient: by its state, its basis and the clock.
CREATE OR REPLACE FUNCTION spona.shows(
    status text, acknowledged_at timestamptz, basis_until timestamptz, sent_at timestamptz, ended_at timestamptz
) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN status IN ('accepted', 'in-progress', 'on-hold') THEN acknowledged_at IS NULL
    WHEN status = 'requested' THEN acknowledged_at IS NULL AND basis_until > statement_timestamp()
    WHEN status = 'completed'
        THEN acknowledged_at IS NULL OR acknowledged_at > statement_timestamp() - interval '30 days'
    WHEN status IN ('rejected', 'failed', 'cancelled')
        THEN sent_at IS NOT NULL AND ended_at > statement_timestamp() - interval '30 days'
    ELSE false END;

-- Whether a referral gives its recipient the case: under way or completed, not held by a lapse, its basis running.
CREATE OR REPLACE FUNCTION spona.opens_case(
    status text, reason_code text, acknowledged_at timestamptz, basis_until timestamptz
) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN acknowledged_at IS NULL AND (basis_until IS NULL OR basis_until > statement_timestamp())
    AND (status IN ('accepted', 'in-progress', 'completed')
         OR (status = 'on-hold' AND reason_code NOT IN ('agreement-lapsed', 'consent-lapsed')));

-- Whether a referral gives its requester the case: sent, and not acknowledged.
CREATE OR REPLACE FUNCTION spona.follows_case(status text, acknowledged_at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
RETURN acknowledged_at IS NULL
    AND status IN ('requested', 'accepted', 'in-progress', 'on-hold', 'rejected', 'failed', 'completed');

-- Whether one's organisation opened or holds the case, or made a referral of it that it still follows.
CREATE OR REPLACE FUNCTION spona.works_on(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.cases_case c WHERE c.id = wanted
                   AND (spona.own(c.team_id, c.opened_by_organisation_id)
                        OR spona.own(c.team_id, c.holder_organisation_id)))
        OR EXISTS (SELECT FROM public.referrals_referral r WHERE r.case_id = wanted
                   AND spona.follows_case(r.status, r.acknowledged_at)
                   AND spona.own(r.team_id, r.requester_organisation_id));
END
$$;

-- Whether a referral of the case gives it to one's organisation, which neither opened nor holds it.
CREATE OR REPLACE FUNCTION spona.by_referral(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.referrals_referral r WHERE r.case_id = wanted AND (
        (spona.follows_case(r.status, r.acknowledged_at) AND spona.own(r.team_id, r.requester_organisation_id))
        OR (spona.opens_case(r.status, r.reason_code, r.acknowledged_at, r.basis_until)
            AND spona.own(r.team_id, r.recipient_organisation_id)
            AND spona.takes(r.team_id, r.recipient_organisation_id, r.service_code))));
END
$$;

-- Whether the case is one's own organisation's: it works on it, or a referral gives it.
CREATE OR REPLACE FUNCTION spona.sees_case(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN spona.works_on(wanted) OR spona.by_referral(wanted);
END
$$;

-- Whether one sees the referral: on its side, while it shows there, or as second person of a correction.
CREATE OR REPLACE FUNCTION spona.sees_referral(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.referrals_referral r WHERE r.id = wanted AND (
        spona.own(r.team_id, r.requester_organisation_id)
        OR (spona.own(r.team_id, r.recipient_organisation_id)
            AND spona.takes(r.team_id, r.recipient_organisation_id, r.service_code)
            AND spona.shows(r.status, r.acknowledged_at, r.basis_until, r.sent_at, r.ended_at))
        OR (r.correction_asked_by <> spona.asks() AND r.team_id = ANY (spona.seconds()))));
END
$$;

-- Whether one's organisation is a side of the referral, whatever has become of it.
CREATE OR REPLACE FUNCTION spona.is_side_of(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.referrals_referral r WHERE r.id = wanted AND (
        spona.own(r.team_id, r.requester_organisation_id) OR spona.own(r.team_id, r.recipient_organisation_id)));
END
$$;

-- Whether a data class of the case is open to one's organisation: because it works on the case, or because a referral
-- brought it and a consent that holds, or an exception, names it for the class.
CREATE OR REPLACE FUNCTION spona.opens(wanted uuid, data_class text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (data_class <> 'narrative' AND spona.works_on(wanted)) OR (spona.is_offered(wanted) AND (
        EXISTS (SELECT FROM public.cases_consentrecipient n JOIN public.cases_consent c ON c.id = n.consent_id
                WHERE n.case_id = wanted AND data_class = ANY (n.data_classes)
                AND spona.own(n.team_id, n.organisation_id)
                AND c.valid_from <= statement_timestamp() AND c.valid_until > statement_timestamp()
                AND NOT EXISTS (SELECT FROM public.cases_withdrawal w WHERE w.consent_id = c.id))
        OR EXISTS (SELECT FROM public.cases_safeguardingbasis b
                   WHERE b.case_id = wanted AND data_class = ANY (b.data_classes)
                   AND spona.own(b.team_id, b.recipient_id) AND b.valid_until > statement_timestamp())));
END
$$;

-- Whether the case is one's own organisation's, or a referral that shows there offers it.
CREATE OR REPLACE FUNCTION spona.is_offered(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN spona.works_on(wanted) OR EXISTS (
        SELECT FROM public.referrals_referral r WHERE r.case_id = wanted
        AND r.status IN ('requested', 'accepted', 'in-progress', 'on-hold', 'completed')
        AND r.acknowledged_at IS NULL AND (r.basis_until IS NULL OR r.basis_until > statement_timestamp())
        AND spona.own(r.team_id, r.recipient_organisation_id)
        AND spona.takes(r.team_id, r.recipient_organisation_id, r.service_code));
END
$$;

-- Whether one's organisation is a side of any referral of the case, whatever has become of it, or sees the case.
CREATE OR REPLACE FUNCTION spona.is_party(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN spona.sees_case(wanted) OR EXISTS (SELECT FROM public.referrals_referral r WHERE r.case_id = wanted AND (
        spona.own(r.team_id, r.requester_organisation_id)
        OR (r.status <> 'draft' AND spona.own(r.team_id, r.recipient_organisation_id))));
END
$$;

-- Whether the consent names an organisation of one's own.
CREATE OR REPLACE FUNCTION spona.is_named(consent uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.cases_consentrecipient n WHERE n.consent_id = consent
                   AND spona.own(n.team_id, n.organisation_id));
END
$$;

-- Whether one works in the team, or may be referred to by it.
CREATE OR REPLACE FUNCTION spona.is_in(team uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN team = ANY (spona.whole()) OR team = ANY (spona.reviews()) OR cardinality(spona.partners()) > 0
    OR team IN (SELECT p.team_id FROM unnest(spona.places()) AS p);

-- Whether one is the data protection officer of the team now.
CREATE OR REPLACE FUNCTION spona.is_officer(team uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN team = ANY (spona.reviews()) AND EXISTS (
        SELECT FROM public.teams_membership m WHERE m.user_id = spona.asks() AND m.team_id = team
        AND m.role = 'data_protection_officer' AND m.valid_from <= statement_timestamp()
        AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp()));
END
$$;

-- Whether one looks at the case in a break-glass that is under way, with a seat in its team.
CREATE OR REPLACE FUNCTION spona.looks_at(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.cases_breakglass b WHERE b.case_id = wanted AND b.person_id = spona.asks()
        AND b.starts_at <= statement_timestamp() AND b.ends_at > statement_timestamp() AND b.ended_at IS NULL
        AND b.team_id IN (SELECT p.team_id FROM unnest(spona.places()) AS p));
END
$$;

-- Locks the row of a case for a step of one of its referrals, and returns it: to a side of a referral of the case,
-- which may not see the case itself (a request, a stub), to whoever sees it, and to a job.
CREATE OR REPLACE FUNCTION spona.locked_case(wanted uuid) RETURNS SETOF public.cases_case
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT c.* FROM public.cases_case c WHERE c.id = wanted AND (
        coalesce(current_setting('spona.job', true), '') <> ''
        OR c.team_id = ANY (spona.seconds())
        OR spona.sees_case(wanted)
        OR EXISTS (SELECT FROM public.referrals_referral r WHERE r.case_id = wanted AND (
            spona.own(r.team_id, r.requester_organisation_id) OR spona.own(r.team_id, r.recipient_organisation_id))))
    AND (c.id = ANY (spona.shut_out())) IS NOT TRUE
    FOR UPDATE OF c;
END
$$;

-- Every id under which something may tell of these cases, and their codes: of each table behind the wall that names a
-- case in its rows, today's and those to come.
CREATE OR REPLACE FUNCTION spona.names_of(cases uuid[]) RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found text[] := cases::text[];
    more text[];
    named text;
    col text;
BEGIN
    IF coalesce(cardinality(cases), 0) = 0 THEN
        RETURN '{}';
    END IF;
    SELECT array_agg(c.code) INTO more FROM public.cases_case c WHERE c.id = ANY (cases);
    found := found || more;
    FOR named, col IN
        SELECT c.relname, a.attname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('case_id', 'other_case_id')
        JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'id' AND i.atttypid = 'uuid'::regtype
        WHERE c.relnamespace = 'public'::regnamespace AND c.relforcerowsecurity AND c.relname !~ '_historical'
        AND has_table_privilege(c.oid, 'SELECT')
    LOOP
        EXECUTE format('SELECT array_agg(id::text) FROM public.%I WHERE %I = ANY ($1)', named, col)
            INTO more USING cases;
        found := found || more;
    END LOOP;
    RETURN found;
END
$$;

CREATE OR REPLACE FUNCTION spona.shut_out_names() RETURNS text[] LANGUAGE sql STABLE
RETURN spona.names_of(spona.shut_out());

-- Whether an entry of the audit says one of these names anywhere in its bytes.
CREATE OR REPLACE FUNCTION spona.mentions(body bytea, names text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM unnest(names) AS name WHERE position(convert_to(name, 'UTF8') IN body) > 0);

-- Whether a case shuts somebody out (by name or by where they work), or an organisation.
CREATE OR REPLACE FUNCTION spona.excludes(wanted uuid, person uuid, organisation uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN wanted = ANY (spona.excluded_from(person)) OR EXISTS (
        SELECT FROM public.cases_shutout e WHERE e.case_id = wanted AND e.organisation_id = organisation
        AND NOT EXISTS (SELECT FROM public.cases_exclusionlift l WHERE l.exclusion_id = e.exclusion_id));
END
$$;

-- Whom the exclusions of a case shut out: of those which one may know of, because one coordinates the team or works for
-- the organisation that recorded it.
CREATE OR REPLACE FUNCTION spona.exclusions_of(wanted uuid)
    RETURNS TABLE (exclusion uuid, person uuid, organisation uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT s.exclusion_id, s.user_id, s.organisation_id
    FROM public.cases_shutout s JOIN public.cases_exclusion e ON e.id = s.exclusion_id
    WHERE s.case_id = wanted AND (s.case_id = ANY (spona.shut_out())) IS NOT TRUE
    AND (e.team_id = ANY (spona.whole())
         OR (spona.own(e.team_id, e.recorded_for_id) AND spona.sees_case(e.case_id)));
END
$$;

-- The team of an object, whoever may see it: a denied attempt goes to the log of the team it was aimed at. `named` is a
-- table behind the wall, `by` its column id or code.
CREATE OR REPLACE FUNCTION spona.team_of(named text, by text, key text) RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found uuid;
    team text := CASE named WHEN 'audit_entry' THEN 'log' ELSE 'team_id' END;
BEGIN
    IF by NOT IN ('id', 'code') OR (named, by) = ('audit_entry', 'code') OR NOT EXISTS (
        SELECT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = team
        WHERE c.oid = to_regclass('public.' || quote_ident(named)) AND c.relforcerowsecurity) THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT %I FROM public.%I WHERE %I = $1::%s', team, named, by,
                   CASE by WHEN 'id' THEN 'uuid' ELSE 'text' END) INTO found USING key;
    RETURN found;
END
$$;

-- Whether the service has written an audit entry in this transaction.
CREATE OR REPLACE FUNCTION spona.audit_present() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.audit_entry e
                   WHERE e.written_in = pg_current_xact_id_if_assigned() AND e.actor_kind <> 'database');
END
$$;

-- At COMMIT, for each row that changed: `permissions.audited` says in which tables. Without an entry of the service the
-- change is refused; a superuser, whom nothing here could stop, leaves an entry that the database writes by itself. It
-- has no MAC, since the key is not here: whoever reads the audit is told so.
CREATE OR REPLACE FUNCTION spona.entry_needed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF spona.audit_present() THEN
        RETURN NULL;
    END IF;
    IF NOT (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = session_user) THEN
        RAISE EXCEPTION '%: changed without an audit entry', TG_TABLE_NAME USING ERRCODE = 'SP001';
    END IF;
    DECLARE -- Only now: it takes the whole row apart, envelopes too.
        touched jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
        entry uuid := gen_random_uuid();
        log uuid := coalesce(touched ->> 'team_id', '00000000-0000-0000-0000-000000000000')::uuid;
        moment timestamptz := clock_timestamp();
        named text := coalesce(touched ->> 'id', touched ->> 'history_id', '');
    BEGIN
        INSERT INTO public.audit_entry (id, log, at, actor_kind, verb, object_kind, object_id, outcome, code, request_id, mac, body)
        VALUES (entry, log, moment, 'database', 'database.changed', left(TG_TABLE_NAME, 40), named, 'success', '', '',
            decode(repeat('00', 32), 'hex'), convert_to(format(
                '{"acting_for":null,"actor_id":null,"actor_kind":"database","at":"%s","code":"",'
                '"facts":{"operation":"%s","role":"%s"},"format":1,"id":"%s","log":"%s","method":"","object_id":"%s",'
                '"object_ids":[],"object_kind":"%s","outcome":"success","request_id":"","route":"","verb":"database.changed"}',
                to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), lower(TG_OP),
                regexp_replace(session_user, '[^A-Za-z0-9_-]', '', 'g'), entry, log, named, left(TG_TABLE_NAME, 40)), 'UTF8'));
    END;
    RETURN NULL;
END
$$;

-- Lets re-keying change the columns that are named to it, and no other: an envelope for an envelope of the same format,
-- size and revision. In hexadecimal after '\x': format and suite 4, generation 4, revision 8.
CREATE OR REPLACE FUNCTION spona.sealed_anew() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    becomes jsonb := to_jsonb(NEW);
    sealed text;
BEGIN
    FOREACH sealed IN ARRAY TG_ARGV LOOP
        IF (was ->> sealed IS NULL) <> (becomes ->> sealed IS NULL)
            OR length(was ->> sealed) <> length(becomes ->> sealed)
            OR substr(was ->> sealed, 3, 4) <> substr(becomes ->> sealed, 3, 4)
            OR substr(was ->> sealed, 11, 8) <> substr(becomes ->> sealed, 11, 8) THEN
            RAISE EXCEPTION '%: not the same envelope', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    IF was - TG_ARGV IS DISTINCT FROM becomes - TG_ARGV THEN
        RAISE EXCEPTION '%: sealed anew, and nothing else', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Refuses to empty a table at once: no row would be asked about.
CREATE OR REPLACE FUNCTION spona.table_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%: not to be emptied', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
