"""Two cases of one person become one: who proposed and confirmed it, where the other went, whose copy a consent is."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from permissions.operations import SetOnce, TeamForeignKey

SET = (
    "case_id", "other_case_id", "team_id", "proposed_by", "proposed_at", "merged_at", "declined_by", "declined_at",
    "counts",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_safeguarding_keeps_a_history"),
        ("teams", "0010_a_team_without_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="consent",
            name="copied_from",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="merged_into",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="historicalnote",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AlterField(
            model_name="note",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "asked_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("waits_until", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("other_case_id", models.UUIDField()),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("merged_at", models.DateTimeField(null=True)),
                ("declined_by", models.UUIDField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="cases.case",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    models.UniqueConstraint(
                        condition=models.Q(("merged_at__isnull", False)),
                        fields=("other_case_id",),
                        name="a_case_goes_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_at", None),
                            models.Q(("asked_roles", []), ("declined_at", None)),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                ("declined_at", None),
                                models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_merge_needs_two_people",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["merged_into"],
                condition=models.Q(("merged_into", None), _negated=True),
                name="case_merged_into",
            ),
        ),
        TeamForeignKey("cases_merge", "case_id", "cases_case"),
        TeamForeignKey("cases_merge", "other_case_id", "cases_case"),
        SetOnce("cases_merge", SET),
    ]
