"""Past every service: what the database itself refuses, and what no row may be saved without."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from argon2 import PasswordHasher
from django.db import IntegrityError, connection, transaction

from audit.acts import OutsideAct
from backend.teams.models import (
    ActingSpell,
    Invitation,
    MachineToken,
    Membership,
    Memorandum,
    Organisation,
    SharingAgreement,
    Team,
    User,
)
from tests.world import Town, ahead, make_user, saved

VERSIONED = [
    ActingSpell,
    Invitation,
    MachineToken,
    Membership,
    Memorandum,
    Organisation,
    SharingAgreement,
    Team,
    User,
]


@pytest.fixture(scope="module")
def town(database: object) -> Town:
    return Town()


@pytest.mark.parametrize(
    ("role", "team", "organisation"),
    [
        ("member", True, False),
        ("member", False, True),
        ("coordinator", False, False),
        ("deputy_coordinator", True, False),
        ("partner_worker", True, True),
        ("partner_worker", False, False),
        ("municipal_lead", True, True),
        ("municipal_lead", False, False),
        ("data_protection_officer", False, True),
        ("national_analyst", True, False),
        ("platform_admin", False, True),
        ("mayor", False, False),
        ("", False, False),
    ],
)
def test_a_role_in_the_wrong_place_is_no_row(town: Town, role: str, team: bool, organisation: bool) -> None:
    row = Membership(
        user=make_user(),
        role=role,
        team=town.team if team else None,
        organisation=town.clinic if organisation else None,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(row)


def test_a_user_name_is_one_in_any_case() -> None:
    user = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(User(username=user.username.upper(), display_name="x"))


@pytest.mark.parametrize("model", [Invitation, MachineToken])
def test_one_digest_opens_one_thing(town: Town, model: Any) -> None:
    digest = uuid4().bytes * 2

    def row() -> Any:
        common = {"team": town.team, "token_hash": digest, "expires_at": ahead(days=1)}
        if model is Invitation:
            return Invitation(role="member", invited_by=town.coordinator, **common)
        people = {"acting_for": town.nurse, "issued_by": town.coordinator}
        return MachineToken(name="x", operations=["case.edit"], **people, **common)

    saved(row())
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(row())


@pytest.mark.parametrize("model", VERSIONED)
def test_outside_an_act_nothing_is_saved_or_deleted(model: Any) -> None:
    with pytest.raises(OutsideAct):
        model().save()
    with pytest.raises(OutsideAct):
        model().delete()


@pytest.mark.parametrize("model", VERSIONED)
def test_there_are_no_writes_in_bulk(model: Any) -> None:
    with pytest.raises(OutsideAct):
        model.objects.all().update(version=7)
    with pytest.raises(OutsideAct):
        model.objects.all().delete()
    with pytest.raises(OutsideAct):
        model.objects.bulk_create([])


@pytest.mark.parametrize("model", VERSIONED)
def test_each_keeps_a_history_without_secrets(model: Any) -> None:
    kept = {field.name for field in model.history.model._meta.fields}
    assert {"version", "history_user_id", "history_change_reason"} <= kept
    assert kept.isdisjoint({"password", "token_hash", "last_login"})


def test_each_save_counts_and_keeps_the_earlier_state(town: Town) -> None:
    row = saved(Organisation(name="Prvo ime", sort_key="x", sector="health"))
    row.name = "Drugo ime"
    saved(row)
    told = list(Organisation.history.filter(id=row.id).order_by("version").values_list("version", "name"))
    assert told == [(1, "Prvo ime"), (2, "Drugo ime")]


def test_when_somebody_last_signed_in_is_not_kept(admin: psycopg.Connection) -> None:
    found = admin.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE column_name = 'last_login'"
    ).fetchall()
    assert found == []


def test_the_service_owns_none_of_its_tables(admin: psycopg.Connection) -> None:
    owners = admin.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert owners == [("spona_owner",)]


def test_a_person_with_roles_is_not_deleted(town: Town) -> None:
    from_row = Membership.objects.get(user=town.nurse)
    assert from_row.user == town.nurse
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("DELETE FROM teams_user WHERE id = %s", [town.nurse.pk])


def test_an_older_hash_is_compared_and_not_rewritten() -> None:
    user = make_user()
    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    user.password = "argon2" + weaker.hash("tri-reke-i-jedan-most")
    saved(user)
    assert user.check_password("tri-reke-i-jedan-most")
    assert not user.check_password("tri-reke-i-jedan-mosT")
    assert not user.check_password("")
    assert User.objects.get(pk=user.pk).version == user.version
