"""A merge is proposed by who coordinates and confirmed by the deputy; each rule with its denial."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db.models import Q
from django.utils import timezone

from backend.cases import steps
from backend.cases.models import Merge, Notification
from backend.errors import Conflict, Gone, Invalid, Stale
from backend.referrals import merging
from backend.referrals.closing import close_case
from backend.teams.models import User
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.barred import shut_out
from tests.backend.cases.papers import entries, overwrite
from tests.backend.referrals.loops import Loop, opened
from tests.backend.referrals.two_cases import Pair, joined, pair, propose
from tests.world import Town, actor, ago, saved


@pytest.fixture
def two(database: Any) -> Pair:
    return pair()


def refused(two: Pair, **values: Any) -> str:
    with pytest.raises(Conflict) as problem:
        propose(two, **values)
    return problem.value.code


def confirmed_refused(two: Pair, row: Merge, by: User | None = None) -> str:
    with pytest.raises(Conflict) as problem:
        merging.confirm(actor(by or two.town.deputy), row)
    return problem.value.code


def test_it_waits_and_changes_nothing_until_the_deputy_confirms(
    two: Pair, admin: psycopg.Connection[Any]
) -> None:
    row = propose(two)
    assert row.asked_roles == ["deputy_coordinator"]
    assert row.waits_until is not None
    assert [case.status for case in two.fresh()] == ["active", "active"]
    merging.confirm(actor(two.town.deputy), row)
    stays, goes = two.fresh()
    assert (stays.status, goes.status, goes.closure_reason) == ("active", "closed", "merged")
    assert (goes.merged_into, stays.merged_into) == (stays.pk, None)
    assert entries(admin, row.pk) == [("case.merge_proposed", "success"), ("case.merged", "success")]
    [(body,)] = admin.execute(
        "SELECT body FROM audit_entry WHERE verb = 'case.merged' AND object_id = %s", [str(row.pk)]
    ).fetchall()
    assert all(str(pk).encode() in bytes(body) for pk in (stays.pk, goes.pk, two.town.coordinator.pk))


def test_who_worked_on_the_case_that_goes_is_told_by_ids(two: Pair) -> None:
    joined(two)
    told = Notification.objects.filter(kind="case.merged", object_id=two.goes.pk)
    assert [row.organisation_id for row in told] == [two.town.society.pk]


def test_nobody_else_proposes(two: Pair) -> None:
    with pytest.raises(Forbidden):
        propose(two, by=two.town.social_worker)
    for user in (two.town.deputy, two.town.lead, Town().coordinator):
        with pytest.raises(NotFound):
            propose(two, by=user)


def test_nobody_but_the_deputy_confirms(two: Pair) -> None:
    row = propose(two)
    for user in (two.town.coordinator, two.town.social_worker, two.town.lead, Town().deputy):
        with pytest.raises((NotFound, Forbidden)):
            merging.confirm(actor(user), row)
    assert [case.status for case in two.fresh()] == ["active", "active"]


def test_the_proposer_who_became_deputy_does_not_confirm_either(two: Pair) -> None:
    row = propose(two)
    two.town.worker("deputy_coordinator", two.town.society)
    chair = two.town.coordinator.memberships.get()
    chair.role = "deputy_coordinator"
    saved(chair)
    with pytest.raises((NotFound, Forbidden)):
        merging.confirm(actor(two.town.coordinator), row)
    assert confirmed_refused(two, row) == "proposer_may_not"


def test_what_is_declined_or_taken_back_is_never_confirmed(two: Pair) -> None:
    for user in (two.town.deputy, two.town.coordinator):
        row = propose(two)
        merging.decline(actor(user), row)
        with pytest.raises(NotFound):
            merging.confirm(actor(two.town.deputy), row)
    with pytest.raises((NotFound, Forbidden)):
        merging.decline(actor(two.town.social_worker), propose(two))


def test_what_nobody_confirms_lapses(two: Pair, admin: psycopg.Connection[Any]) -> None:
    row = propose(two)
    assert refused(two) == "merge_waiting"
    overwrite(admin, "cases_merge", row.pk, waits_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        merging.confirm(actor(two.town.deputy), row)
    assert propose(two).pk != row.pk


def test_a_second_confirmation_finds_nothing_that_waits(two: Pair) -> None:
    assert confirmed_refused(two, joined(two)) == "nothing_waits"


def test_the_other_case_is_one_of_the_team_and_another(two: Pair) -> None:
    foreign = opened(Town())
    for other, code in ((foreign.case.pk, "unknown_id"), (two.stays.case.pk, "same_case")):
        with pytest.raises(Invalid) as problem:
            propose(two, other=other)
        assert [(fault.pointer, fault.code) for fault in problem.value.faults] == [("/other", code)]


def test_a_stale_version_is_refused(two: Pair) -> None:
    with pytest.raises(Stale):
        propose(two, version=two.stays.case.version + 1)


def test_a_case_with_an_open_referral_does_not_go_and_may_stay(two: Pair) -> None:
    goes = Loop(two.town, two.goes, two.stays.consent)
    two.stays.refer()
    backwards = Q(pk=two.stays.case.pk)
    with pytest.raises(Conflict) as problem:
        merging.propose(actor(two.town.coordinator), goes.case, other=backwards)
    assert problem.value.code == "open_referrals"
    assert joined(two).merged_at is not None


def test_a_referral_of_the_meantime_stops_it(two: Pair) -> None:
    town = two.town
    back = merging.propose(actor(town.coordinator), two.goes, other=Q(pk=two.stays.case.pk))
    two.stays.refer(send=False)
    assert confirmed_refused(two, back) == "open_referrals"


def test_what_is_closed_or_erased_is_not_joined(two: Pair, admin: psycopg.Connection[Any]) -> None:
    row = propose(two)
    close_case(actor(two.town.coordinator), two.goes, closure_reason="needs_met")
    assert confirmed_refused(two, row) == "case_closed"
    merging.decline(actor(two.town.deputy), row)
    assert refused(two) == "case_closed"
    overwrite(admin, "cases_case", two.goes.pk, status="erased")
    with pytest.raises(Gone):
        propose(two)


def test_a_merged_case_is_neither_reopened_nor_merged_again(two: Pair) -> None:
    joined(two)
    with pytest.raises(Conflict) as problem:
        steps.reopen(actor(two.town.coordinator), two.fresh()[1])
    assert problem.value.code == "case_merged"
    assert refused(two) == "case_closed"


def test_a_coordinator_shut_out_of_either_finds_it_absent(two: Pair) -> None:
    row = propose(two)
    shut_out(two.goes, two.town.coordinator, by=two.town.coordinator, for_=two.town.centre)
    with pytest.raises(Invalid) as problem:
        propose(two)
    assert problem.value.faults[0].code == "unknown_id"
    assert not merging.seen(actor(two.town.coordinator)).filter(pk=row.pk).exists()
    assert confirmed_refused(two, row) == "proposer_may_not"


def test_a_deputy_shut_out_of_either_is_not_asked_and_nobody_merges_alone(two: Pair) -> None:
    row = propose(two)
    shut_out(two.goes, two.town.deputy, by=two.town.coordinator, for_=two.town.centre)
    with pytest.raises(NotFound):
        merging.confirm(actor(two.town.deputy), row)
    merging.decline(actor(two.town.coordinator), row)
    assert refused(two) == "nobody_confirms"


def test_where_there_never_was_a_deputy_it_is_done_at_once(
    database: Any, admin: psycopg.Connection[Any]
) -> None:
    two = pair()
    seat = two.town.deputy.memberships.get()
    seat.valid_from, seat.valid_until = ago(days=90), ago(days=31)
    saved(seat)
    row = propose(two)
    assert (row.merged_at is not None, row.waits_until, row.asked_roles) == (True, None, [])
    bodies = admin.execute(
        "SELECT body FROM audit_entry WHERE object_id = %s ORDER BY at", [str(row.pk)]
    ).fetchall()
    assert all(b'"second_person":"none"' in bytes(body) for (body,) in bodies)


def test_where_there_was_one_lately_it_is_not(two: Pair) -> None:
    seat = two.town.deputy.memberships.get()
    seat.valid_from, seat.valid_until = ago(days=90), ago(days=3)
    saved(seat)
    assert refused(two) == "nobody_confirms"
