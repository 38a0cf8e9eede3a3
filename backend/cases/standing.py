"""How somebody stands to one case at this moment: the live reasons, and the classes that are open through
them.

One query. Everything is judged by the database's clock, so access ends when its ground ends, with no job run.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject, Now

from backend.cases import classes
from backend.cases.models import BreakGlass, Case, CaseGrant, ConsentRecipient, Note, SafeguardingBasis
from backend.cases.models.case import HOLDS, OPENED, REFERRAL_RECEIVED, REFERRAL_SENT, live_grants
from backend.cases.models.looks import live_look
from backend.cases.terms import within
from backend.prepared import Prepared
from backend.reference.lists import codes
from backend.teams.models import Organisation
from backend.teams.models.base import live
from permissions import scope
from permissions.actor import Actor
from permissions.scope import NotFound

COORDINATION: Final = "coordination"
BREAK_GLASS: Final = "break_glass"
# The reason that gives a read its purpose (`reveal_purposes.csv`), the strongest first.
_PURPOSES: Final[Mapping[str, str]] = {
    BREAK_GLASS: BREAK_GLASS,
    COORDINATION: "coordination",
    HOLDS: "holding_case",
    OPENED: "holding_case",
    REFERRAL_SENT: "referral_sent",
    REFERRAL_RECEIVED: "referral_received",
}
# With these reasons the coded classes open by role; with a received referral only what the consent covers
# does.
_BY_ROLE: Final = frozenset({COORDINATION, HOLDS, OPENED, REFERRAL_SENT})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the case is visible, until when (None: while it lasts), and the referral behind it, if any."""

    reason: str
    until: datetime | None = None
    source_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the program needs to know to show a case to somebody."""

    organisations: frozenset[UUID]
    reasons: tuple[Reason, ...]
    purpose: str
    data_classes: frozenset[str]
    sectors: frozenset[str]
    notes: tuple[dict[str, Any], ...] = field(default=())

    @property
    def gets_only_need_referred(self) -> bool:
        """Say whether all own organisations are of sectors that get only the need which the referral
        answers.
        """
        by_referral = all(one.reason == REFERRAL_RECEIVED for one in self.reasons)
        return by_referral and bool(self.sectors) and self.sectors <= classes.ONLY_NEED_REFERRED

    def items_within(self, data_class: str) -> frozenset[str] | None:
        """Return the only items of an open class that the own sectors get, or None for all of them."""
        if not self.gets_only_need_referred:
            return None
        narrow = [classes.ONLY_ITEMS.get(sector, {}).get(data_class) for sector in self.sectors]
        return frozenset().union(*(part or () for part in narrow)) if all(narrow) else None


def standing(by: Actor, case: Case, *, reading: bool = False) -> Standing:
    """Return how `by` stands to `case`. Raises NotFound when there is no live reason at all.

    A break-glass counts for who is `reading` only: nothing is written on the ground of one.
    """
    organisations = by.organisations(team_id=case.team_id)
    row = _LEDGERS.first(by, reading and by.looks, case_id=case.pk, team_id=case.team_id)
    # A sub-query about nobody is optimised away and comes back as NULL.
    found: dict[str, Any] = {name: value or () for name, value in row.items()}
    looks = found.get("looks_now", ())
    reasons = (*_by_grant(looks), *_by_role(by, case), *_by_grant(found["grants_now"]))
    if not reasons:
        raise NotFound
    open_now = _open_classes(by, reasons, found)
    return Standing(
        organisations=organisations,
        reasons=reasons,
        purpose=_purpose(reasons, status=found["status"]),
        data_classes=open_now,
        sectors=frozenset(found["sectors_now"]),
        notes=tuple(note for note in found["notes_now"] if _reads_note(note, organisations, open_now)),
    )


def _ledgers(by: Actor, looking: bool, *, case_id: UUID, team_id: UUID) -> QuerySet[Any, Any]:  # noqa: FBT001 - a shape
    organisations = by.organisations(team_id=team_id)
    looks = {"looks_now": ArraySubquery(_looks(by, team_id))} if looking else {}
    rows: QuerySet[Any, Any] = (
        Case.objects.filter(pk=case_id)
        .annotate(
            grants_now=ArraySubquery(_grants(by, team_id)),
            consents_now=ArraySubquery(_consents(organisations)),
            bases_now=ArraySubquery(_bases(organisations)),
            sectors_now=ArraySubquery(Organisation.objects.filter(pk__in=organisations).values("sector")),
            notes_now=ArraySubquery(_notes()),
            **looks,
        )
        .values("status", "grants_now", "consents_now", "bases_now", "sectors_now", "notes_now", *looks)
    )
    return rows


_LEDGERS: Final = Prepared(_ledgers)


def _open_classes(by: Actor, reasons: Iterable[Reason], row: Mapping[str, Any]) -> frozenset[str]:
    named = {one.reason for one in reasons}
    opened = opened_by(named, consents=row["consents_now"], bases=row["bases_now"])
    # A machine reads coded facts where a person of its holder could, but never a narrative.
    return opened - {classes.NARRATIVE} if by.kind == "token" else opened


def opened_by(
    reasons: Collection[str], *, consents: Iterable[Mapping[str, Any]], bases: Iterable[Mapping[str, Any]]
) -> frozenset[str]:
    """Return the classes that open by these reasons, live consents and exceptions of one and the same side."""
    if BREAK_GLASS in reasons:
        return frozenset(codes("data_classes"))
    by_role = frozenset() if _BY_ROLE.isdisjoint(reasons) else classes.coded()
    agreed = (within(one["purposes"], classes=one["classes"]) for one in consents)
    excepted = (frozenset(one["classes"]) for one in bases if _carries(one))
    return frozenset().union(by_role, *agreed, *excepted)


def _by_role(by: Actor, case: Case) -> list[Reason]:
    seats = by.seats_for("case.view_coded")
    coordinates = any(
        seat.word("case.view_coded") == "yes" and seat.team_id == case.team_id for seat in seats
    )
    return [Reason(COORDINATION)] if coordinates else []


def _by_grant(found: Iterable[Mapping[str, Any]]) -> list[Reason]:
    return [
        Reason(one["reason"], _moment(one["until"]), UUID(one["source"]) if one["source"] else None)
        for one in found
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _purpose(reasons: Iterable[Reason], *, status: str) -> str:
    held = {one.reason for one in reasons}
    if COORDINATION in held and status == "proposed":
        return "triage"
    return next(purpose for reason, purpose in _PURPOSES.items() if reason in held)


def _reads_note(note: Mapping[str, Any], organisations: frozenset[UUID], opened: frozenset[str]) -> bool:
    return classes.NARRATIVE in opened or UUID(note["organisation"]) in organisations


def _carries(basis: Mapping[str, Any]) -> bool:
    """Say whether an exception holds: some need their second person before they take effect."""
    before = codes("safeguarding_bases")[basis["basis"]].attributes["second_person"] == "before"
    return bool(basis["confirmed"]) or not before


def _grants(by: Actor, team_id: UUID) -> QuerySet[CaseGrant, Any]:
    seats = [seat for seat in by.seats_for("case.view_coded") if seat.team_id in {None, team_id}]
    rows = [live_grants(seat).values("pk") for seat in seats]
    mine = reduce(or_, (Q(pk__in=one) for one in rows), Q(pk__in=()))
    return (
        CaseGrant.objects.filter(mine, content_object_id=OuterRef("pk"))
        .order_by("reason", "source_id")
        .values(json=JSONObject(reason="reason", until="until", source="source_id"))
    )


def _looks(by: Actor, team_id: UUID) -> QuerySet[BreakGlass, Any]:
    here = any(seat.team_id == team_id for seat in by.seats_for(scope.BREAK_GLASS))
    mine = Q(person_id=by.id) if here and by.id else Q(pk__in=())
    fields = JSONObject(reason=Value(BREAK_GLASS), until="ends_at", source="id")
    return BreakGlass.objects.filter(mine, live_look(), case_id=OuterRef("pk")).values(json=fields)


def of_live_consent() -> Q:
    """Return the condition that a recipient's consent holds now and was not withdrawn."""
    return live("consent__") & Q(consent__withdrawal__isnull=True)


def live_narrative(organisations: Iterable[UUID]) -> QuerySet[ConsentRecipient]:
    """Return the live consents that name one of the organisations for the narrative."""
    return ConsentRecipient.objects.filter(
        of_live_consent(), organisation_id__in=organisations, data_classes__contains=[classes.NARRATIVE]
    )


def _consents(organisations: Iterable[UUID]) -> QuerySet[ConsentRecipient, Any]:
    return ConsentRecipient.objects.filter(
        of_live_consent(), case_id=OuterRef("pk"), organisation_id__in=organisations
    ).values(json=JSONObject(classes="data_classes", purposes="consent__purposes"))


def _bases(organisations: Iterable[UUID]) -> QuerySet[SafeguardingBasis, Any]:
    return SafeguardingBasis.objects.filter(
        case_id=OuterRef("pk"), recipient_id__in=organisations, valid_until__gt=Now()
    ).values(json=JSONObject(classes="data_classes", basis="basis", confirmed=F("confirmed_by")))


def _notes() -> QuerySet[Note, Any]:
    fields = JSONObject(
        id="id",
        organisation="organisation_id",
        revision="revision",
        version="version",
        created_at="created_at",
    )
    return Note.objects.filter(case_id=OuterRef("pk")).order_by("created_at", "id").values(json=fields)
