-- Who may do what in one cluster. Run as superuser, as often as you like: it only adds what is missing.
-- The service is spona_app: it owns nothing, so that row level security binds it and no table can be changed by it.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['spona_owner', 'spona_migrate', 'spona_app', 'spona_sealer', 'spona_stats',
                                  'spona_review', 'spona_facts', 'spona_worker', 'spona_backup',
                                  'spona_reach']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
        EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', wanted);
        EXECUTE format('ALTER ROLE %I %s', wanted, CASE WHEN wanted IN ('spona_owner', 'spona_reach') THEN 'NOLOGIN' ELSE 'LOGIN' END);
    END LOOP;
END
$$;

-- Whatever a migration makes belongs to spona_owner, who cannot sign in.
GRANT spona_owner TO spona_migrate WITH INHERIT FALSE, SET TRUE;
ALTER ROLE spona_migrate SET role = 'spona_owner';

-- The functions behind the second wall belong to spona_reach, who reads past it and cannot sign in. Migrations make them.
GRANT spona_reach TO spona_owner WITH INHERIT FALSE, SET TRUE;

-- The service reads the audit only by becoming the reviewer for as long as it takes (audit/reading.py): without that it
-- may add an entry and see none.
GRANT spona_review TO spona_app WITH INHERIT FALSE, SET TRUE;

-- The same for facts: it becomes one role to add them when a quarter is locked, another to read them.
GRANT spona_facts TO spona_app WITH INHERIT FALSE, SET TRUE;
GRANT spona_stats TO spona_app WITH INHERIT FALSE, SET TRUE;
