-- Facts and their sums, apart from everything else: the service itself may neither read nor write here. It becomes
-- spona_facts to add (the lock of a quarter) and spona_stats to read (releases, a team's own figures).
CREATE SCHEMA statistics;
REVOKE ALL ON SCHEMA statistics FROM PUBLIC;
GRANT USAGE ON SCHEMA statistics TO spona_facts, spona_stats, spona_backup;

CREATE TABLE statistics.fact (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('referral', 'referral_90', 'case_quarter', 'case_half', 'case_year', 'gap',
                                       'tally', 'national', 'tdi')),
    team_id uuid,
    quarter text NOT NULL CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
    organisation_from uuid,
    organisation_to uuid,
    sector_from text NOT NULL DEFAULT '',
    sector_to text NOT NULL DEFAULT '',
    service_group text NOT NULL DEFAULT '',
    service_code text NOT NULL DEFAULT '',
    age_group text NOT NULL DEFAULT '',
    sex text NOT NULL DEFAULT '',
    substance_group text NOT NULL DEFAULT '',
    referral_source text NOT NULL DEFAULT '',
    outcome text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    days smallint CHECK (days BETWEEN 0 AND 365),
    censored boolean NOT NULL DEFAULT false,
    table_code text NOT NULL DEFAULT '',
    row_code text NOT NULL DEFAULT '',
    column_code text NOT NULL DEFAULT '',
    amount integer NOT NULL DEFAULT 1,
    marks text[] NOT NULL DEFAULT '{}',
    record_key smallint NOT NULL CHECK (record_key BETWEEN 0 AND 4095),
    CHECK ((team_id IS NULL) = (kind IN ('national', 'tdi'))),
    CHECK (team_id IS NOT NULL OR (organisation_from IS NULL AND organisation_to IS NULL))
);
CREATE INDEX fact_quarter_kind ON statistics.fact (quarter, kind);
CREATE INDEX fact_team ON statistics.fact (team_id, quarter, kind);

CREATE TABLE statistics.rollup (
    team_id uuid NOT NULL,
    quarter text NOT NULL CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
    organisation_id uuid,
    mark text NOT NULL,
    service_code text NOT NULL DEFAULT '',
    n integer NOT NULL CHECK (n > 0),
    UNIQUE NULLS NOT DISTINCT (team_id, quarter, organisation_id, mark, service_code)
);

CREATE FUNCTION statistics.stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'statistics.%: written once', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
REVOKE ALL ON FUNCTION statistics.stays() FROM PUBLIC;
CREATE TRIGGER fact_stays BEFORE UPDATE OR DELETE ON statistics.fact FOR EACH ROW EXECUTE FUNCTION statistics.stays();
CREATE TRIGGER rollup_stays BEFORE UPDATE OR DELETE ON statistics.rollup FOR EACH ROW EXECUTE FUNCTION statistics.stays();
