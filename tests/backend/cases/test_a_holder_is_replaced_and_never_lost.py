"""Assigning a case, and what becomes of it when the worker who holds it leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.acts import act
from backend.cases.assignment import assign, release_user, workers
from backend.cases.departures import end_membership, release_departed
from backend.cases.models import Case, CaseGrant, Notification
from backend.cases.reading import read_facts
from backend.cases.steps import put_closed
from backend.errors import Conflict, Invalid, Stale
from backend.teams.models import Membership, User
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import Open, codes_of, full
from tests.world import BUILDER, Town, actor, make_organisation, make_user, seat


def held(town: Town, opened: Open, user: User) -> Case:
    case = opened()
    assign(actor(town.coordinator), case, user_id=user.id)
    return case


def holder(case: Case) -> object:
    return Case.objects.get(pk=case.pk).assigned_to


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user)


def told(case: Case) -> list[str]:
    rows = Notification.objects.filter(object_id=case.id, audience="coordinator").order_by("at")
    return list(rows.values_list("kind", flat=True))[1:]


def test_the_coordinator_gives_a_case_to_a_worker_of_its_holder(town: Town, opened: Open) -> None:
    case = held(town, opened, town.outreach)
    assert holder(case) == town.outreach.id
    assign(actor(town.coordinator), case, user_id=None)
    assert holder(case) is None


def test_nobody_else_assigns(town: Town, opened: Open) -> None:
    case = opened()
    with pytest.raises(Forbidden):
        assign(actor(town.outreach), case, user_id=town.outreach.id)
    with pytest.raises(NotFound):
        assign(actor(town.nurse), case, user_id=town.nurse.id)


def test_a_case_goes_only_to_somebody_who_works_there_now(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.coordinator)
    former = town.worker("member", town.society, valid_until=timezone.now() - timedelta(hours=1))
    for user_id in (town.nurse.id, former.id, uuid4()):
        with pytest.raises(Invalid) as refused:
            assign(by, case, user_id=user_id)
        assert codes_of(refused.value) == {("/user", "not_a_worker_there")}


def test_another_organisation_takes_over_when_a_consent_names_it(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    assign(actor(town.coordinator), case, user_id=town.nurse.id, organisation_id=town.clinic.id)
    assert case.holder_organisation_id == town.clinic.id
    assert read_facts(actor(town.nurse), case).purpose == "holding_case"
    reasons = CaseGrant.objects.filter(content_object=case).values_list("group__name", "reason")
    by_name = {(name.split(":")[1], reason) for name, reason in reasons}
    assert by_name == {(str(town.society.id), "opened"), (str(town.clinic.id), "holds")}


def test_an_organisation_that_no_consent_names_does_not_take_over(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society))
    for organisation_id in (town.clinic.id, uuid4()):
        with pytest.raises(Invalid) as refused:
            assign(actor(town.coordinator), case, user_id=None, organisation_id=organisation_id)
        assert codes_of(refused.value) == {("/organisation", "consent_does_not_name")}
    with pytest.raises(NotFound):
        read_facts(actor(town.nurse), case)


def test_a_closed_case_and_an_old_version_are_not_assigned(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.coordinator)
    with pytest.raises(Stale):
        assign(by, case, user_id=None, version=7)
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)
    with pytest.raises(Conflict, match="case_closed"):
        assign(by, case, user_id=None)


def test_who_leaves_hands_over_to_the_colleague_who_was_there_longest(town: Town, opened: Open) -> None:
    colleague = town.worker("member", town.society, valid_from=timezone.now() - timedelta(days=9))
    town.worker("member", town.society)
    case = held(town, opened, town.outreach)
    assert end_membership(actor(town.lead), membership(town.outreach)) == 1
    assert holder(case) == colleague.id
    assert told(case) == ["case.holder_replaced"]


def test_without_a_colleague_the_case_is_held_by_the_organisation(town: Town, opened: Open) -> None:
    case = held(town, opened, town.outreach)
    end_membership(actor(town.lead), membership(town.outreach))
    assert holder(case) is None
    assert told(case) == ["case.holder_replaced"]
    assert Case.objects.get(pk=case.pk).holder_organisation_id == town.society.id


def test_a_later_end_leaves_the_case_until_it_comes(town: Town, opened: Open) -> None:
    case = held(town, opened, town.outreach)
    later = timezone.now() + timedelta(days=3)
    assert end_membership(actor(town.lead), membership(town.outreach), at=later) == 0
    assert holder(case) == town.outreach.id
    assert release_departed(BUILDER) >= 0
    assert holder(case) == town.outreach.id


def test_who_is_not_allowed_to_end_a_membership_moves_no_case(town: Town, opened: Open) -> None:
    case = held(town, opened, town.outreach)
    with pytest.raises((Forbidden, NotFound)):
        end_membership(actor(town.nurse), membership(town.outreach))
    assert holder(case) == town.outreach.id


def test_a_second_role_in_the_same_place_keeps_the_case(town: Town, opened: Open) -> None:
    case = held(town, opened, town.outreach)
    seat(town.outreach, "partner_worker", organisation=town.society)
    assert release_user(BUILDER, user_id=town.outreach.id, organisation_id=town.society.id) == 0
    assert holder(case) == town.outreach.id


def test_closed_cases_keep_the_name_of_their_last_holder(town: Town, opened: Open) -> None:
    case = held(town, opened, town.outreach)
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)
    end_membership(actor(town.lead), membership(town.outreach))
    assert holder(case) == town.outreach.id


def test_the_cases_of_other_teams_and_organisations_stay_where_they_are(town: Town, opened: Open) -> None:
    case, other = held(town, opened, town.outreach), Town()
    assert release_user(BUILDER, user_id=town.outreach.id, organisation_id=other.society.id) == 0
    moved = release_user(
        BUILDER, user_id=town.outreach.id, organisation_id=town.society.id, team_id=other.team.id
    )
    assert moved == 0
    assert holder(case) == town.outreach.id


@pytest.mark.parametrize("how", ["membership", "account"])
def test_whatever_ends_a_worker_the_job_replaces_the_holder_once(town: Town, opened: Open, how: str) -> None:
    case = held(town, opened, town.outreach)
    row = membership(town.outreach) if how == "membership" else town.outreach
    with act(BUILDER, "test.end"):
        if isinstance(row, Membership):
            row.valid_until = timezone.now()
        else:
            row.is_active = False
        row.save()
    assert release_departed(BUILDER) >= 1
    assert holder(case) is None
    version = Case.objects.get(pk=case.pk).version
    release_departed(BUILDER)
    assert Case.objects.get(pk=case.pk).version == version
    assert told(case) == ["case.holder_replaced"]


def test_workers_are_those_of_the_holder_in_this_team(town: Town, opened: Open) -> None:
    case = opened()
    elsewhere = make_organisation("cso", team=Town().team, memorandum=True)
    stranger = make_user()
    seat(stranger, "member", team=Town().team, organisation=elsewhere)
    assert {one.user_id for one in workers(case)} == {town.outreach.id}
