-- Who counts for the whole country. Run with `rls_functions.sql` by `permissions.rls_operations.Reach`, as spona_reach.

-- Whether one prepares or approves releases: a national analyst or a release officer.
CREATE OR REPLACE FUNCTION spona.counts_nation() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.teams_membership m JOIN public.teams_user u ON u.id = m.user_id AND u.is_active
        WHERE m.user_id = spona.asks() AND m.role IN ('national_analyst', 'release_officer')
        AND m.valid_from <= statement_timestamp()
        AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp()));
END
$$;
