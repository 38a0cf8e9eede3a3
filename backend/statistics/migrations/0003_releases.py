"""Releases: what is set stays, and nobody removes one."""

import uuid

from django.db import migrations, models
from django.db.models.functions import Now

from permissions.operations import SetOnce

STAYS = (
    "tier", "period", "prepared_by", "prepared_at", "built_at", "plan_version", "document", "gate", "manifest",
    "sha256", "number", "approved_by", "approved_at", "declined_by", "declined_at",
)  # fmt: skip


def _moment() -> models.DateTimeField:  # type: ignore[type-arg]
    return models.DateTimeField(null=True)


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_tallies_and_transparency")]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("tier", models.CharField(max_length=1)),
                ("period", models.CharField(max_length=7)),
                ("status", models.CharField(default="building", max_length=9)),
                ("prepared_by", models.UUIDField()),
                ("prepared_at", models.DateTimeField(db_default=Now())),
                ("built_at", _moment()),
                ("plan_version", models.PositiveSmallIntegerField(null=True)),
                ("document", models.JSONField(null=True)),
                ("gate", models.JSONField(null=True)),
                ("manifest", models.JSONField(null=True)),
                ("sha256", models.CharField(max_length=64, null=True)),
                ("number", models.PositiveIntegerField(null=True, unique=True)),
                ("approved_by", models.UUIDField(null=True)),
                ("approved_at", _moment()),
                ("declined_by", models.UUIDField(null=True)),
                ("declined_at", _moment()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published")),
                        fields=("tier", "period"),
                        name="a_period_is_released_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("building", "prepared"))),
                        fields=("tier", "period"),
                        name="one_release_is_under_way",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(status="published")
                        & models.Q(number=None, approved_by=None, approved_at=None)
                        | models.Q(
                            status="published",
                            number__isnull=False,
                            approved_at__isnull=False,
                            approved_by__isnull=False,
                            document__isnull=False,
                            sha256__isnull=False,
                        )
                        & ~models.Q(approved_by=models.F("prepared_by")),
                        name="a_release_needs_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_at__isnull", False), ("status", "declined"), _connector="AND"
                        )
                        | models.Q(models.Q(("status", "declined"), _negated=True), ("declined_at", None)),
                        name="what_is_declined_stays_so",
                    ),
                ],
            },
        ),
        SetOnce("statistics_release", STAYS),
    ]
