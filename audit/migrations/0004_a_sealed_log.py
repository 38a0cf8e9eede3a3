"""A log for each team that anybody can check: leaves, nodes, checkpoints and what witnesses say of them.

The sealer has a role of its own and may only add. `written_in` is the transaction that wrote an entry: the sealer
takes what is older than every transaction still under way, and a change can be asked for its entry.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

WRITTEN_IN = """
ALTER TABLE audit_entry ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_entry_written_in ON audit_entry (written_in);
GRANT SELECT (written_in) ON audit_entry TO spona_reach;
-- Whoever adds an entry does not say in which transaction.
CREATE FUNCTION audit_written_here() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.written_in := pg_current_xact_id();
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_entry_written_here BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_written_here();
"""
NOT_WRITTEN_IN = """
DROP TRIGGER audit_entry_written_here ON audit_entry;
DROP FUNCTION audit_written_here();
REVOKE SELECT (written_in) ON audit_entry FROM spona_reach;
ALTER TABLE audit_entry DROP COLUMN written_in;
"""
ADDED_ONLY = ("audit_leaf", "audit_node", "audit_checkpoint", "audit_cosignature")
KEPT = "\n".join(
    f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
"""
    for table in ADDED_ONLY
)
CHANGED = "\n".join(
    f"""
DROP TRIGGER {table}_no_truncate ON {table};
DROP TRIGGER {table}_no_change ON {table};
"""
    for table in ADDED_ONLY
)
RIGHTS = """
REVOKE ALL ON audit_log, audit_leaf, audit_node, audit_checkpoint, audit_cosignature, audit_sealing
    FROM PUBLIC, spona_app;
GRANT SELECT ON audit_log, audit_leaf, audit_node, audit_checkpoint, audit_cosignature TO spona_app;
GRANT SELECT, INSERT ON audit_leaf, audit_node, audit_checkpoint, audit_cosignature TO spona_sealer;
GRANT SELECT, INSERT, UPDATE ON audit_log, audit_sealing TO spona_sealer;
GRANT SELECT ON audit_entry TO spona_sealer;
GRANT USAGE ON SCHEMA public TO spona_sealer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_keep_entries_whole"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("witness", models.TextField()),
                ("line", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("entry_id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("index", models.BigIntegerField()),
                ("leaf_hash", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Log",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("origin", models.TextField(unique=True)),
                ("vkey", models.TextField()),
                ("size", models.BigIntegerField(default=0)),
                ("frontier", models.BinaryField(default=bytes)),
                ("checkpoint_size", models.BigIntegerField(default=0)),
                ("checkpoint_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Sealing",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("bound", models.BigIntegerField(default=0)),
                ("system", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="audit_entry_leaf_once",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="leaf_index",
        ),
        migrations.AddField(
            model_name="cosignature",
            name="checkpoint",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="audit.checkpoint"
            ),
        ),
        migrations.AddField(
            model_name="leaf",
            name="log",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="audit.log"
            ),
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="log",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="audit.log"
            ),
        ),
        migrations.AddField(
            model_name="node",
            name="log",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="audit.log"
            ),
        ),
        migrations.AddConstraint(
            model_name="cosignature",
            constraint=models.UniqueConstraint(fields=("checkpoint", "witness"), name="audit_cosigned_once"),
        ),
        migrations.AddConstraint(
            model_name="leaf",
            constraint=models.UniqueConstraint(fields=("log", "index"), name="audit_leaf_place"),
        ),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.UniqueConstraint(fields=("log", "size"), name="audit_checkpoint_size"),
        ),
        migrations.AddConstraint(
            model_name="node",
            constraint=models.UniqueConstraint(fields=("log", "level", "index"), name="audit_node_place"),
        ),
        migrations.RunSQL(WRITTEN_IN, NOT_WRITTEN_IN),
        migrations.RunSQL(KEPT, CHANGED),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
