"""Every pair of roles of the reference list, both ways round; and two people who give at the same time."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from django.db import connections

from backend.errors import Conflict, Refusal
from backend.reference.roles import roles
from backend.teams import invitations, people
from backend.teams.models import User
from permissions.scope import NotFound
from tests.world import BUILDER, Town, actor, make_user, seat

PAIRS = [(one, other) for one, other in product(roles(), repeat=2) if one < other]
TEAM = {"coordinator", "deputy_coordinator", "member"}
OFFICE = {"municipal_lead", "data_protection_officer"}


@pytest.fixture(scope="module")
def town(database: object) -> Town:
    return Town()


def place(town: Town, role: str) -> dict[str, Any]:
    if role in TEAM:
        return {"team": town.team, "organisation": town.clinic}
    if role in OFFICE:
        return {"team": town.team}
    return {"organisation": town.partner} if role == "partner_worker" else {}


def excluded(one: str, other: str) -> bool:
    known = roles()
    return other in known[one].incompatible_with or one in known[other].incompatible_with


def joined(town: Town, held: str, wanted: str) -> bool:
    user = make_user()
    seat(user, held, **place(town, held))
    try:
        people.add_membership(BUILDER, user=user, role=wanted, **place(town, wanted))
    except Conflict as refused:
        # Coordinator and deputy of one organisation are kept apart by a rule of their own.
        return refused.code == "same_organisation"
    return True


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_pair_is_joined_exactly_when_the_list_allows_it(town: Town, one: str, other: str) -> None:
    assert joined(town, one, other) is not excluded(one, other)
    assert joined(town, other, one) is not excluded(one, other)


def test_the_list_excludes_whoever_watches_from_who_is_watched() -> None:
    workers = {"coordinator", "deputy_coordinator", "member", "partner_worker"}
    watchers = {"municipal_lead", "data_protection_officer", "key_custodian", "platform_admin"}
    for worker, watcher in product(workers, watchers):
        assert excluded(worker, watcher), (worker, watcher)
    assert excluded("key_custodian", "platform_admin")
    assert excluded("municipal_lead", "data_protection_officer")


def test_two_roles_given_at_once_do_not_both_win() -> None:
    town = Town()
    for _round in range(5):
        user = make_user()

        def give(role: str, user: Any = user) -> str:
            try:
                people.add_membership(BUILDER, user=user, role=role, **place(town, role))
            except Refusal as refused:
                return refused.code
            finally:
                connections.close_all()
            return "given"

        assert town.clinic.id
        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(give, ("member", "municipal_lead")))
        assert told == ["given", "incompatible_roles"]


def test_one_invitation_taken_by_many_at_once_makes_one_account() -> None:
    town = Town()
    by = actor(town.coordinator)
    _, secret = invitations.invite(by, role="member", team=town.team, organisation=town.clinic)

    def accept(number: int) -> str:
        name = f"racer-{number}-{town.team.slug}"
        try:
            invitations.accept(secret=secret, username=name, display_name="x", password="tri-reke-i-most")
        except NotFound:
            return "absent"
        finally:
            connections.close_all()
        return "made"

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(accept, range(6)))
    assert told == ["absent"] * 5 + ["made"]
    assert User.objects.filter(username__endswith=town.team.slug).count() == 1
