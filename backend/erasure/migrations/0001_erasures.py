"""Erasures and kill switches: ledgers in which nothing changes once it is set."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from permissions.operations import SetOnce, TeamForeignKey

STEPS = ("declined_by", "declined_at", "executed_by", "executed_at", "destroyed_at")
ERASURE = (
    "case_id", "team_id", "reason", "requested_by", "requested_at", "confirmed_by", "confirmed_at", "counts", *STEPS,
)  # fmt: skip
DESTRUCTION = ("team_id", "asked_by", "asked_at", "replayed", *STEPS)


def _another(one: str, other: str) -> models.Q:
    different = models.Q((one, models.F(other)), _negated=True)
    return models.Q((one, None), (other, None), different, _connector="OR")


def _moment() -> models.DateTimeField:  # type: ignore[type-arg]
    return models.DateTimeField(null=True)


def _id() -> models.UUIDField:  # type: ignore[type-arg]
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0006_break_glass"), ("teams", "0009_logs_are_verified")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", _id()),
                ("reason", models.CharField(max_length=24)),
                ("requested_by", models.UUIDField(null=True)),
                ("requested_at", models.DateTimeField(db_default=Now())),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", _moment()),
                ("declined_by", models.UUIDField(null=True)),
                ("declined_at", _moment()),
                ("executed_by", models.UUIDField(null=True)),
                ("executed_at", _moment()),
                ("destroyed_at", _moment()),
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
                "indexes": [
                    models.Index(fields=["team", "-requested_at", "-id"], name="erasure_of_team"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case",),
                        condition=models.Q(("executed_at__isnull", False)),
                        name="a_case_is_erased_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            _another("confirmed_by", "requested_by"), _another("confirmed_by", "executed_by")
                        ),
                        name="who_confirms_an_erasure_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("executed_at", None),
                            models.Q(
                                ("reason__in", ("retention_due", "ledger_replay")), ("requested_by", None)
                            ),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                ("declined_at", None),
                                ("executed_by__isnull", False),
                                ("reason__in", ("rights_request", "no_longer_needed")),
                                ("requested_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_erasure_needs_its_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyDestruction",
            fields=[
                ("id", _id()),
                ("asked_by", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField(db_default=Now())),
                ("declined_by", models.UUIDField(null=True)),
                ("declined_at", _moment()),
                ("executed_by", models.UUIDField(null=True)),
                ("executed_at", _moment()),
                ("destroyed_at", _moment()),
                ("replayed", models.BooleanField(default=False)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.team"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team",),
                        condition=models.Q(("executed_at__isnull", False)),
                        name="a_team_is_killed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("executed_at", None),
                            ("replayed", True),
                            models.Q(
                                ("asked_by__isnull", False),
                                ("executed_by__isnull", False),
                                models.Q(("asked_by", models.F("executed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_kill_needs_two_people",
                    ),
                ],
            },
        ),
        TeamForeignKey("erasure_erasure", "case_id", "cases_case"),
        SetOnce("erasure_erasure", ERASURE),
        SetOnce("erasure_keydestruction", DESTRUCTION),
    ]
