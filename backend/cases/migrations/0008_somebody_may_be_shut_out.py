"""Exclusions and hints of duplicates: tables that the service fills, and that people do not read through it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import backend.encryption.fields
from permissions.operations import AppendOnly, LetErase, TeamForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_ledgers_may_be_erased"),
        ("teams", "0009_logs_are_verified"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("reason", backend.encryption.fields.SealedField(null=True)),
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
                        db_index=False,
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
        ),
        migrations.CreateModel(
            name="ExclusionLift",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("lifted_by", models.UUIDField()),
                ("lifted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="cases.case",
                    ),
                ),
                (
                    "exclusion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lift", to="cases.exclusion"
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
        migrations.CreateModel(
            name="ShutOut",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="cases.case",
                    ),
                ),
                (
                    "exclusion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.exclusion"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
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
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.user",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(fields=("id", "team"), name="exclusion_id_team"),
        ),
        migrations.AddConstraint(
            model_name="shutout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("user__isnull", True)),
                    models.Q(("organisation__isnull", True), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="an_exclusion_names_a_person_or_an_organisation",
            ),
        ),
        migrations.CreateModel(
            name="DuplicateHint",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("other_case_id", models.UUIDField()),
                ("found_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                "constraints": [
                    models.UniqueConstraint(fields=("case", "other_case_id"), name="two_cases_hinted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateTag",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("tag", models.BinaryField(max_length=32)),
                ("noted_by", models.UUIDField()),
                ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("compared_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["team", "tag"], name="duplicate_tag_of_team"),
                    models.Index(
                        condition=models.Q(("compared_at", None)),
                        fields=["noted_at"],
                        name="duplicate_tag_new",
                    ),
                ],
            },
        ),
        TeamForeignKey("cases_duplicatetag", "case_id", "cases_case"),
        TeamForeignKey("cases_duplicatehint", "case_id", "cases_case"),
        TeamForeignKey("cases_duplicatehint", "other_case_id", "cases_case"),
        AppendOnly("cases_duplicatehint"),
        LetErase("cases_duplicatehint"),
        TeamForeignKey("cases_exclusion", "case_id", "cases_case"),
        TeamForeignKey("cases_shutout", "exclusion_id", "cases_exclusion"),
        TeamForeignKey("cases_exclusionlift", "exclusion_id", "cases_exclusion"),
        TeamForeignKey("cases_shutout", "case_id", "cases_case"),
        TeamForeignKey("cases_exclusionlift", "case_id", "cases_case"),
        AppendOnly("cases_exclusion"),
        AppendOnly("cases_shutout"),
        AppendOnly("cases_exclusionlift"),
        migrations.RunSQL(
            "REVOKE SELECT ON cases_shutout FROM spona_app", "GRANT SELECT ON cases_shutout TO spona_app"
        ),
    ]
