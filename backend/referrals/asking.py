"""Coded questions between the two sides. A question of the recipient stops the clock until its reply."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from backend.cases.classes import question_class
from backend.cases.texts import screened
from backend.encryption import vault
from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import code_exists, entry
from backend.referrals.clock import after_pause
from backend.referrals.lifecycle import TARGET
from backend.referrals.models import Question, Referral
from backend.referrals.sides import person
from backend.referrals.standing import OTHER_SIDE
from backend.referrals.stepping import taking
from permissions.actor import Actor

NOTE, REPLY = "question.note", "question.reply"
LIMIT: Final = 280


def ask(
    by: Actor, referral: Referral, *, question_code: str = "", note: str = "", version: int | None = None
) -> Question:
    """Ask a coded question. Raises Invalid for another side's question, and `not_covered` for one whose reply
    the consent does not cover."""
    given = ("question_code",) if question_code else ()
    with taking(by, referral, verb="ask", version=version, given=given) as taken:
        _check_question(referral, question_code, side=taken.side)
        if taken.side == TARGET and referral.paused_at is None:
            referral.paused_at = timezone.now()
        taken.detail = question_code
        question = _new(by, referral, question_code, side=taken.side)
        question.note = _sealed(question, NOTE, note, revision=1)
        question.save()
    return question


def _check_question(referral: Referral, code: str, *, side: str) -> None:
    if not code_exists("questions", code):
        raise Invalid(Fault("/question_code", "unknown_code"))
    if entry("questions", code).attributes["asked_by"] not in {side, "either"}:
        raise Invalid(Fault("/question_code", "not_for_this_side"))
    _check_covered(referral, code, at="/question_code")
    if Question.objects.filter(referral=referral, question_code=code, replied_at=None).exists():
        raise Conflict("already_asked")


def _check_covered(referral: Referral, code: str, *, at: str) -> None:
    needed = question_class(code)
    if needed is not None and needed not in referral.data_classes:
        raise Invalid(Fault(at, "not_covered"))


def _new(by: Actor, referral: Referral, code: str, *, side: str) -> Question:
    return Question(
        case_id=referral.case_id,
        team_id=referral.team_id,
        referral=referral,
        question_code=code,
        asked_by_side=side,
        asked_by=person(by),
    )


def _sealed(question: Question, label: str, text: str, *, revision: int) -> bytes | None:
    if not text.strip():
        return None
    return vault.seal_for(
        owner_id=question.case_id,
        record_id=question.id,
        label=label,
        revision=revision,
        value=screened(text, at="/note", limit=LIMIT),
    )


def reply(
    by: Actor,
    referral: Referral,
    *,
    question_id: UUID | None = None,
    note: str = "",
    version: int | None = None,
) -> Question:
    """Reply to a question of the other side; without `question_id` to the only one that is open."""
    with taking(by, referral, verb="reply", version=version) as taken:
        question = _open_question(referral, question_id, asked_by=OTHER_SIDE[taken.side])
        _check_covered(referral, question.question_code, at="/question")
        question.reply_note = _sealed(question, REPLY, note, revision=1)
        question.replied_by, question.replied_at = person(by), timezone.now()
        question.save()
        taken.detail = question.question_code
        _let_the_clock_run(referral)
    return question


def _open_question(referral: Referral, question_id: UUID | None, *, asked_by: str) -> Question:
    found = Question.objects.filter(referral=referral, replied_at=None, asked_by_side=asked_by)
    if question_id is not None:
        found = found.filter(pk=question_id)
    questions = list(found[:2])
    if len(questions) != 1:
        raise Invalid(Fault("/question", "required" if questions else "unknown_id"))
    return questions[0]


def _let_the_clock_run(referral: Referral) -> None:
    """Start the clock again once no question of the recipient is open."""
    if referral.paused_at is None or referral.due_at is None:
        return
    if Question.objects.filter(referral=referral, replied_at=None, asked_by_side=TARGET).exists():
        return
    referral.due_at = after_pause(
        referral.due_at, urgency=referral.urgency, paused_at=referral.paused_at, now=timezone.now()
    )
    referral.paused_at = None


def paused_since(referral: Referral) -> datetime | None:
    """Return since when open questions of the recipient have stopped the clock without a break, None where none is.

    A question that has its reply counts as well, if it was open when the next one was asked.
    """
    asked = Question.objects.filter(referral=referral, asked_by_side=TARGET).order_by("-asked_at")
    since = min((one.asked_at for one in asked if one.replied_at is None), default=None)
    for one in asked:
        if since is not None and one.replied_at is not None and one.asked_at < since <= one.replied_at:
            since = one.asked_at
    return since


def envelopes(questions: Iterable[Question]) -> dict[tuple[UUID, str], vault.Sealed]:
    """Return the envelopes of all notes by question and label, to be opened with others."""
    return {
        (question.id, label): vault.Sealed(question.id, label, bytes(envelope), revision=1)
        for question in questions
        for label, envelope in ((NOTE, question.note), (REPLY, question.reply_note))
        if envelope is not None
    }
