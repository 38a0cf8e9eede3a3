"""Each of the 67 rows, taken through the services on real rows: the status it says, the event it leaves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.reference.steps import ReferralStep, referral_steps
from backend.referrals import acknowledging, answering, asking, correcting, ending, progress, sending
from backend.referrals.lapse import record_lapses
from backend.referrals.lifecycle import verb_of
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.reporting import Report
from backend.referrals.withdrawal import withdraw_consent
from backend.teams.models import SharingAgreement
from permissions.actor import Actor
from tests.backend.referrals.loops import Loop, moved
from tests.world import actor, ago, ahead, saved

Step = Callable[[Loop, Actor, Referral, dict[str, Any]], Any]
BY_PHONE = Report(channel="phone", reporter="provider")
REASON = "safety-concern"  # one that every step with a reason takes
ROWS = referral_steps()


def label(step: ReferralStep) -> str:
    return f"{step.source}-{step.to}-{'+'.join(step.who)}-{step.kind}"


def reached(loop: Loop, step: ReferralStep) -> Referral:
    """Bring a referral to where the row begins, by whoever answers on its recipient's side."""
    on_behalf = "requester_on_behalf" in step.who
    to = loop.town.ward if on_behalf else loop.town.clinic
    by = loop.centre if on_behalf else loop.clinic
    report = {"report": BY_PHONE} if on_behalf else {}
    referral = loop.refer(to, send=step.source != "draft", consent_id=loop.consent.id, need_id=None)
    ways: dict[str, list[Callable[[], Any]]] = {
        "draft": [],
        "requested": [],
        "accepted": [lambda: answering.accept(by, referral, **report)],
        "rejected": [lambda: answering.reject(by, referral, reason_code=REASON, **report)],
        "cancelled": [lambda: ending.cancel(loop.centre, referral, reason_code=REASON)],
    }
    ways["in-progress"] = [*ways["accepted"], lambda: progress.start(by, referral, **report)]
    ways["on-hold"] = [
        *ways["in-progress"],
        lambda: progress.hold(by, referral, reason_code=REASON, **report),
    ]
    ways["failed"] = [*ways["in-progress"], lambda: ending.fail(by, referral, reason_code=REASON, **report)]
    ways["completed"] = [
        *ways["in-progress"],
        lambda: ending.complete(by, referral, outcome_code="service-started", **report),
    ]
    for take in ways[step.source]:
        take()
    return Referral.objects.get(pk=referral.pk)


def sender(loop: Loop, step: ReferralStep) -> Actor:
    if step.who & {"requester", "requester_on_behalf", "either"}:
        needs_coordinator = "second_person" in step.requires
        return loop.coordinator if needs_coordinator else loop.centre
    return loop.clinic


def correct(loop: Loop, by: Actor, referral: Referral, _more: dict[str, Any]) -> None:
    correcting.correct(by, referral, reason_code="other-coded")
    if referral.status != "entered-in-error":
        correcting.correct(actor(loop.town.deputy), Referral.objects.get(pk=referral.pk))


def reply(loop: Loop, by: Actor, referral: Referral, _more: dict[str, Any]) -> None:
    asking.ask(loop.clinic, referral, question_code="insurance")
    asking.reply(by, referral, note="Važi.")


def follow_up(_loop: Loop, by: Actor, referral: Referral, _more: dict[str, Any]) -> None:
    acknowledging.follow_up(by, moved(referral, ended_at=ago(days=91)), still_engaged="yes")


def lapse(loop: Loop, _by: Actor, referral: Referral, _more: dict[str, Any]) -> None:
    if referral.status == "on-hold":
        moved(referral, reason_code="agreement-lapsed", held_at=ago() - timedelta(days=30))
    agreement = SharingAgreement.objects.get(organisation=loop.town.clinic, team=loop.town.team)
    agreement.valid_until = ago(seconds=1)
    saved(agreement)
    record_lapses()


STEPS: dict[str, Step] = {
    "send": lambda _loop, by, row, _more: sending.send(by, row),
    "accept": lambda _loop, by, row, more: answering.accept(by, row, first_contact_due=ahead(days=1), **more),
    "reject": lambda _loop, by, row, more: answering.reject(by, row, reason_code=REASON, **more),
    "start": lambda _loop, by, row, more: progress.start(by, row, **more),
    "hold": lambda _loop, by, row, more: progress.hold(by, row, reason_code=REASON, **more),
    "resume": lambda _loop, by, row, more: progress.resume(by, row, **more),
    "complete": lambda _loop, by, row, more: ending.complete(
        by, row, outcome_code="assessed-not-needed", **more
    ),
    "fail": lambda _loop, by, row, more: ending.fail(by, row, reason_code=REASON, **more),
    "cancel": lambda _loop, by, row, _more: ending.cancel(by, row, reason_code=REASON),
    "acknowledge": lambda _loop, by, row, _more: acknowledging.acknowledge(by, row, answer="nothing_here"),
    "undo": lambda _loop, by, row, more: correcting.undo(by, row, **more),
    "ask": lambda _loop, by, row, _more: asking.ask(by, row, question_code="still_wanted"),
    "withdraw": lambda loop, _by, _row, _more: withdraw_consent(loop.centre, loop.consent),
    "correct": correct,
    "reply": reply,
    "follow-up": follow_up,
    "lapse": lapse,
}


def test_every_verb_of_the_table_is_known_here() -> None:
    assert {verb_of(step) for step in ROWS} - {"draft"} == set(STEPS)


@pytest.mark.parametrize("send", [False, True])
def test_the_rows_of_the_beginning(loop: Loop, *, send: bool) -> None:
    referral = loop.refer(send=send)
    event = ReferralEvent.objects.get(referral=referral)
    assert (event.from_status, event.to_status) == ("new", "requested" if send else "draft")


@pytest.mark.parametrize("step", [step for step in ROWS if step.source != "new"], ids=label)
def test_the_row_is_taken(loop: Loop, step: ReferralStep) -> None:
    referral = reached(loop, step)
    more = {"report": BY_PHONE} if "requester_on_behalf" in step.who else {}
    STEPS[verb_of(step)](loop, sender(loop, step), referral, more)
    assert Referral.objects.get(pk=referral.pk).status == step.to
    event = ReferralEvent.objects.filter(referral=referral).order_by("at").last()
    assert event is not None
    assert (event.kind, event.from_status, event.to_status) == (step.kind, step.source, step.to)
    assert event.side in {*step.who, *(("requester", "target") if "either" in step.who else ())}
    assert (event.channel, event.reporter) == (("phone", "provider") if more else ("", ""))
