"""Carries out the steps of one referral, each by the person whose step it is, through the services of the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from backend.cases.models import Case, Consent
from backend.demo.cast import Cast
from backend.demo.situations import Situation
from backend.reference.lists import entry
from backend.referrals import (
    acknowledging,
    answering,
    asking,
    correcting,
    creating,
    ending,
    progress,
    sending,
)
from backend.referrals.drafting import Terms
from backend.referrals.models import Referral
from backend.referrals.reporting import Report
from backend.referrals.withdrawal import withdraw_consent
from permissions.actor import Actor

HEARD: Final = Report(channel="phone", reporter="provider")
# What a recipient may ask, by the class that the reply reveals.
QUESTIONS: Final = {"social": "documents", "health": "referral_letter", "basic_profile": "suitable_times"}
ASKED: Final = "Da li je potrebno nešto pripremiti pre prvog dolaska?"
REPLIED: Final = "Može pre podne, utorkom ili četvrtkom."


@dataclass(kw_only=True)
class Loop:
    """One referral on its way: who refers, who answers, and the row as it stands."""

    cast: Cast
    case: Case
    situation: Situation
    number: int
    requester: str
    need_id: UUID
    consent: Consent
    provider: str = ""
    service: str = ""
    referral: Referral = field(init=False)

    def __post_init__(self) -> None:
        self.provider = self.provider or self.situation.provider
        self.service = self.service or self.situation.service

    @property
    def by(self) -> Actor:
        """Return who refers."""
        return self.cast.actor(self.requester)

    @property
    def target(self) -> Actor:
        """Return who answers: a worker of the recipient, or the requester for one without accounts."""
        if self.report is not None:
            return self.by
        return self.cast.actor(self.cast.worker(self.provider, self.number))

    @property
    def report(self) -> Report | None:
        return None if self.cast.answers_itself(self.provider) else HEARD

    def take(self, step: str) -> None:
        """Carry out one word of `stories.LOOPS`."""
        word, _, code = step.partition(":")
        STEPS[word](self, code)


def _terms(loop: Loop, *, urgency: str, replaces: Referral | None = None) -> Terms:
    recipient = loop.cast.organisation(loop.provider)
    service = recipient.services.filter(code=loop.service).first()
    return Terms(
        service_id=service.id if service else None,
        service_code=loop.service,
        recipient_id=recipient.id,
        need_id=loop.need_id,
        urgency=urgency or loop.situation.urgency,
        handover_mode=loop.situation.handover,
        data_classes=loop.situation.data_classes,
        consent_id=loop.consent.id,
        replaces_id=replaces.id if replaces else None,
        narrative=loop.situation.narrative or None,
    )


def _draft(loop: Loop, _code: str) -> None:
    loop.referral = creating.create(loop.by, loop.case, terms=_terms(loop, urgency=""))


def _send(loop: Loop, urgency: str) -> None:
    if hasattr(loop, "referral"):
        sending.send(loop.by, loop.referral)
    else:
        loop.referral = creating.create(loop.by, loop.case, terms=_terms(loop, urgency=urgency), send=True)


def _again(loop: Loop, _code: str) -> None:
    before = loop.referral
    loop.provider, loop.service = loop.situation.second_provider, loop.situation.second_service
    loop.referral = creating.create(
        loop.by, loop.case, terms=_terms(loop, urgency="", replaces=before), send=True
    )


def _accept(loop: Loop, code: str) -> None:
    now = timezone.now()
    due = {"late": now + timedelta(seconds=1)}.get(code)
    appointment = _morning(now + timedelta(days=3)) if code == "appointment" else None
    answering.accept(
        loop.target, loop.referral, first_contact_due=due, appointment=appointment, report=loop.report
    )


def _morning(day: datetime) -> datetime:
    return day.replace(hour=8, minute=30, second=0, microsecond=0)


def _reject(loop: Loop, code: str) -> None:
    answering.reject(loop.target, loop.referral, reason_code=code, report=loop.report)


def _undo(loop: Loop, _code: str) -> None:
    correcting.undo(loop.target, loop.referral, report=loop.report)


def _ask(loop: Loop, _code: str) -> None:
    offered = [QUESTIONS[name] for name in QUESTIONS if name in loop.referral.data_classes]
    asking.ask(loop.target, loop.referral, question_code=offered[0], note=ASKED)


def _reply(loop: Loop, _code: str) -> None:
    asking.reply(loop.by, loop.referral, note=REPLIED)


def _start(loop: Loop, _code: str) -> None:
    progress.start(loop.target, loop.referral, report=loop.report)


def _progress(loop: Loop, code: str) -> None:
    progress.report_progress(loop.target, loop.referral, business_status=code, report=loop.report)


def _hold(loop: Loop, code: str) -> None:
    progress.hold(loop.target, loop.referral, reason_code=code, report=loop.report)


def _resume(loop: Loop, _code: str) -> None:
    progress.resume(loop.target, loop.referral, report=loop.report)


def _phoned(loop: Loop, _code: str) -> None:
    progress.phoned(loop.by, loop.referral)


def _complete(loop: Loop, code: str) -> None:
    helped = entry("referral_outcomes", code).is_yes("help_given")
    met = timezone.now() if helped else None
    ending.complete(loop.target, loop.referral, outcome_code=code, first_contact_at=met, report=loop.report)


def _fail(loop: Loop, code: str) -> None:
    ending.fail(loop.target, loop.referral, reason_code=code, report=loop.report)


def _cancel(loop: Loop, code: str) -> None:
    ending.cancel(loop.by, loop.referral, reason_code=code)


def _cancel_by_target(loop: Loop, code: str) -> None:
    ending.cancel(loop.target, loop.referral, reason_code=code)


def _acknowledge(loop: Loop, code: str) -> None:
    day = timezone.now().date() + timedelta(days=21) if code == "wait" else None
    acknowledging.acknowledge(loop.by, loop.referral, answer=code, look_again_on=day)


def _correct(loop: Loop, code: str) -> None:
    correcting.correct(loop.by, loop.referral, reason_code=code)


def _withdraw(loop: Loop, _code: str) -> None:
    withdraw_consent(loop.by, loop.consent)


STEPS: Final[Mapping[str, Callable[[Loop, str], None]]] = {
    "draft": _draft,
    "send": _send,
    "again": _again,
    "accept": _accept,
    "reject": _reject,
    "undo": _undo,
    "ask": _ask,
    "reply": _reply,
    "start": _start,
    "progress": _progress,
    "hold": _hold,
    "resume": _resume,
    "phoned": _phoned,
    "complete": _complete,
    "fail": _fail,
    "cancel": _cancel,
    "cancel_by_target": _cancel_by_target,
    "acknowledge": _acknowledge,
    "correct": _correct,
    "withdraw": _withdraw,
}
