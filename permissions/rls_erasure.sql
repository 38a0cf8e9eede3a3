-- What blanks a case for good. Run with `rls_functions.sql` by `permissions.rls_operations.Reach`, as spona_reach.

-- Whether one keeps the keys of the installation.
CREATE OR REPLACE FUNCTION spona.keeps_keys() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.teams_membership m JOIN public.teams_user u ON u.id = m.user_id AND u.is_active
        WHERE m.user_id = spona.asks() AND m.role = 'key_custodian'
        AND m.valid_from <= statement_timestamp()
        AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp()));
END
$$;

-- The case that is being erased in this transaction. The policies of spona_reach let it change rows of this one alone.
CREATE OR REPLACE FUNCTION spona.erasing() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif(current_setting('spona.erasing', true), '')::uuid;

-- Blanks organisation, service, dates and envelopes of a case in its rows and in their histories, takes back what was
-- granted on it and told of it, and returns how many rows of which table. Only for the job, and only with an erasure
-- that two people decided on and that is being executed; the clock's own only when its time has come. The stub keeps
-- ids and codes; consents, withdrawals, exceptions and disclosures stay, to prove that they were (retention.csv).
CREATE OR REPLACE FUNCTION spona.erase_case(wanted uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    nowhere constant uuid := '00000000-0000-4000-8000-000000000e00';
    past CONSTANT text := '''1970-01-01T00:00:00Z''';
    who constant text := 'history_user_id = NULL, history_change_reason = NULL, history_date = ' || past;
    of_case constant text := 'status = ''erased'', spoken_name = '''', urgency = '''', assigned_to = NULL, '
        'triage_outcome = '''', triage_due_at = NULL, review_due = NULL, closure_reason = '''', '
        'opened_on = ''1970-01-01'', closed_on = NULL, import_key = '''', merged_into = NULL, created_at = ' || past;
    of_referral constant text := 'spoken_name = '''', recipient_organisation_id = NULL, service_id = NULL, '
        'service_code = '''', sealed_service = NULL, need_id = NULL, urgency = '''', handover_mode = '''', '
        'data_classes = ''{}'', consent_id = NULL, safeguarding_basis_id = NULL, basis_until = NULL, '
        'replaces_id = NULL, business_status = '''', reason_code = '''', outcome_code = '''', '
        'suggested_service_code = '''', sent_at = NULL, answered_at = NULL, due_at = NULL, paused_at = NULL, '
        'phoned_at = NULL, first_contact_at = NULL, ended_at = NULL, acknowledgement_answer = '''', '
        'look_again_on = NULL, still_engaged = '''', followed_up_at = NULL, held_at = NULL, '
        'correction_asked_by = NULL, correction_reason = '''', narrative = NULL, appointment = NULL, '
        'appointment_wipe_on = NULL, created_by = ' || quote_literal(nobody) || ', created_at = ' || past
        || ', acknowledged_at = ' || past;
    of_question constant text := 'question_code = '''', note = NULL, replied_by = NULL, reply_note = NULL, asked_by = '
        || quote_literal(nobody) || ', asked_at = ' || past || ', replied_at = ' || past;
    of_note constant text := 'envelope = '''', author_id = ' || quote_literal(nobody) || ', created_at = ' || past;
    counts jsonb := '{}';
    one record;
    many bigint;
BEGIN
    IF coalesce(current_setting('spona.job', true), '') <> 'erasures' OR NOT EXISTS (
        SELECT FROM public.erasure_erasure e JOIN public.cases_case c ON c.id = e.case_id
        WHERE e.case_id = wanted AND e.executed_at IS NOT NULL AND e.destroyed_at IS NULL
        AND (e.reason <> 'retention_due'
             OR (c.status = 'closed' AND c.closed_on + interval '12 months' <= statement_timestamp()))) THEN
        RAISE EXCEPTION 'no erasure of this case is being executed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('spona.erasing', wanted::text, true);
    DELETE FROM public.cases_notification n USING (
        SELECT wanted AS id
        UNION ALL SELECT r.id FROM public.referrals_referral r WHERE r.case_id = wanted
        UNION ALL SELECT q.id FROM public.referrals_question q WHERE q.case_id = wanted
        UNION ALL SELECT b.id FROM public.cases_safeguardingbasis b WHERE b.case_id = wanted
        UNION ALL SELECT c.id FROM public.cases_consent c WHERE c.case_id = wanted
        UNION ALL SELECT l.id FROM public.cases_breakglass l WHERE l.case_id = wanted
        UNION ALL SELECT t.id FROM public.cases_note t WHERE t.case_id = wanted
    ) AS of_case_ids WHERE n.object_id = of_case_ids.id;
    GET DIAGNOSTICS many = ROW_COUNT;
    counts := counts || jsonb_build_object('cases_notification', many);
    DELETE FROM public.cases_casegrant g WHERE g.case_id = wanted;
    GET DIAGNOSTICS many = ROW_COUNT;
    counts := counts || jsonb_build_object('cases_casegrant', many);
    DELETE FROM public.cases_duplicatetag t WHERE t.case_id = wanted;
    GET DIAGNOSTICS many = ROW_COUNT;
    counts := counts || jsonb_build_object('cases_duplicatetag', many);
    DELETE FROM public.cases_duplicatehint h WHERE h.case_id = wanted OR h.other_case_id = wanted;
    GET DIAGNOSTICS many = ROW_COUNT;
    counts := counts || jsonb_build_object('cases_duplicatehint', many);
    FOR one IN SELECT * FROM (VALUES
        ('cases_case', 'id', format('%s, version = version + 1, opened_by_organisation_id = %L, holder_organisation_id = %L', of_case, nowhere, nowhere)),
        ('cases_historicalcase', 'id', format('%s, %s, opened_by_organisation_id = NULL, holder_organisation_id = NULL', of_case, who)),
        ('cases_casefacts', 'case_id', 'envelope = '''''),
        ('cases_historicalcasefacts', 'case_id', 'envelope = '''', ' || who),
        ('cases_note', 'case_id', format('%s, organisation_id = %L', of_note, nowhere)),
        ('cases_historicalnote', 'case_id', format('%s, %s, organisation_id = NULL', of_note, who)),
        ('cases_looktext', 'case_id', 'envelope = '''''),
        ('cases_exclusion', 'case_id', format('reason = NULL, recorded_by = %L, recorded_for_id = %L, recorded_at = %s', nobody, nowhere, past)),
        ('referrals_referral', 'case_id', format('%s, version = version + 1, requester_organisation_id = %L', of_referral, nowhere)),
        ('referrals_historicalreferral', 'case_id', format('%s, %s, requester_organisation_id = NULL', of_referral, who)),
        ('referrals_referralevent', 'case_id', 'reason_code = '''', outcome_code = '''', detail = '''', channel = '''', reporter = '''', by_user = NULL, by_organisation_id = NULL, happened_on = NULL, at = ' || past),
        ('referrals_question', 'case_id', of_question),
        ('referrals_historicalquestion', 'case_id', format('%s, %s', of_question, who))
    ) AS t(name, key, changes) LOOP
        EXECUTE format('UPDATE public.%I SET %s WHERE %I = $1', one.name, one.changes, one.key) USING wanted;
        GET DIAGNOSTICS many = ROW_COUNT;
        counts := counts || jsonb_build_object(one.name, many);
    END LOOP;
    UPDATE public.cases_breakglass SET ended_at = statement_timestamp()
        WHERE case_id = wanted AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > statement_timestamp());
    PERFORM set_config('spona.erasing', '', true);
    RETURN counts;
END
$$;

-- Removes what was kept of an erased case as proof, once its time is over as well (consent_and_disclosures).
CREATE OR REPLACE FUNCTION spona.forget_case(wanted uuid) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    total bigint := 0;
    many bigint;
    one text;
BEGIN
    IF coalesce(current_setting('spona.job', true), '') <> 'erasures' OR NOT EXISTS (
        SELECT FROM public.erasure_erasure e
        WHERE e.case_id = wanted AND e.destroyed_at + interval '3 years' <= statement_timestamp()) THEN
        RAISE EXCEPTION 'the proof of this case is still kept' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('spona.erasing', wanted::text, true);
    FOREACH one IN ARRAY ARRAY['cases_disclosure', 'cases_withdrawal', 'cases_consentrecipient', 'cases_consent',
                               'cases_safeguardingbasis', 'cases_historicalsafeguardingbasis'] LOOP
        EXECUTE format('DELETE FROM public.%I WHERE case_id = $1', one) USING wanted;
        GET DIAGNOSTICS many = ROW_COUNT;
        total := total + many;
    END LOOP;
    PERFORM set_config('spona.erasing', '', true);
    RETURN total;
END
$$;
