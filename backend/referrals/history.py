"""The history of a referral: what changed in it and in its questions, as far as the referral itself is open.

Nothing sealed is opened here: notes, appointment and a confidential service are only said to have changed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Min, Q
from django.db.models.functions import Coalesce

from audit import recorder
from audit.changes import ABOUT, Change, changes
from backend.cases.authors import with_authors
from backend.referrals import access, reading, sides
from backend.referrals.access import CONFIDENTIAL, FULL, NONE, PLAIN, STUB
from backend.referrals.lifecycle import REQUESTER, TARGET
from backend.referrals.models import Question, Referral
from backend.referrals.services import shown_suggestion
from permissions.actor import Actor
from permissions.scope import NotFound

ALWAYS: Final = ("status", "sent_at", "answered_at", "ended_at", "acknowledged_at")
OPEN: Final = (
    "urgency", "handover_mode", "business_status", "outcome_code", "due_at", "paused_at", "phoned_at",
    "first_contact_at", "acknowledgement_answer", "look_again_on", "still_engaged", "basis_until", "data_classes",
    "reason_code", "service_code", "suggested_service_code",
)  # fmt: skip
PLACES: Final[Mapping[str, str]] = {
    "requester": "requester_organisation_id",
    "recipient": "recipient_organisation_id",
    "service": "service_id",
}
QUESTION: Final = ("question_code", "asked_by_side", "asked_at", "replied_at")
# What an act on something else is called here: its own name would tell of what may not show.
OTHERWISE: Final = "referral.changed"


@dataclass(frozen=True, slots=True)
class _Sight:
    """How far the referral is open, to whom on which side, and for which classes a reason speaks openly."""

    access: str
    side: str
    classes: frozenset[str]

    @property
    def closed(self) -> bool:
        return self.access in {STUB, PLAIN}


def read_history(by: Actor, referral: Referral) -> list[Change]:
    """Return what changed, newest first, in one audited read (`referral.history_read`), of a row from `find(whole)`.

    A recipient reads from the sending on. Raises NotFound where access has ended, AuditUnavailable.
    """
    row: Any = referral
    who = sides.sides_of(by, referral, cut_off=row.cut_off_now)
    seen = reading.access_for(by, referral, who=who)
    if seen == NONE:
        raise NotFound
    side = REQUESTER if REQUESTER in who else TARGET
    sight = _Sight(seen, side, reading.reason_classes(by, referral, seen=seen))
    found = [*_of_referral(referral, sight), *_of_questions(by, referral, sight)]
    found.sort(key=lambda one: (one.at, one.id), reverse=True)
    recorder.record(
        by,
        "referral.history_read",
        team=referral.team_id,
        kind="referral",
        object_id=str(referral.id),
        access=seen,
        purpose=reading.purpose_of(seen, side),
    )
    if sight.closed:
        return [replace(one, author=None, verb=OTHERWISE) for one in found]
    return with_authors(by, [_named(one) for one in found], team_id=referral.team_id)


def received_at(referrals: Collection[UUID]) -> datetime | None:
    """Return when the first of these referrals let its recipient in, for `cases.history.read_history`."""
    rows = Referral.objects.filter(pk__in=referrals)
    moment: datetime | None = rows.aggregate(first=Min(Coalesce("answered_at", "sent_at")))["first"]
    return moment


def _named(one: Change) -> Change:
    return one if one.verb.startswith("referral.") else replace(one, verb=OTHERWISE)


def _of_referral(referral: Referral, sight: _Sight) -> Iterator[Change]:
    columns: dict[str, str] = {name: name for name in ALWAYS}
    if not sight.closed:
        columns |= {**{name: name for name in OPEN}, **PLACES}
    if sight.side == REQUESTER and not sight.closed:
        columns["replaces"] = "replaces_id"
    return changes(_rows(referral, sight), kind="referral", plain=columns, sealed=_sealed(sight))


def _sealed(sight: _Sight) -> Mapping[str, str]:
    """Return what is only said to have changed: counted by its revision, the need by its id."""
    if sight.access not in reading.OWN:
        return {}
    found = {"appointment": "appointment_revision"}
    if sight.access == FULL:
        found["narrative"] = "narrative_revision"
    return found | ({"need": "need_id"} if sight.side == REQUESTER else {})


def _rows(referral: Referral, sight: _Sight) -> Iterator[dict[str, Any]]:
    """Yield the rows of the history, oldest first; to a recipient those since the referral was sent."""
    rows = Referral.history.filter(id=referral.pk).order_by("version", "history_date", "history_id")
    if sight.side == TARGET:
        rows = rows.filter(sent_at__isnull=False)
    counters = ("narrative_revision", "appointment_revision", "need_id", "replaces_id")
    hidden = ExpressionWrapper(Q(sealed_service__isnull=False), output_field=BooleanField())
    named = (*ABOUT, *ALWAYS, *OPEN, *PLACES.values(), *counters)
    for row in rows.annotate(hidden=hidden).values(*named, "hidden"):
        yield _as_shown(row, sight)


def _as_shown(row: dict[str, Any], sight: _Sight) -> dict[str, Any]:
    return row | {
        "reason_code": access.shown_reason(row["reason_code"], classes=sight.classes),
        "service_code": CONFIDENTIAL if row["hidden"] else row["service_code"],
        "suggested_service_code": shown_suggestion(row["suggested_service_code"]),
    }


def _of_questions(by: Actor, referral: Referral, sight: _Sight) -> Iterator[Change]:
    if sight.closed:
        return
    # What people write in their own words is for people, also that they wrote it.
    own = sight.access in reading.OWN and by.kind == "user"
    written = {"note": "has_note", "reply": "has_reply"} if own else {}
    rows: dict[UUID, list[dict[str, Any]]] = {}
    for row in _question_rows(referral):
        rows.setdefault(row["id"], []).append(row)
    for one in rows.values():
        yield from changes(one, kind="question", plain={name: name for name in QUESTION}, sealed=written)


def _question_rows(referral: Referral) -> Iterable[dict[str, Any]]:
    found = {
        name: ExpressionWrapper(Q(**{f"{column}__isnull": False}), output_field=BooleanField())
        for name, column in (("has_note", "note"), ("has_reply", "reply_note"))
    }
    rows = Question.history.filter(referral_id=referral.pk).annotate(**found)
    ordered: Iterable[dict[str, Any]] = rows.order_by("version", "history_date").values(
        *ABOUT, *QUESTION, *found, "id"
    )
    return ordered
