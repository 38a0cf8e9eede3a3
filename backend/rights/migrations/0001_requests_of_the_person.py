"""Requests by which persons use their rights, with their history."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from django.db import migrations, models

from permissions.operations import HistoryStays, TeamForeignKey


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0009_safeguarding_keeps_a_history"),
        ("teams", "0009_logs_are_verified"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRightsRequest",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=16)),
                ("channel", models.CharField(max_length=16)),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("prolong_reason", models.CharField(blank=True, max_length=16)),
                ("prolonged_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=8)),
                ("answer_reason", models.CharField(blank=True, max_length=24)),
                ("answered_by", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("exported_at", models.DateTimeField(blank=True, null=True)),
                ("overdue_told_at", models.DateTimeField(blank=True, null=True)),
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
                    "recorded_for",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="teams.organisation",
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
                "verbose_name": "historical rights request",
                "verbose_name_plural": "historical rights requests",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=16)),
                ("channel", models.CharField(max_length=16)),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("prolong_reason", models.CharField(blank=True, max_length=16)),
                ("prolonged_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_by", models.UUIDField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=8)),
                ("answer_reason", models.CharField(blank=True, max_length=24)),
                ("answered_by", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("exported_at", models.DateTimeField(blank=True, null=True)),
                ("overdue_told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.organisation",
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
                    models.Index(fields=["team", "-recorded_at", "-id"], name="rights_of_team"),
                    models.Index(
                        condition=models.Q(("answer", "")), fields=["due_on"], name="rights_to_answer"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "team"), name="rights_request_id_team"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_confirms_their_own_request",
                    ),
                ],
            },
        ),
        TeamForeignKey("rights_rightsrequest", "case_id", "cases_case"),
        HistoryStays("rights_historicalrightsrequest"),
    ]
