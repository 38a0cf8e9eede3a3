"""The schema of facts, with rights for nobody but the two roles and the backup; and the ledger of locked quarters."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from permissions.operations import AppendOnly

FACTS = (Path(__file__).parent / "facts.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("teams", "0009_logs_are_verified")]

    operations = [
        migrations.RunSQL(FACTS, "DROP SCHEMA statistics CASCADE"),
        migrations.CreateModel(
            name="QuarterLock",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("quarter", models.CharField(max_length=7)),
                ("locked_by", models.UUIDField()),
                ("locked_at", models.DateTimeField(db_default=Now())),
                ("facts", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("team", "quarter"), name="quarter_locked_once")
                ],
            },
        ),
        AppendOnly("statistics_quarterlock"),
    ]
