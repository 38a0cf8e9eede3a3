-- Run inside one database, after the roles exist. A database cloned from a template needs it again.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- spona_review reads the audit; which tables, their own migrations say.
GRANT USAGE ON SCHEMA public TO spona_app, spona_review, spona_reach, spona_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE spona_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO spona_app;
ALTER DEFAULT PRIVILEGES FOR ROLE spona_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO spona_app;
-- A backup holds everything. What the second wall guards it reads by a policy of its own (permissions/rls.py).
ALTER DEFAULT PRIVILEGES FOR ROLE spona_owner IN SCHEMA public GRANT SELECT ON TABLES TO spona_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE spona_owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO spona_backup;
