"""Who sees a case now is said with membership, agreement, reason and every end: exactly those whom wall one lets in."""

from typing import Any

import psycopg
import pytest

from backend.cases.consents import record_consent
from backend.cases.models import Case
from backend.cases.seen_by import Sight, narrowed, of_one, seen_by
from backend.cases.standing import standing
from backend.teams.models import ActingSpell, Membership, Memorandum, SharingAgreement, User
from permissions import grants
from permissions.scope import visible_to
from tests.backend.cases.looks import look, over
from tests.backend.cases.papers import Open, full, received, terms, withdraw
from tests.world import Town, actor, ago, ahead, by_hand, saved, seat

VIEW = "case.view_coded"


def people(sights: list[Sight]) -> set[Any]:
    return {person.user_id for one in sights for person in one.people}


def named(sights: list[Sight]) -> set[tuple[str, Any]]:
    return {(one.reason, one.organisation_id) for one in sights}


def shown(user: User, case: Case) -> list[Sight]:
    by = actor(user)
    return narrowed(seen_by(case), by, case=case, stands=standing(by, case, reading=True))


def everybody(town: Town) -> list[User]:
    return [
        town.coordinator, town.deputy, town.social_worker, town.nurse, town.outreach, town.partner_worker,
        town.lead, town.officer, Town().coordinator, Town().nurse,
    ]  # fmt: skip


def agrees(town: Town, case: Case) -> set[Any]:
    """Compare with wall one for everybody, and return who sees the case."""
    seeing = {
        user.id
        for user in everybody(town)
        if visible_to(actor(user), Case.objects.filter(pk=case.pk), VIEW).exists()
    }
    found = people(seen_by(case))
    assert {user.id for user in everybody(town)} & found == seeing
    return seeing


def test_it_names_exactly_those_whom_wall_one_lets_in(town: Town, opened: Open) -> None:
    case = opened()
    assert agrees(town, case) == {town.coordinator.id, town.outreach.id}
    received(case, town.clinic)
    received(case, town.partner, until=ahead(days=2))
    look(town.social_worker, case)
    assert agrees(town, case) == {
        town.coordinator.id, town.outreach.id, town.nurse.id, town.deputy.id, town.partner_worker.id,
        town.social_worker.id,
    }  # fmt: skip


@pytest.mark.parametrize(
    "what", ["agreement", "memorandum", "membership", "account", "grant", "organisation"]
)
def test_it_follows_every_end(town: Town, opened: Open, what: str) -> None:
    case = opened()
    received(case, town.partner, until=ago(minutes=1) if what == "grant" else None)
    received(case, town.clinic)
    before = agrees(town, case)
    rows: dict[str, Any] = {
        "agreement": SharingAgreement.objects.filter(organisation=town.clinic, team=town.team),
        "memorandum": Memorandum.objects.filter(organisation=town.partner),
        "membership": Membership.objects.filter(user=town.nurse),
    }
    if what in rows:
        row = rows[what].get()
        row.valid_until = ago(minutes=1)
        saved(row)
    elif what != "grant":
        row = town.nurse if what == "account" else town.clinic
        row.refresh_from_db()
        row.is_active = False
        saved(row)
    after = agrees(town, case)
    assert (town.partner_worker.id in before) is (what != "grant")
    assert after == before if what == "grant" else after < before


def test_each_chain_says_what_it_rests_on_and_until_when(town: Town, opened: Open) -> None:
    case, until, worker = opened(), ahead(days=2), town.partner_worker
    received(case, town.partner, until=until)
    [one] = [one for one in seen_by(case) if one.organisation_id == town.partner.id]
    memorandum = Memorandum.objects.get(organisation=town.partner)
    assert (one.reason, one.until) == ("referral_received", until)
    assert [(link.kind, link.id) for link in one.rests_on] == [("memorandum", memorandum.pk)]
    [person] = one.people
    membership = Membership.objects.get(user=worker)
    assert (person.user_id, person.role) == (worker.id, "partner_worker")
    assert (person.membership_id, person.until) == (membership.pk, None)


def test_a_society_in_the_team_rests_on_both(town: Town, opened: Open) -> None:
    [held] = [one for one in seen_by(opened()) if one.reason == "holds"]
    assert [link.kind for link in held.rests_on] == ["sharing_agreement", "memorandum"]


def test_a_membership_limited_to_services_stands_at_the_end_of_their_chains_only(
    town: Town, opened: Open
) -> None:
    case = opened()
    received(case, town.clinic)
    limited = town.worker("member", town.clinic, services=["HR-OUT"])
    assert limited.id not in people(seen_by(case))
    assert not visible_to(actor(limited), Case.objects.filter(pk=case.pk), VIEW).exists()


def test_the_classes_are_those_of_reason_consent_and_exception(town: Town, opened: Open) -> None:
    consent = full(town.society, town.clinic)
    case = opened(consent=consent)
    received(case, town.clinic)
    assert town.nurse.id in people(seen_by(case))
    by_side = {one.organisation_id: one.data_classes for one in seen_by(case) if one.reason != "coordination"}
    assert by_side[town.clinic.id] == by_side[town.society.id] == consent.data_classes
    withdraw(case.consent_set.get())
    assert [one.data_classes for one in seen_by(case) if one.organisation_id == town.clinic.id] == [()]


def test_the_coordinator_sees_every_chain_without_classes_closed_to_them(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    received(case, town.clinic)
    look(town.nurse, case)
    sights = shown(town.coordinator, case)
    assert named(sights) == {
        ("coordination", town.centre.id), ("holds", town.society.id), ("opened", town.society.id),
        ("referral_received", town.clinic.id), ("break_glass", town.clinic.id),
    }  # fmt: skip
    [clinic] = [one for one in sights if one.reason == "referral_received"]
    assert clinic.data_classes == ("basic_profile", "needs")
    assert [person.user_id for person in clinic.people] == [town.nurse.id]


def test_a_holder_learns_of_no_side_with_a_class_that_is_closed_to_it(town: Town, opened: Open) -> None:
    case = opened(consent=terms(town.society))
    by, more = actor(town.outreach), terms(town.partner, data_classes=("basic_profile", "needs", "health"))
    record_consent(by, case, terms=more, organisation_id=town.society.id)
    seeing = {town.coordinator.id, town.nurse.id, town.partner_worker.id}
    received(case, town.clinic)
    received(case, town.partner)
    assert seeing <= people(seen_by(case))
    assert named(shown(town.outreach, case)) == {
        ("coordination", town.centre.id), ("holds", town.society.id), ("opened", town.society.id),
        ("referral_received", town.clinic.id),
    }  # fmt: skip


def test_people_of_other_sides_are_named_to_the_coordinator_alone(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    received(case, town.clinic)
    assert town.nurse.id in people(shown(town.coordinator, case))
    mine = people(shown(town.outreach, case))
    assert mine == {town.outreach.id}


def test_a_recipient_knows_of_its_own_side_only(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    received(case, town.clinic)
    received(case, town.partner)
    colleague = town.worker("member", town.clinic)
    sights = shown(town.nurse, case)
    assert named(sights) == {("referral_received", town.clinic.id)}
    assert people(sights) == {town.nurse.id, colleague.id}


def test_a_partner_worker_gets_none_as_the_table_says(town: Town, opened: Open) -> None:
    case = opened()
    received(case, town.partner)
    assert shown(town.partner_worker, case) == []


def test_who_looks_by_break_glass_learns_of_the_own_look_only(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    row = look(town.nurse, case)
    [one] = shown(town.nurse, case)
    assert (one.reason, one.source_id, one.until) == ("break_glass", row.pk, row.ends_at)
    assert all(other.reason != "break_glass" for other in shown(town.outreach, case))
    over(admin, row)
    assert town.nurse.id not in people(seen_by(case))


def test_a_deputy_stands_there_while_acting(town: Town, opened: Open) -> None:
    case = opened()
    assert town.deputy.id not in people(seen_by(case))
    membership = Membership.objects.get(user=town.deputy)
    saved(ActingSpell(membership=membership, team=town.team, reason="absent", valid_from=ago(minutes=1)))
    [one] = of_one(seen_by(case), town.deputy.id)
    assert (one.reason, one.people[0].acting) == ("coordination", True)


def test_one_person_s_chains_are_found_among_all(town: Town, opened: Open) -> None:
    case = opened(by=town.coordinator, organisation=town.centre)
    colleague = town.worker("member", town.centre)
    mine = of_one(seen_by(case), town.coordinator.id)
    assert {one.reason for one in mine} == {"coordination", "holds", "opened"}
    assert people(mine) == {town.coordinator.id}
    assert {one.reason for one in of_one(seen_by(case), colleague.id)} == {"holds", "opened"}
    assert of_one(seen_by(case), town.lead.id) == []


def test_a_grant_in_another_team_explains_nothing_here(town: Town, opened: Open) -> None:
    case, elsewhere = opened(), Town()
    seat(town.nurse, "member", organisation=town.clinic, team=elsewhere.team)
    group = grants.group_for(organisation_id=town.clinic.id, team_id=elsewhere.team.id)
    with by_hand():
        grants.give(case, group=group, codename=grants.SEES_CASE, reason="holds", source_id=case.id)
    assert town.clinic.id not in {one.organisation_id for one in seen_by(case)}
    assert agrees(town, case) == {town.coordinator.id, town.outreach.id}
