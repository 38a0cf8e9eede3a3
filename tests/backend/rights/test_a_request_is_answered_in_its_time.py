"""A request of the person: thirty days, sixty more once, two people, an answer with its reason, and who is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend import asker
from backend.cases.models import Notification
from backend.errors import Conflict, Invalid
from backend.rights import requests, terms
from backend.rights.models import RightsRequest
from backend.rights.overdue import tell_overdue
from backend.teams.models import User
from backend.work.schedule import JOBS
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import Loop
from tests.world import Town, actor, saved

RIGHTS = next(job.actor for job in JOBS if job.name == "rights")


def record(loop: Loop, *, kind: str = "access", by: User | None = None) -> RightsRequest:
    return requests.record_request(
        actor(by or loop.town.social_worker),
        loop.case,
        kind=kind,
        channel="in_person",
        received_on=loop.case.opened_on,
        organisation_id=loop.town.centre.id,
    )


def officer(loop: Loop) -> Actor:
    return actor(loop.town.officer)


@pytest.mark.pure
def test_the_term_is_thirty_days_and_sixty_more() -> None:
    assert terms.due_on(date(2026, 1, 1)) == date(2026, 1, 31)
    assert terms.due_on(date(2026, 1, 1), prolonged=True) == date(2026, 4, 1)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("answer", "reason", "code"),
    [
        ("maybe", "", "unknown_code"),
        ("granted", "unfounded", "not_for_this_step"),
        ("partly", "", "required"),
        ("refused", "because", "unknown_code"),
    ],
)
def test_less_than_all_needs_a_reason(answer: str, reason: str, code: str) -> None:
    assert [fault.code for fault in terms.answer_faults(answer, reason=reason)] == [code]
    assert not list(terms.answer_faults("partly", reason="rights_of_others"))


def test_coordinator_and_officer_are_told_by_ids(loop: Loop) -> None:
    request = record(loop)
    told = Notification.objects.filter(kind="rights_request.recorded", object_id=request.id)
    assert {row.audience for row in told} == {"coordinator", "data_protection_officer"}
    assert request.due_on == loop.case.opened_on + timedelta(days=30)


def test_a_machine_writes_none_down_and_is_no_second_person(loop: Loop) -> None:
    machine = replace(loop.centre, kind="token")
    with pytest.raises(Forbidden):
        requests.record_request(
            machine,
            loop.case,
            kind="access",
            channel="in_person",
            received_on=loop.case.opened_on,
            organisation_id=loop.town.centre.id,
        )


def test_a_day_that_never_comes_is_refused(loop: Loop) -> None:
    with pytest.raises(Invalid):
        requests.record_request(
            loop.centre,
            loop.case,
            kind="access",
            channel="in_person",
            received_on=date.max,
            organisation_id=loop.town.centre.id,
        )


def test_it_is_prolonged_once(loop: Loop) -> None:
    request = record(loop)
    requests.prolong_request(officer(loop), request, reason="complex")
    assert request.due_on == loop.case.opened_on + timedelta(days=90)
    with pytest.raises(Conflict) as refused:
        requests.prolong_request(officer(loop), request, reason="complex")
    assert refused.value.code == "already_prolonged"


def test_another_person_confirms_and_once(loop: Loop) -> None:
    own = record(loop, by=loop.town.coordinator)
    with pytest.raises(Forbidden):
        requests.confirm_request(loop.coordinator, own)
    requests.confirm_request(officer(loop), own)
    with pytest.raises(Conflict):
        requests.confirm_request(officer(loop), own)


def test_an_answer_stands_and_nothing_comes_after_it(loop: Loop) -> None:
    request = record(loop)
    requests.answer_request(loop.coordinator, request, answer="granted")
    for again in (
        lambda: requests.answer_request(loop.coordinator, request, answer="granted"),
        lambda: requests.prolong_request(loop.coordinator, request, reason="complex"),
        lambda: requests.confirm_request(officer(loop), request),
    ):
        with pytest.raises(Conflict) as refused:
            again()
        assert refused.value.code == "already_answered"


def test_a_member_records_and_does_not_answer_and_a_stranger_finds_nothing(loop: Loop) -> None:
    request = record(loop)
    with pytest.raises(Forbidden):
        requests.answer_request(loop.centre, request, answer="granted")
    for stranger in (loop.town.outreach, loop.town.lead, Town().officer, Town().coordinator):
        with pytest.raises(NotFound):
            requests.answer_request(actor(stranger), request, answer="granted")
    with pytest.raises(Forbidden):
        record(loop, by=loop.town.lead)


def test_a_foreign_organisation_records_nothing(loop: Loop) -> None:
    with pytest.raises((Invalid, Forbidden, NotFound)):
        record(loop, by=loop.town.nurse)


def test_a_granted_rectification_is_told_to_all_who_were_given_something(loop: Loop) -> None:
    referral = loop.accepted()
    request = record(loop, kind="rectification")
    requests.answer_request(loop.coordinator, request, answer="granted")
    (told,) = Notification.objects.filter(kind="rights_request.rectified", team=loop.town.team)
    assert (told.organisation_id, told.object_kind, told.object_id) == (
        loop.town.clinic.id,
        "referral",
        referral.id,
    )


def test_a_refused_one_is_told_to_nobody(loop: Loop) -> None:
    loop.accepted()
    request = record(loop, kind="rectification")
    requests.answer_request(loop.coordinator, request, answer="refused", reason="unfounded")
    assert not Notification.objects.filter(kind="rights_request.rectified", team=loop.town.team).exists()


def test_an_overdue_one_is_told_of_once(loop: Loop) -> None:
    request = record(loop)
    request.due_on = loop.case.opened_on - timedelta(days=1)
    saved(request)
    with asker.working_as(asker.RIGHTS):
        assert tell_overdue(RIGHTS) >= 1
        assert tell_overdue(RIGHTS) == 0
    told = Notification.objects.filter(kind="rights_request.overdue", object_id=request.id)
    assert {row.audience for row in told} == {"coordinator", "data_protection_officer"}
