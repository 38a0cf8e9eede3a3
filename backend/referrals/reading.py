"""Opening one referral: what state, consent and clock leave to the one who asks, in one audited read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from audit import recorder
from backend import asker
from backend.encryption import vault
from backend.prepared import Prepared
from backend.referrals import access, agreement, asking, content, envelopes, listing, sides
from backend.referrals.access import CONFIDENTIAL, COORDINATION, FULL, NONE, PLAIN, PREVIEW, STUB
from backend.referrals.content import Facts
from backend.referrals.correcting import may_confirm
from backend.referrals.envelopes import Opened
from backend.referrals.finding import findable
from backend.referrals.lifecycle import OPEN, REQUESTER, TARGET
from backend.referrals.models import Question, Referral, ReferralEvent
from backend.referrals.reasons import held_by_lapse
from backend.referrals.standing import OTHER_SIDE, consent_holds, standing_from
from permissions.actor import Actor
from permissions.scope import NotFound

# What a recipient may still do by code once the content is closed to it.
BY_CODE: Final = frozenset({"complete", "fail", "cancel", "resume", "undo", "follow-up"})
OWN: Final = frozenset({FULL, PREVIEW})
EVENT: Final = (
    "kind", "verb", "side", "from_status", "to_status", "reason_code", "outcome_code", "detail", "channel",
    "reporter", "happened_on", "at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one person sees of one referral now. What is not open is empty."""

    referral: Referral
    access: str
    side: str
    allowed_actions: tuple[str, ...]
    service_code: str
    reason_code: str
    facts: Facts
    appointment: datetime | None
    events: tuple[dict[str, Any], ...]
    questions: tuple[dict[str, Any], ...]
    needs_rerouting: bool
    overdue: bool
    asked_to_confirm: bool


def detailed(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Annotate all that a reading needs beside the row, so that one query fetches it.

    The case is not of it: it does not show to everybody to whom the referral does.
    """
    questions = Question.objects.filter(referral=OuterRef("pk"))
    return referrals.select_related("requester_organisation", "recipient_organisation").annotate(
        lapsed_now=_flag(agreement.lapsed()),
        cut_off_now=_flag(agreement.cut_off()),
        unattended_now=_flag(agreement.unattended()),
        overdue_now=_flag(listing.overdue()),
        has_questions=Exists(questions),
        events_now=ArraySubquery(_events()),
    )


def _found(by: Actor, whole: bool, **named: Any) -> QuerySet[Referral]:  # noqa: FBT001 - part of the shape
    rows = findable(by).filter(**named)
    return detailed(rows) if whole else rows


def _again(*, pk: UUID) -> QuerySet[Referral]:
    return detailed(Referral.objects.filter(pk=pk))


def _questions(*, referral_id: UUID) -> QuerySet[Question]:
    return Question.objects.filter(referral_id=referral_id).order_by("asked_at", "pk")


def find(by: Actor, *, whole: bool, **named: Any) -> Referral | None:
    """Return the referral that `named` names (`pk` or `code`), if `by` can ask for it; `whole`: as from `detailed`."""
    found: Referral | None = _FOUND.first(by, whole, **named) if named else None
    return found


def _flag(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _events() -> QuerySet[ReferralEvent, Any]:
    fields = JSONObject(**{name: name for name in EVENT}, by_organisation="by_organisation_id")
    return ReferralEvent.objects.filter(referral=OuterRef("pk")).order_by("at", "pk").values(json=fields)


_FOUND: Final = Prepared(_found)
_AGAIN: Final = Prepared(_again)
_QUESTIONS: Final = Prepared(_questions)


def read_again(by: Actor, referral: Referral, *, otherwise: str = NONE) -> Reading:
    """Read a referral as it stands now, after a step; where the step ended the access, as `otherwise` says."""
    again = _AGAIN.first(pk=referral.pk)
    if again is None:  # the step has taken it from the one who took the step
        with asker.working_as(asker.STEPS):
            again = _AGAIN.first(pk=referral.pk)
    return read_referral(by, again, otherwise=otherwise)


def read_referral(by: Actor, referral: Referral, *, otherwise: str = NONE) -> Reading:
    """Open what is open to `by` of a row that comes from `detailed`, in one audited read (`referral.read`).

    Raises NotFound where access has ended, KeyGone, IntegrityFailure, AuditUnavailable.
    """
    row: Any = referral
    who = sides.sides_of(by, referral, cut_off=row.cut_off_now)
    seen = access_for(by, referral, who=who)
    if seen == NONE:
        seen = otherwise
    if seen == NONE:
        raise NotFound
    questions = _QUESTIONS.rows(referral_id=referral.pk) if row.has_questions else []
    with vault.lookup():
        facts = _facts(by, referral, seen)
        opened = _open(by, referral, questions, seen)
    found = _reading(by, referral, seen=seen, who=who, facts=facts, opened=opened, questions=questions)
    recorder.record(
        by,
        "referral.read",
        team=referral.team_id,
        kind="referral",
        object_id=str(referral.id),
        access=seen,
        classes=list(facts.data_classes),
        purpose=purpose_of(seen, found.side),
    )
    return found


def access_for(by: Actor, referral: Referral, *, who: frozenset[str]) -> str:
    """Return how much of the referral `by` sees now, standing on the sides `who`."""
    mine = by.organisations(team_id=referral.team_id)
    if referral.requester_organisation_id in mine:
        return FULL
    found = access.of_recipient(moment(referral)) if TARGET in who else NONE
    if found in {NONE, STUB} and REQUESTER in who:
        return COORDINATION
    return PLAIN if found == NONE and may_confirm(by, referral) else found


def moment(referral: Referral) -> access.Moment:
    """Return what decides about the recipient's access now."""
    return access.Moment(
        status=referral.status,
        now=timezone.now(),
        basis_until=referral.basis_until,
        sent=referral.sent_at is not None,
        ended_at=referral.ended_at,
        acknowledged_at=referral.acknowledged_at,
        held_by_lapse=held_by_lapse(referral),
    )


def _facts(by: Actor, referral: Referral, seen: str) -> Facts:
    if seen == PREVIEW:
        return content.of_preview(referral)
    if seen != FULL:
        return Facts()
    if referral.requester_organisation_id not in by.organisations(team_id=referral.team_id):
        return content.of_recipient(by, referral)
    acknowledged = referral.acknowledged_at is not None
    follows = access.requester_has_reason(referral.status, acknowledged=acknowledged)
    return content.of_requester(referral) if follows else Facts()


def _open(by: Actor, referral: Referral, questions: Sequence[Question], seen: str) -> Opened:
    if seen in OWN:
        # What people write in their own words is for people: a machine reads codes.
        return envelopes.open_all(referral, questions if by.kind == "user" else ())
    confidential = referral.sealed_service is not None
    return Opened(service_code=CONFIDENTIAL if confidential else referral.service_code)


def _reading(
    by: Actor,
    referral: Referral,
    *,
    seen: str,
    who: frozenset[str],
    facts: Facts,
    opened: Opened,
    questions: Sequence[Question],
) -> Reading:
    row: Any = referral
    classes = reason_classes(by, referral, seen=seen)
    shows_events = seen not in {STUB, PLAIN}
    return Reading(
        referral=referral,
        access=seen,
        side=REQUESTER if REQUESTER in who else TARGET,
        allowed_actions=_allowed(by, referral, questions, seen=seen, who=who),
        service_code=opened.service_code,
        reason_code=access.shown_reason(referral.reason_code, classes=classes),
        facts=facts,
        appointment=opened.appointment,
        events=tuple(_event(event, classes) for event in row.events_now) if shows_events else (),
        questions=tuple(_question(one, opened) for one in questions) if shows_events else (),
        needs_rerouting=row.unattended_now and referral.status in OPEN and REQUESTER in who,
        overdue=row.overdue_now,
        asked_to_confirm=may_confirm(by, referral),
    )


def reason_classes(by: Actor, referral: Referral, *, seen: str) -> frozenset[str]:
    """Return for which classes a code may speak openly. The requester always sees the refusal and its reason."""
    if referral.requester_organisation_id in by.organisations(team_id=referral.team_id):
        return frozenset({"justice_transition", "health"})
    return frozenset(referral.data_classes) if seen in OWN else frozenset()


def _event(event: Mapping[str, Any], classes: frozenset[str]) -> dict[str, Any]:
    return {**event, "reason_code": access.shown_reason(event["reason_code"], classes=classes)}


def _question(question: Question, opened: Opened) -> dict[str, Any]:
    return {
        "id": question.id,
        "question_code": question.question_code,
        "asked_by_side": question.asked_by_side,
        "asked_at": question.asked_at,
        "note": opened.notes.get((question.id, asking.NOTE), ""),
        "replied_at": question.replied_at,
        "reply": opened.notes.get((question.id, asking.REPLY), ""),
    }


def _allowed(
    by: Actor, referral: Referral, questions: Sequence[Question], *, seen: str, who: frozenset[str]
) -> tuple[str, ...]:
    if seen == PLAIN:
        return ("correct",) if may_confirm(by, referral) else ()
    row: Any = referral
    owing = frozenset(OTHER_SIDE[one.asked_by_side] for one in questions if one.replied_at is None)
    holds = consent_holds(referral, timezone.now()) and not (held_by_lapse(referral) and row.lapsed_now)
    standing = standing_from(referral, basis_holds=holds, owing=owing)
    verbs = sides.verbs_for(by, referral, standing=standing, who=who)
    return tuple(verb for verb in verbs if verb in BY_CODE) if seen == STUB else verbs


def purpose_of(seen: str, side: str) -> str:
    """Return the purpose of a reading (`reveal_purposes.csv`)."""
    if seen in {COORDINATION, PLAIN}:
        return "coordination" if seen == COORDINATION else "correction"
    return "referral_sent" if side == REQUESTER else "referral_received"
