"""Ask and reply: coded, within the consent, sealed notes, and a clock that waits for the requester."""

from datetime import timedelta

import pytest

from backend.errors import Conflict, Invalid
from backend.referrals import answering, asking, correcting, reading
from backend.referrals.models import Question, Referral
from permissions.scope import NotFound
from tests.backend.referrals.loops import Loop, events_of, moved
from tests.world import actor, ago


def test_a_question_of_the_recipient_pauses_the_clock_and_the_reply_lets_it_run(loop: Loop) -> None:
    referral = loop.refer(urgency="urgent")
    asking.ask(loop.clinic, referral, question_code="insurance")
    assert referral.paused_at is not None
    assert referral.due_at is not None
    paused = moved(referral, paused_at=ago(hours=5), due_at=ago(hours=1))
    asking.reply(loop.centre, paused, note="Overeno.")
    assert paused.paused_at is None
    assert paused.due_at is not None
    left = paused.due_at - paused.history.latest().history_date
    assert timedelta(hours=3, minutes=59) < left < timedelta(hours=4, minutes=1)


def test_a_question_of_the_requester_pauses_nothing(loop: Loop) -> None:
    referral = loop.refer()
    asking.ask(loop.centre, referral, question_code="opening_hours")
    assert referral.paused_at is None


def test_the_clock_waits_for_the_last_of_two_replies(loop: Loop) -> None:
    referral = loop.refer()
    first = asking.ask(loop.clinic, referral, question_code="insurance")
    second = asking.ask(loop.clinic, referral, question_code="transport")
    asking.reply(loop.centre, referral, question_id=first.id)
    assert referral.paused_at is not None
    asking.reply(loop.centre, referral, question_id=second.id)
    assert referral.paused_at is None


def test_an_answer_taken_back_leaves_the_clock_standing_while_a_question_is_open(loop: Loop) -> None:
    referral = loop.refer(urgency="urgent")
    first = asking.ask(loop.clinic, referral, question_code="insurance")
    paused_at = first.asked_at
    asking.ask(loop.clinic, referral, question_code="transport")
    asking.reply(loop.centre, referral, question_id=first.id)
    answering.reject(loop.clinic, referral, reason_code="no-capacity")
    assert referral.paused_at is None
    correcting.undo(loop.clinic, referral)
    assert referral.paused_at == paused_at
    before = referral.due_at
    asking.reply(loop.centre, referral)
    assert referral.paused_at is None
    assert before is not None
    assert referral.due_at is not None
    assert referral.due_at > before


def test_an_answer_taken_back_stops_no_clock_that_ran(loop: Loop) -> None:
    referral = loop.refer()
    asking.ask(loop.centre, referral, question_code="opening_hours")
    question = asking.ask(loop.clinic, referral, question_code="insurance")
    asking.reply(loop.centre, referral, question_id=question.id)
    answering.reject(loop.clinic, referral, reason_code="no-capacity")
    assert correcting.undo(loop.clinic, referral).paused_at is None


def test_both_sides_read_the_notes_and_the_row_holds_none(loop: Loop) -> None:
    referral = loop.refer()
    question = asking.ask(loop.clinic, referral, question_code="insurance", note="Da li je overena?")
    asking.reply(loop.centre, referral, note="Jeste, do leta.")
    for by in (loop.centre, loop.clinic):
        (shown,) = reading.read_again(by, referral).questions
        assert (shown["note"], shown["reply"]) == ("Da li je overena?", "Jeste, do leta.")
    stored = Question.objects.get(pk=question.pk)
    assert b"overena" not in bytes(stored.note or b"")
    assert events_of(referral)[1:] == [("ask", "target", "requested"), ("reply", "requester", "requested")]


def test_the_coordinator_of_neither_side_reads_no_note(loop: Loop) -> None:
    referral = loop.refer()
    asking.ask(loop.clinic, referral, question_code="insurance", note="Da li je overena?")
    outside = actor(loop.town.worker("coordinator", loop.town.society))
    (shown,) = reading.read_again(outside, referral).questions
    assert shown["note"] == ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", "required"),
        ("weather", "unknown_code"),
        ("opening_hours", "not_for_this_side"),
        ("children", "not_covered"),
    ],
)
def test_a_question_that_is_not_the_sides_or_not_covered_is_refused(
    loop: Loop, code: str, expected: str
) -> None:
    referral = loop.refer()
    with pytest.raises(Invalid) as refused:
        asking.ask(loop.clinic, referral, question_code=code)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("/question_code", expected)]
    assert Referral.objects.get(pk=referral.pk).paused_at is None


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("x" * 281, "max_length"),
        ("JMBG 0101990710006", "identifier_found"),
        ("Zovi 064/1234567", "identifier_found"),
    ],
)
def test_a_note_is_short_and_names_nobody(loop: Loop, note: str, code: str) -> None:
    referral = loop.refer()
    with pytest.raises(Invalid) as refused:
        asking.ask(loop.clinic, referral, question_code="insurance", note=note)
    assert refused.value.faults[0].code == code
    assert not Question.objects.filter(referral=referral).exists()


def test_the_side_that_asked_does_not_reply_to_itself(loop: Loop) -> None:
    referral = loop.refer()
    asking.ask(loop.clinic, referral, question_code="insurance")
    with pytest.raises(Conflict):
        asking.reply(loop.clinic, referral)


def test_a_reply_without_an_open_question_is_a_conflict(loop: Loop) -> None:
    with pytest.raises(Conflict) as refused:
        asking.reply(loop.centre, loop.refer())
    assert "reply" not in refused.value.legal


def test_of_two_open_questions_the_reply_names_one(loop: Loop) -> None:
    referral = loop.refer()
    asking.ask(loop.clinic, referral, question_code="insurance")
    asking.ask(loop.clinic, referral, question_code="transport")
    with pytest.raises(Invalid) as refused:
        asking.reply(loop.centre, referral)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("/question", "required")]


def test_a_question_of_another_referral_is_unknown(loop: Loop) -> None:
    mine = loop.refer()
    other = loop.refer(need_id=loop.needs()["housing"][0])
    asking.ask(loop.clinic, mine, question_code="insurance")
    foreign = asking.ask(loop.clinic, other, question_code="insurance")
    with pytest.raises(Invalid) as refused:
        asking.reply(loop.centre, mine, question_id=foreign.id)
    assert refused.value.faults[0].code == "unknown_id"


def test_the_same_question_is_not_asked_twice_at_once(loop: Loop) -> None:
    referral = loop.refer()
    asking.ask(loop.clinic, referral, question_code="insurance")
    with pytest.raises(Conflict) as refused:
        asking.ask(loop.clinic, referral, question_code="insurance")
    assert refused.value.code == "already_asked"


def test_nobody_outside_the_two_sides_asks(loop: Loop) -> None:
    referral, stranger = loop.refer(), actor(loop.town.outreach)
    with pytest.raises(NotFound):
        asking.ask(stranger, referral, question_code="still_wanted")
