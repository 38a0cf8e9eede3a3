"""Break-glass: a ledger of looks in which nothing changes once it is set."""

import datetime as dt
import uuid

import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.db import migrations, models

import backend.encryption.fields
from permissions.operations import AppendOnly, SetOnce, TeamForeignKey

SET_ONCE = (
    "case_id",
    "team_id",
    "person_id",
    "reason",
    "requested_at",
    "needs_second",
    "confirmed_by",
    "confirmed_at",
    "starts_at",
    "ends_at",
    "ended_at",
    "review_due_at",
    "reviewed_by",
    "reviewed_at",
    "verdict",
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_find_consents_in_order"),
        ("teams", "0005_say_until_when_somebody_looks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="audience",
            field=models.CharField(default="organisation", max_length=24),
        ),
        migrations.CreateModel(
            name="HistoricalBreakGlass",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("person_id", models.UUIDField()),
                ("reason", models.CharField(max_length=24)),
                ("requested_at", models.DateTimeField()),
                ("needs_second", models.BooleanField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("review_due_at", models.DateTimeField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("verdict", models.CharField(max_length=12, null=True)),
                (
                    "history_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                ("history_user_id", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical break glass",
                "verbose_name_plural": "historical break-glass looks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("person_id", models.UUIDField()),
                ("reason", models.CharField(max_length=24)),
                ("requested_at", models.DateTimeField()),
                ("needs_second", models.BooleanField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("review_due_at", models.DateTimeField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("verdict", models.CharField(max_length=12, null=True)),
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
                "verbose_name_plural": "break-glass looks",
                "indexes": [
                    models.Index(fields=["person_id", "-requested_at"], name="break_glass_of_person"),
                    models.Index(fields=["team", "-requested_at", "-id"], name="break_glass_of_team"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("starts_at", None)),
                            models.Q(
                                ("ends_at__isnull", False),
                                (
                                    "ends_at__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("starts_at"), "+", models.Value(dt.timedelta(seconds=3600))
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="a_look_lasts_an_hour_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_at", None),
                            ("needs_second", False),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="a_look_waits_for_its_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by", None),
                                models.Q(("confirmed_by", models.F("person_id")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("reviewed_by", None),
                                models.Q(("reviewed_by", models.F("person_id")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="nobody_judges_their_own_look",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookText",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("person_id", models.UUIDField()),
                ("envelope", backend.encryption.fields.SealedField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="cases.case",
                    ),
                ),
                (
                    "look",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="written",
                        to="cases.breakglass",
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
                "abstract": False,
            },
        ),
        TeamForeignKey("cases_breakglass", "case_id", "cases_case"),
        SetOnce("cases_breakglass", SET_ONCE),
        TeamForeignKey("cases_looktext", "case_id", "cases_case"),
        AppendOnly("cases_looktext"),
    ]
