"""Visits told on behalf of a provider without accounts: one entry, no step, and only where a report is allowed."""

import json
from datetime import date
from typing import Any

import psycopg
import pytest

from backend.errors import Conflict, Invalid
from backend.referrals import answering, ending, imported, progress
from backend.referrals.imported import KIND, VERBS, Told
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.reporting import Report
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import Loop
from tests.world import Town, actor

BY_MAIL = Report(channel="e_mail", reporter="provider")
VISITS = (
    Told(verb="attended", happened_on=date(2020, 1, 2)),
    Told(verb="missed", detail="no-show", happened_on=date(2020, 1, 9)),
    Told(verb="missed", reason_code="hospitalised"),
)


@pytest.fixture
def referral(loop: Loop) -> Referral:
    made = loop.refer(loop.town.ward)
    return answering.accept(loop.centre, made, report=BY_MAIL)


def told(referral: Referral) -> list[ReferralEvent]:
    return list(ReferralEvent.objects.filter(referral=referral, kind=KIND).order_by("at"))


def test_each_visit_is_an_event_in_the_order_in_which_it_was_told(loop: Loop, referral: Referral) -> None:
    imported.tell(loop.centre, referral, told=VISITS, report=BY_MAIL)
    found = told(referral)
    assert [(one.verb, one.detail, one.reason_code, one.happened_on) for one in found] == [
        ("attended", "", "", date(2020, 1, 2)),
        ("missed", "no-show", "", date(2020, 1, 9)),
        ("missed", "", "hospitalised", None),
    ]
    assert {(one.channel, one.reporter, one.side) for one in found} == {
        ("e_mail", "provider", "requester_on_behalf")
    }
    assert {one.by_organisation_id for one in found} == {loop.town.centre.id}


def test_the_referral_itself_stays_as_it_is(loop: Loop, referral: Referral) -> None:
    before = referral.version
    imported.tell(loop.centre, referral, told=VISITS, report=BY_MAIL)
    again = Referral.objects.get(pk=referral.pk)
    assert (again.status, again.version, again.business_status) == (
        "accepted",
        before,
        "awaiting-first-contact",
    )
    assert {(one.from_status, one.to_status) for one in told(referral)} == {("accepted", "accepted")}


def test_all_of_them_are_one_entry_that_counts_them(
    loop: Loop, referral: Referral, admin: psycopg.Connection[Any]
) -> None:
    imported.tell(loop.centre, referral, told=VISITS, report=BY_MAIL)
    query = "SELECT body FROM audit_entry WHERE object_id = %s AND verb = 'referral.told'"
    (entry,) = admin.execute(query, (str(referral.id),)).fetchall()
    facts = json.loads(bytes(entry[0]))["facts"]
    assert facts == {"told": 3, "attended": 1, "missed": 2}


def test_a_coordinator_may_tell_for_a_colleague(loop: Loop, referral: Referral) -> None:
    imported.tell(loop.coordinator, referral, told=VISITS, report=BY_MAIL)
    assert len(told(referral)) == 3


def test_a_stranger_finds_no_referral(loop: Loop, referral: Referral) -> None:
    with pytest.raises(NotFound):
        imported.tell(actor(Town().coordinator), referral, told=VISITS, report=BY_MAIL)
    assert told(referral) == []


def test_a_provider_with_accounts_reports_for_itself_and_nobody_else_does(loop: Loop) -> None:
    referral = answering.accept(loop.clinic, loop.refer(loop.town.clinic))
    for by in (loop.clinic, loop.centre):
        with pytest.raises(Forbidden):
            imported.tell(by, referral, told=VISITS, report=BY_MAIL)
    assert told(referral) == []


def test_nothing_is_told_of_a_referral_that_waits_or_has_ended(loop: Loop, referral: Referral) -> None:
    waiting = loop.refer(loop.town.ward)
    with pytest.raises(Conflict):
        imported.tell(loop.centre, waiting, told=VISITS, report=BY_MAIL)
    progress.start(loop.centre, referral, report=BY_MAIL)
    ending.fail(loop.centre, referral, reason_code="deceased", report=BY_MAIL)
    with pytest.raises(Conflict):
        imported.tell(loop.centre, referral, told=VISITS, report=BY_MAIL)
    assert told(referral) == told(waiting) == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        (Told(verb="danced"), "/told/1/verb"),
        (Told(verb="missed", detail="asleep"), "/told/1/detail"),
        (Told(verb="missed", reason_code="no reason"), "/told/1/reason_code"),
    ],
    ids=["verb", "detail", "reason"],
)
def test_codes_are_those_of_the_lists(loop: Loop, referral: Referral, wrong: Told, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        imported.tell(loop.centre, referral, told=[VISITS[0], wrong], report=BY_MAIL)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, "unknown_code")]
    assert told(referral) == []


def test_what_may_be_told_is_no_verb_of_the_table() -> None:
    assert not VERBS & {"accept", "start", "complete", "fail", "progress"}
