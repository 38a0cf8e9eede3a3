"""What lead and officer are asked to judge, in a table where nothing that was said is taken back."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

import backend.encryption.fields
from permissions.operations import HistoryStays, SetOnce, TeamForeignKey

SET_ONCE = (
    "team_id",
    "entry_id",
    "rule",
    "bundle",
    "month",
    "for_role",
    "due_at",
    "person_id",
    "at",
    "case_id",
    "judged_at",
    "asked_at",
    "answer",
    "answered_at",
    "escalated_at",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0004_a_sealed_log"),
        ("cases", "0006_break_glass"),
        ("teams", "0008_histories_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("audit.entry",),
        ),
        migrations.CreateModel(
            name="HistoricalReviewItem",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entry_id", models.UUIDField()),
                ("rule", models.CharField(max_length=24)),
                ("bundle", models.CharField(max_length=120)),
                ("rank", models.PositiveSmallIntegerField()),
                ("month", models.DateField()),
                ("for_role", models.CharField(max_length=24)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("person_id", models.UUIDField(null=True)),
                ("verb", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("verdict", models.CharField(max_length=12, null=True)),
                ("judged_by", models.UUIDField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("answer", backend.encryption.fields.SealedField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
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
                "verbose_name": "historical review item",
                "verbose_name_plural": "historical review items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entry_id", models.UUIDField()),
                ("rule", models.CharField(max_length=24)),
                ("bundle", models.CharField(max_length=120)),
                ("rank", models.PositiveSmallIntegerField()),
                ("month", models.DateField()),
                ("for_role", models.CharField(max_length=24)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("person_id", models.UUIDField(null=True)),
                ("verb", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("verdict", models.CharField(max_length=12, null=True)),
                ("judged_by", models.UUIDField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("answer", backend.encryption.fields.SealedField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    models.Index(fields=["team", "due_at", "id"], name="review_item_due"),
                    models.Index(
                        condition=models.Q(("asked_at__isnull", False)),
                        fields=["person_id"],
                        name="review_item_person",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "entry_id"), name="review_of_an_entry_once"),
                    models.UniqueConstraint(
                        fields=("team", "rule", "bundle"), name="review_of_a_bundle_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judged_by", None),
                            ("person_id", None),
                            models.Q(("judged_by", models.F("person_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_judges_their_own_act",
                    ),
                ],
            },
        ),
        TeamForeignKey("review_reviewitem", "case_id", "cases_case"),
        SetOnce("review_reviewitem", SET_ONCE),
        HistoryStays("review_historicalreviewitem"),
    ]
