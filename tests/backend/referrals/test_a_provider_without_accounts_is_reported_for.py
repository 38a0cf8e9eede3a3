"""The requester writes down what a provider without accounts answers, with the channel and who said it."""

from typing import Any

import pytest

from backend.errors import Invalid
from backend.referrals import answering, correcting, ending, progress
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.reporting import CHANNELS, REPORTERS, Report
from backend.teams.models import Memorandum, SharingAgreement
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import Loop, events_of
from tests.world import actor, ago, saved

BY_PHONE = Report(channel="phone", reporter="provider")


def test_its_answers_come_from_the_requester(loop: Loop) -> None:
    referral = loop.refer(loop.town.ward)
    answering.accept(loop.centre, referral, report=BY_PHONE)
    progress.start(loop.centre, referral, report=BY_PHONE)
    ending.complete(loop.centre, referral, outcome_code="service-started", report=BY_PHONE)
    assert events_of(referral)[1:] == [
        ("accept", "requester_on_behalf", "accepted"),
        ("start", "requester_on_behalf", "in-progress"),
        ("complete", "requester_on_behalf", "completed"),
    ]


def test_the_event_names_channel_and_reporter(loop: Loop) -> None:
    referral = loop.refer(loop.town.ward)
    answering.reject(
        loop.centre, referral, reason_code="waitlist", report=Report(channel="letter", reporter="person")
    )
    event = ReferralEvent.objects.get(referral=referral, verb="reject")
    assert (event.channel, event.reporter, event.side) == ("letter", "person", "requester_on_behalf")
    assert event.by_organisation_id == loop.town.centre.id


def test_without_channel_and_reporter_nothing_is_written(loop: Loop) -> None:
    referral = loop.refer(loop.town.ward)
    with pytest.raises(Invalid) as refused:
        answering.accept(loop.centre, referral)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("/on_behalf", "required")]
    assert Referral.objects.get(pk=referral.pk).status == "requested"


@pytest.mark.parametrize(
    ("values", "pointers"),
    [
        ({"channel": "pigeon", "reporter": "provider"}, ["/on_behalf/channel"]),
        ({"channel": "phone", "reporter": "Marko"}, ["/on_behalf/reporter"]),
        ({"channel": "", "reporter": ""}, ["/on_behalf/channel", "/on_behalf/reporter"]),
    ],
)
def test_channel_and_reporter_are_codes(values: dict[str, Any], pointers: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        Report(**values)
    assert [fault.pointer for fault in refused.value.faults] == pointers


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("reporter", REPORTERS)
def test_every_listed_pair_is_taken(channel: str, reporter: str) -> None:
    assert Report(channel=channel, reporter=reporter).channel == channel


def test_a_recipient_with_accounts_reports_nothing_on_behalf(loop: Loop) -> None:
    with pytest.raises(Invalid) as refused:
        answering.accept(loop.clinic, loop.refer(), report=BY_PHONE)
    assert refused.value.faults[0].code == "not_on_behalf"


def test_nobody_else_reports_for_it(loop: Loop) -> None:
    referral = loop.refer(loop.town.ward)
    with pytest.raises(NotFound):
        answering.accept(actor(loop.town.outreach), referral, report=BY_PHONE)


def test_the_coordinator_may(loop: Loop) -> None:
    referral = loop.refer(loop.town.ward)
    assert answering.accept(loop.coordinator, referral, report=BY_PHONE).status == "accepted"


def test_what_was_reported_can_be_taken_back_the_same_way(loop: Loop) -> None:
    referral = loop.refer(loop.town.ward)
    answering.reject(loop.centre, referral, reason_code="waitlist", report=BY_PHONE)
    with pytest.raises(Invalid):
        correcting.undo(loop.centre, referral)
    assert correcting.undo(loop.centre, referral, report=BY_PHONE).status == "requested"


def lapse(loop: Loop) -> None:
    for row in (*SharingAgreement.objects.filter(organisation=loop.town.clinic), *Memorandum.objects.none()):
        row.valid_until = ago(seconds=1)
        saved(row)


def test_a_recipient_whose_agreement_has_lapsed_is_reported_for_too(loop: Loop) -> None:
    referral = loop.refer()
    with pytest.raises(Forbidden):
        answering.reject(loop.centre, referral, reason_code="service-closed", report=BY_PHONE)
    lapse(loop)
    with pytest.raises(NotFound):
        answering.accept(loop.clinic, referral)
    answering.reject(loop.centre, referral, reason_code="service-closed", report=BY_PHONE)
    assert events_of(referral)[-1] == ("reject", "requester_on_behalf", "rejected")
