"""Entries are added, never changed: no right to do so for the service, no way to do so for the owner.

A superuser can still switch the triggers off; to show that is the work of the signed log.
"""

from django.db import migrations

REFUSE_CHANGES = """
CREATE FUNCTION audit_append_only() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
-- ALWAYS: also where session_replication_role says that ordinary triggers rest.
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_change;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_truncate;
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_mac_length CHECK (octet_length(mac) = 32);
"""

ALLOW_CHANGES = """
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_mac_length;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_entry_no_change ON audit_entry;
DROP FUNCTION audit_append_only();
"""

GRANTS = """
REVOKE ALL ON audit_entry FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'spona_app') THEN
        REVOKE ALL ON audit_entry FROM spona_app;
        GRANT INSERT ON audit_entry TO spona_app;
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'spona_review') THEN
        GRANT SELECT ON audit_entry TO spona_review;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
