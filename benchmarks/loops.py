"""Referrals of a case, step by step: the same rows as `backend.referrals` writes for each step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from backend.cases.classes import is_confidential
from backend.cases.terms import in_order
from backend.encryption.cipher import Place, seal
from backend.reference.working_days import due_at
from backend.referrals.drafting import NEW_TERMS
from backend.referrals.lifecycle import OPEN, REQUESTER, TARGET, TO_ACKNOWLEDGE, UNDER_WAY
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.notices import PREVIEW
from backend.referrals.services import LABEL, class_of
from backend.referrals.stepping import DONE, QUIET
from benchmarks import lives, towns

Values = dict[str, Any]
# How a referral stands today: the steps that led there. The shares are those of open and of ended ones.
WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("draft",),
    "requested": ("send",),
    "accepted": ("send", "accept"),
    "in-progress": ("send", "accept", "start"),
    "on-hold": ("send", "accept", "start", "hold"),
    "completed": ("send", "accept", "start", "complete", "acknowledge"),
    "unacknowledged": ("send", "accept", "start", "complete"),
    "rejected": ("send", "reject", "acknowledge"),
    "failed": ("send", "accept", "start", "fail", "acknowledge"),
    "cancelled": ("send", "cancel"),
}
STILL_OPEN: Final = {"draft": 4, "requested": 28, "accepted": 20, "in-progress": 42, "on-hold": 6}
ENDED: Final = {"completed": 66, "unacknowledged": 4, "rejected": 14, "failed": 8, "cancelled": 8}
TAKES: Final = {"accept": 2.0, "reject": 2.0, "start": 3.0, "hold": 6.0, "complete": 25.0, "fail": 12.0, "cancel": 3.0,
                "acknowledge": 3.0}  # fmt: skip
CONFIDENTIAL: Final = "TX-DUA"
CONFIDENTIAL_SHARE: Final = 0.04
_REACHES: Final = {"draft": "draft", "send": "requested", "accept": "accepted", "reject": "rejected",
                   "start": "in-progress", "hold": "on-hold", "complete": "completed", "fail": "failed",
                   "cancel": "cancelled"}  # fmt: skip
_BY_REQUESTER: Final = frozenset({"draft", "send", "cancel", "acknowledge"})


def _end(at: datetime) -> Values:
    return {"ended_at": at, "business_status": "", "paused_at": None, "held_at": None}


_CHANGES: Final[Mapping[str, Callable[[Values, datetime], Values]]] = {
    "draft": lambda _row, _at: {},
    "send": lambda row, at: {"sent_at": at, "due_at": due_at(at, row["urgency"])},
    "accept": lambda row, at: {
        "answered_at": at,
        "due_at": max(row["due_at"], at + timedelta(hours=1)),
        "business_status": "awaiting-first-contact",
    },
    "reject": lambda _row, at: {"reason_code": "no-capacity", "answered_at": at, "ended_at": at},
    "start": lambda _row, at: {"first_contact_at": at, "business_status": "engaged"},
    "hold": lambda _row, at: {"reason_code": "client-not-reached", "held_at": at, "business_status": ""},
    "complete": lambda _row, at: {"outcome_code": "service-completed", **_end(at), "reason_code": ""},
    "fail": lambda _row, at: {"reason_code": "client-not-reached", **_end(at)},
    "cancel": lambda _row, at: {"reason_code": "client-moved", **_end(at)},
    "acknowledge": lambda row, at: {"acknowledged_at": at, "acknowledgement_answer": _answer(row)},
}


def _answer(row: Values) -> str:
    return "need_met" if row["status"] == "completed" else "next_provider"


def tell(life: lives.Life, number: int, *, at: datetime, is_open: bool) -> datetime:
    """Write one referral that began at that moment; return when its last step was taken."""
    shares = STILL_OPEN if is_open else ENDED
    way = life.pen.rng.choices(tuple(shares), tuple(shares.values()))[0]
    return walk(life, number, WAYS[way], at=at)


def walk(life: lives.Life, number: int, steps: Sequence[str], *, at: datetime) -> datetime:
    """Write the referral of that number of the case by its steps, with pauses of a likely length between them."""
    place = life.named[(number - 1) % len(life.named)]
    row = _row(life, place, number, at)
    if "send" not in steps:
        row |= {"data_classes": [], "consent_id": None, "basis_until": None}
    for verb in steps:
        wait = TAKES.get(verb, 0.0) * life.pen.rng.uniform(0.2, 1.8)
        at = min(at + timedelta(days=wait), life.pen.now - timedelta(minutes=1))
        _step(life, row, verb, place, at)
    life.pen.sheets.put(Referral, row)
    _grants(life, row, place)
    return at


def _row(life: lives.Life, place: towns.Place, number: int, at: datetime) -> Values:
    code = life.pen.rng.choice(tuple(place.services))
    row: Values = {
        "id": life.pen.sheets.new_id(),
        **life.own(version=0, number=number, spoken_name=life.row["spoken_name"], created_at=at, **NEW_TERMS),
        "code": f"{life.row['code']}-R{number:02}",
        "requester_organisation_id": life.holder.id,
        "recipient_organisation_id": place.id,
        "created_by": life.worker,
        "need_id": life.needs[number % len(life.needs)],
        "status": "new",
        "business_status": "",
    }
    if code.startswith("TX") and life.pen.rng.random() < CONFIDENTIAL_SHARE:
        code = CONFIDENTIAL
    row |= _service(life, row, code, place)
    wanted = {*lives.AGREED, *class_of(code)}
    return row | {"data_classes": sorted(wanted), "consent_id": life.consent_id, "basis_until": life.until}


def _service(life: lives.Life, row: Values, code: str, place: towns.Place) -> Values:
    if not is_confidential(code):
        return {"service_code": code, "service_id": place.services[code]}
    where = Place(life.id, row["id"], LABEL)
    sealed = seal(key=life.key, place=where, revision=1, value={"code": code, "service": None})
    return {"service_code": "", "service_id": None, "sealed_service": sealed}


def _step(life: lives.Life, row: Values, verb: str, place: towns.Place, at: datetime) -> None:
    by_requester, before = verb in _BY_REQUESTER, row["status"]
    who = life.worker if by_requester else life.pen.rng.choice(place.workers)
    side = REQUESTER if by_requester else TARGET
    row |= _CHANGES[verb](row, at)
    row["status"] = _REACHES.get(verb, before)
    row["version"] += 1
    facts = {"side": side, "from_status": before, "to_status": row["status"]}
    if row["version"] == 1:
        facts |= {"case": life.id}
    why = life.pen.act(
        who, f"referral.{DONE[verb]}", at=at, team=life.town.team_id, kind="referral", on=row["id"], **facts
    )
    sign = "+" if row["version"] == 1 else "~"
    life.pen.sheets.remember(Referral, row, sign=sign, at=at, who=who, why=why)
    _event(life, row, verb, side=side, before=before, who=who, at=at)
    _effects(life, row, verb, place, at=at, who=who, why=why)


def _event(
    life: lives.Life, row: Values, verb: str, *, side: str, before: str, who: UUID, at: datetime
) -> None:
    requested = side == REQUESTER
    answer = row["acknowledgement_answer"] if verb == "acknowledge" else ""
    life.pen.sheets.add(
        ReferralEvent,
        **life.own(referral_id=row["id"], verb=verb, side=side, at=at, by_user=who),
        kind="acknowledgement" if verb == "acknowledge" else "status_change",
        from_status=before,
        to_status=row["status"],
        reason_code=row.get("reason_code", ""),
        outcome_code=row.get("outcome_code", ""),
        detail=answer,
        by_organisation_id=row["requester_organisation_id" if requested else "recipient_organisation_id"],
    )


def _effects(
    life: lives.Life, row: Values, verb: str, place: towns.Place, *, at: datetime, who: UUID, why: str
) -> None:
    """Write what a step does beside the row: needs, notifications, disclosures, and a reading of the referral."""
    if verb in {"accept", "acknowledge"}:
        status = "being_met" if verb == "accept" else "met" if row["status"] == "completed" else "open"
        life.settle(row["need_id"], status, at=at, who=who, why=why)
    told = place.id if verb in _BY_REQUESTER else row["requester_organisation_id"]
    if verb not in QUIET:
        about = {"object_kind": "referral", "object_id": row["id"], "service_code": row["service_code"]}
        life.tell(told, f"referral.{DONE[verb]}", at=at, **about)
    if verb in {"send", "accept"}:
        offered = PREVIEW if verb == "send" else row["data_classes"]
        life.disclosed(place, offered, at=at, to=row["id"])
    if verb == "accept":
        life.pen.act(
            who, "referral.read", at=at, team=life.town.team_id, kind="referral", on=row["id"],
            access="full", classes=in_order(row["data_classes"]), purpose="referral_received",
        )  # fmt: skip


def _grants(life: lives.Life, row: Values, place: towns.Place) -> None:
    """Give what `backend.referrals.reasons.live_reasons` says of the row as it stands."""
    if row.get("acknowledged_at") is not None:
        return
    if row["status"] in OPEN | TO_ACKNOWLEDGE:
        life.grant(life.holder, "referral_sent", row["id"])
    if row["status"] in UNDER_WAY or row["status"] == "completed":
        life.grant(place, "referral_received", row["id"], row["basis_until"])
