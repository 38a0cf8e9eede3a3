"""Four lists, each with what belongs to it and without what does not, in one query."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.referrals import acknowledging, answering, asking, ending
from backend.referrals.inbox import ANSWERED, EXPIRING, LISTS, OVERDUE, TO_ANSWER, read_inbox
from permissions.actor import Actor
from tests.backend.referrals.loops import Loop, moved
from tests.world import Town, actor, ago


def codes(by: Actor, name: str) -> list[str]:
    return [line["code"] for line in read_inbox(by)[name]]


def test_a_request_awaits_the_recipient_and_nobody_else(loop: Loop) -> None:
    referral = loop.refer()
    assert codes(loop.clinic, TO_ANSWER) == [referral.code]
    assert codes(loop.centre, TO_ANSWER) == []
    answering.accept(loop.clinic, referral)
    assert codes(loop.clinic, TO_ANSWER) == []


def test_a_question_awaits_the_side_that_was_asked(loop: Loop) -> None:
    referral = loop.accepted()
    asking.ask(loop.clinic, referral, question_code="insurance")
    assert codes(loop.centre, TO_ANSWER) == [referral.code]
    asking.reply(loop.centre, referral)
    asking.ask(loop.centre, referral, question_code="cost")
    assert codes(loop.centre, TO_ANSWER) == []
    assert codes(loop.clinic, TO_ANSWER) == [referral.code]


def test_what_is_overdue_shows_on_both_sides_until_the_first_contact(loop: Loop) -> None:
    referral = loop.refer()
    assert codes(loop.centre, OVERDUE) == []
    moved(referral, due_at=ago(hours=1))
    assert codes(loop.centre, OVERDUE) == codes(loop.clinic, OVERDUE) == [referral.code]
    moved(referral, paused_at=ago(minutes=1))
    assert codes(loop.centre, OVERDUE) == []
    moved(referral, paused_at=None, first_contact_at=ago(minutes=1))
    assert codes(loop.centre, OVERDUE) == []


def test_an_answer_awaits_the_requesters_acknowledgement(loop: Loop) -> None:
    referral = loop.rejected()
    assert codes(loop.centre, ANSWERED) == [referral.code]
    assert codes(loop.clinic, ANSWERED) == []
    acknowledging.acknowledge(loop.centre, referral, answer="nothing_here")
    assert codes(loop.centre, ANSWERED) == []


def test_what_was_called_off_awaits_nobody(loop: Loop) -> None:
    ending.cancel(loop.centre, loop.refer(), reason_code="duplicate")
    assert not any(read_inbox(loop.centre).values())


def test_a_consent_that_soon_ends_awaits_those_who_may_renew_it(loop: Loop) -> None:
    assert codes(loop.centre, EXPIRING) == []
    loop.agree(loop.town.clinic, valid_until=timezone.now() + timedelta(days=10))
    assert codes(loop.centre, EXPIRING) == [loop.case.code]
    assert codes(loop.coordinator, EXPIRING) == [loop.case.code]
    assert codes(loop.clinic, EXPIRING) == []


def test_the_most_pressing_stands_first(loop: Loop) -> None:
    late = loop.refer()
    early = loop.refer(urgency="stat", need_id=loop.needs()["housing"][0])
    assert codes(loop.clinic, TO_ANSWER) == [early.code, late.code]


def test_a_confidential_service_is_not_said(loop: Loop) -> None:
    loop.agree(loop.town.clinic, classes=("basic_profile", "health"))
    loop.refer(service_code="TX-HCC", need_id=None)
    (line,) = read_inbox(loop.clinic)[TO_ANSWER]
    assert line["service_code"] == "confidential"


def test_strangers_have_an_empty_inbox(loop: Loop) -> None:
    moved(loop.refer(), due_at=ago(hours=1))
    loop.rejected(need_id=loop.needs()["housing"][0])
    for stranger in (loop.town.outreach, loop.town.partner_worker, loop.town.lead, Town().coordinator):
        assert read_inbox(actor(stranger)) == {name: [] for name in LISTS}


def test_it_is_one_query_and_one_entry(loop: Loop) -> None:
    loop.rejected()
    by = loop.centre
    with CaptureQueriesContext(connection) as asked:
        read_inbox(by)
    frame = ("BEGIN", "COMMIT")
    assert len([one for one in asked.captured_queries if one["sql"] not in frame]) == 2
