"""Each line of the policy about cases, for each role: yes in the own team, own where named, and no means no."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.teams.models import ActingSpell, Membership
from permissions.roles import POLICY, ROLES
from permissions.scope import Forbidden, NotFound, may, require, visible_to
from tests.backend.cases.papers import Open, full, received
from tests.world import Town, actor, ago, national, saved

ON_CASES = (
    "case.triage",
    "case.view_coded",
    "case.edit",
    "case.assign",
    "case.close",
    "case.reopen",
    "case.access_history",
    "consent.record",
    "safeguarding.record",
    "disclosure.list",
)
# Held by who opened or holds the case only; a recipient of a referral reads and answers.
HOLDERS_ONLY = {"case.edit", "consent.record"}
TOWNSPEOPLE = {
    "coordinator": "coordinator",
    "deputy_coordinator": "deputy",
    "member": "nurse",
    "partner_worker": "partner_worker",
    "municipal_lead": "lead",
    "data_protection_officer": "officer",
}


def person(town: Town, role: str) -> Any:
    return getattr(town, TOWNSPEOPLE[role]) if role in TOWNSPEOPLE else national(role)


def allowed(user: Any, action: str, case: Case) -> bool:
    return may(actor(user), action, case)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ON_CASES)
def test_without_a_reason_only_a_yes_opens_anything(town: Town, opened: Open, action: str, role: str) -> None:
    case = opened()
    user = person(town, role)
    assert allowed(user, action, case) == (POLICY[action].by[role] == "yes")


@pytest.mark.parametrize("role", ["coordinator", "deputy_coordinator", "member"])
@pytest.mark.parametrize("action", ON_CASES)
def test_who_opened_the_case_may_what_own_says(town: Town, opened: Open, action: str, role: str) -> None:
    organisation = town.centre if role == "coordinator" else town.clinic
    case = opened(by=town.coordinator, organisation=organisation)
    word = POLICY[action].by[role]
    as_member = POLICY[action].by["member"]
    expected = word in {"yes", "own_organisation"} or (word == "acting" and as_member == "own_organisation")
    assert allowed(person(town, role), action, case) == expected


@pytest.mark.parametrize("action", ON_CASES)
def test_an_acting_deputy_may_what_the_coordinator_may_where_the_line_says_acting(
    town: Town, opened: Open, action: str
) -> None:
    case = opened()
    membership = Membership.objects.get(user=town.deputy)
    saved(ActingSpell(membership=membership, team=town.team, reason="absent", valid_from=ago(hours=1)))
    assert allowed(town.deputy, action, case) == (POLICY[action].by["deputy_coordinator"] == "acting")


@pytest.mark.parametrize("action", ON_CASES)
def test_a_recipient_may_what_own_says_except_what_is_for_holders(
    town: Town, opened: Open, action: str
) -> None:
    case = opened(consent=full(town.society, town.clinic, town.partner))
    received(case, town.clinic)
    received(case, town.partner)
    for role, user in (("member", town.nurse), ("partner_worker", town.partner_worker)):
        expected = POLICY[action].by[role] == "own_organisation" and action not in HOLDERS_ONLY
        assert allowed(user, action, case) == expected, role


@pytest.mark.parametrize("action", ON_CASES)
def test_the_coordinator_of_another_town_finds_nothing(town: Town, opened: Open, action: str) -> None:
    case, other = opened(), Town()
    by = actor(other.coordinator)
    assert not visible_to(by, Case.objects.filter(pk=case.pk), action).exists()
    with pytest.raises(NotFound):
        require(by, action, case)


def test_one_sees_and_may_not_another_does_not_see(town: Town, opened: Open) -> None:
    case = opened()
    with pytest.raises(Forbidden):
        require(actor(town.outreach), "case.close", case)
    with pytest.raises(NotFound):
        require(actor(town.nurse), "case.close", case)


def test_a_membership_that_is_over_leaves_nothing(town: Town, opened: Open) -> None:
    case = opened()
    former = town.worker("member", town.society, valid_from=ago(days=3), valid_until=ago(minutes=1))
    assert not allowed(former, "case.view_coded", case)
    assert not visible_to(actor(former), Case.objects.filter(team=town.team), "case.view_coded").exists()


def test_a_worker_of_two_towns_sees_the_cases_of_both_and_no_third(town: Town, opened: Open) -> None:
    mine, other, third = opened(), Town(), Town()
    organisation = town.society
    from_other = town.worker("member", organisation)
    saved(
        Membership(
            user=from_other,
            role="coordinator",
            team=other.team,
            organisation=other.centre,
            valid_from=ago(days=1),
        )
    )
    by = actor(from_other)
    assert list(visible_to(by, Case.objects.filter(team=town.team), "case.view_coded")) == [mine]
    assert not visible_to(by, Case.objects.filter(team=third.team), "case.view_coded").exists()
