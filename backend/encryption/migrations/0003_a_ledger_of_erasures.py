"""The ledger of erasures: it is only added to, and no key comes back for what stands in it, whoever brings one."""

from django.db import migrations, models
from django.db.models.functions import Now

# The lock makes a key that is being added wait for the end of its team, and the other way round.
KEEPS = """
    CREATE FUNCTION encryption_erasedowner_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $body$ BEGIN
        RAISE EXCEPTION 'encryption_erasedowner is append-only' USING ERRCODE = 'insufficient_privilege';
    END $body$;
    CREATE TRIGGER encryption_erasedowner_keep_rows BEFORE UPDATE OR DELETE ON encryption_erasedowner
        FOR EACH ROW EXECUTE FUNCTION encryption_erasedowner_stays();
    CREATE TRIGGER encryption_erasedowner_keep_table BEFORE TRUNCATE ON encryption_erasedowner
        FOR EACH STATEMENT EXECUTE FUNCTION encryption_erasedowner_stays();
    REVOKE UPDATE, DELETE, TRUNCATE ON encryption_erasedowner FROM spona_app;

    CREATE FUNCTION encryption_erasedowner_locks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $body$ BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.team_id::text, 0));
        RETURN NEW;
    END $body$;
    CREATE TRIGGER encryption_erasedowner_lock BEFORE INSERT ON encryption_erasedowner
        FOR EACH ROW EXECUTE FUNCTION encryption_erasedowner_locks();

    CREATE FUNCTION encryption_wrappedkey_not_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $body$ BEGIN
        IF NEW.team_id IS NOT NULL THEN
            PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.team_id::text, 0));
        END IF;
        IF EXISTS (SELECT FROM public.encryption_erasedowner e
                   WHERE e.owner_id = NEW.owner_id OR (e.kind = 'team' AND e.owner_id = NEW.team_id)) THEN
            RAISE EXCEPTION 'encryption_erasedowner: no key for what was erased' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $body$;
    CREATE TRIGGER encryption_wrappedkey_not_erased BEFORE INSERT OR UPDATE OF owner_id, team_id
        ON encryption_wrappedkey FOR EACH ROW EXECUTE FUNCTION encryption_wrappedkey_not_erased();
"""
LETS_GO = """
    DROP FUNCTION encryption_wrappedkey_not_erased() CASCADE;
    DROP FUNCTION encryption_erasedowner_locks() CASCADE;
    DROP FUNCTION encryption_erasedowner_stays() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("encryption", "0002_keys_rotate")]

    operations = [
        migrations.CreateModel(
            name="ErasedOwner",
            fields=[
                ("owner_id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("team_id", models.UUIDField()),
                ("kind", models.CharField(max_length=4)),
                ("erasure_id", models.UUIDField()),
                ("erased_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("case", "team"))), name="erased_owner_kind_known"
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEPS, LETS_GO),
    ]
