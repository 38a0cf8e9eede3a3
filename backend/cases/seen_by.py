"""Access explained: who can see a case now, by which chain of reasons, and when each link of it ends.

A chain: somebody's live membership, the agreement or memorandum it rests on, and the reason on the case (a grant,
the coordination of the team, or a break-glass). Everything is judged by the database's clock, nothing is opened.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Now

from backend.cases.models import BreakGlass, Case, CaseGrant, ConsentRecipient, SafeguardingBasis
from backend.cases.models.case import HOLDS, OPENED, REFERRAL_RECEIVED
from backend.cases.models.looks import live_look
from backend.cases.shut_out import organisations_out_of, people_out_of
from backend.cases.standing import BREAK_GLASS, COORDINATION, Standing, of_live_consent, opened_by
from backend.cases.terms import in_order
from backend.teams.actors import live_memberships
from backend.teams.models import ActingSpell, Membership, Memorandum, SharingAgreement
from backend.teams.models.base import live
from permissions import grants, scope
from permissions.actor import Actor
from permissions.seats import Seat

HISTORY: Final = "case.access_history"
VIEW: Final = "case.view_coded"


@dataclass(frozen=True, slots=True)
class Link:
    """What a chain rests on: a sharing agreement or a memorandum, until when (None: no end is set)."""

    kind: str
    id: UUID
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the end of a chain, with the membership that puts them there."""

    user_id: UUID
    role: str
    acting: bool
    membership_id: UUID
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Sight:
    """One chain: a side that sees the case, for one reason, with those of its people who do.

    Coordination and break-glass go with the person: their colleagues see nothing by it.
    """

    reason: str
    organisation_id: UUID | None
    source_id: UUID | None
    until: datetime | None
    data_classes: tuple[str, ...]
    rests_on: tuple[Link, ...]
    people: tuple[Person, ...]


def seen_by(case: Case) -> list[Sight]:
    """Return every chain by which somebody sees `case` now. The caller decides who is shown which of them."""
    reasons = list(_grants(case))
    out = organisations_out_of(case.pk, {organisation_id for organisation_id, _ in reasons})
    reasons = [one for one in reasons if one[0] not in out]
    members = list(_members(case, {organisation_id for organisation_id, _ in reasons}))
    links = _links(case, {one.organisation_id for one in members})
    ledgers = _Ledgers.of(case)
    found = [
        *_by_coordination(case, members, ledgers),
        *_by_grant(case, reasons, members, ledgers),
        *_by_look(case, members),
    ]
    return [replace(one, rests_on=links.get(one.organisation_id, ())) for one in found]


def narrowed(sights: Iterable[Sight], by: Actor, *, case: Case, stands: Standing) -> list[Sight]:
    """Return what `by` may know of it: all who coordinates; whoever holds the case what their own classes tell.

    To whom a class is open says as much as the class, so a chain shows without the classes that are closed to the
    reader, and to a holder not at all. Everybody else knows of the own side alone.
    """
    seats = [seat for seat in by.seats_for(HISTORY) if seat.team_id == case.team_id]
    if not seats:
        return []
    if any(seat.word(HISTORY) == "yes" for seat in seats):
        return [_without_closed(one, stands) for one in sights]
    holds = any(one.reason in {HOLDS, OPENED} for one in stands.reasons)
    return [shown for one in sights if (shown := _for_side(one, by, stands, holds=holds))]


def of_one(sights: Iterable[Sight], user_id: UUID) -> list[Sight]:
    """Return the chains at whose end this person stands, without the others there."""
    return [
        replace(one, people=people)
        for one in sights
        if (people := tuple(person for person in one.people if person.user_id == user_id))
    ]


def _without_closed(one: Sight, stands: Standing) -> Sight:
    if one.reason == BREAK_GLASS:
        return one
    return replace(one, data_classes=tuple(code for code in one.data_classes if code in stands.data_classes))


def _for_side(one: Sight, by: Actor, stands: Standing, *, holds: bool) -> Sight | None:
    if one.reason == BREAK_GLASS:
        return one if any(person.user_id == by.id for person in one.people) else None
    if one.organisation_id in stands.organisations:
        return one if one.reason != COORDINATION or holds else None
    known = holds and set(one.data_classes) <= stands.data_classes
    return replace(one, people=()) if known else None


def _grants(case: Case) -> Iterator[tuple[UUID, Mapping[str, Any]]]:
    rows = CaseGrant.objects.filter(
        grants.live(), content_object_id=case.pk, permission__codename=grants.SEES_CASE
    )
    for row in rows.order_by("reason", "source_id", "pk").values(
        "group__name", "reason", "source_id", "until"
    ):
        organisation_id = UUID(row["group__name"].split(":")[1])
        if row["group__name"] == grants.group_name(organisation_id=organisation_id, team_id=case.team_id):
            yield organisation_id, row


def _members(case: Case, organisations: set[UUID]) -> Iterator[Membership]:
    """Yield the live memberships that may see something here: of these organisations, and those who coordinate."""
    here = Q(team_id=case.team_id, organisation__isnull=False)
    partners = Q(role="partner_worker", organisation_id__in=organisations)
    acting = ActingSpell.objects.filter(live(), membership_id=OuterRef("pk"))
    rows = live_memberships().filter(here | partners).annotate(acting=Exists(acting))
    rows = rows.exclude(people_out_of(case.pk, user="user_id"))
    yield from rows.order_by("role", "valid_from", "pk")


def _links(case: Case, organisations: set[UUID | None]) -> dict[UUID | None, tuple[Link, ...]]:
    named = {"organisation_id__in": [one for one in organisations if one]}
    agreements = SharingAgreement.objects.filter(live(), team_id=case.team_id, **named)
    memoranda = Memorandum.objects.filter(live(), **named)
    columns = ("pk", "organisation_id", "valid_until")
    rows = agreements.annotate(kind=Value("sharing_agreement")).values_list("kind", *columns)
    both = rows.union(memoranda.annotate(kind=Value("memorandum")).values_list("kind", *columns), all=True)
    found: dict[UUID | None, tuple[Link, ...]] = {}
    for kind, pk, organisation_id, until in sorted(both, key=_first_agreements):
        found[organisation_id] = (*found.get(organisation_id, ()), Link(kind, pk, until))
    return found


def _first_agreements(row: tuple[str, UUID, UUID, datetime | None]) -> tuple[bool, UUID]:
    return row[0] == "memorandum", row[1]


@dataclass(frozen=True, slots=True)
class _Ledgers:
    """The live consents and exceptions of the case by the organisation they name."""

    consents: Mapping[UUID, list[dict[str, Any]]]
    bases: Mapping[UUID, list[dict[str, Any]]]

    @classmethod
    def of(cls, case: Case) -> "_Ledgers":
        consents: dict[UUID, list[dict[str, Any]]] = {}
        for row in ConsentRecipient.objects.filter(of_live_consent(), case_id=case.pk).values(
            "organisation_id", "data_classes", "consent__purposes"
        ):
            said = {"classes": row["data_classes"], "purposes": row["consent__purposes"]}
            consents.setdefault(row["organisation_id"], []).append(said)
        bases: dict[UUID, list[dict[str, Any]]] = {}
        terms: dict[str, Any]
        live_bases = SafeguardingBasis.objects.filter(
            case_id=case.pk, recipient__isnull=False, valid_until__gt=Now()
        )
        for one in live_bases:
            terms = {"classes": one.data_classes, "basis": one.basis, "confirmed": one.confirmed_by}
            bases.setdefault(one.recipient_id, []).append(terms)  # type: ignore[arg-type]  # none is left out
        return cls(consents, bases)

    def classes(self, reason: str, organisation_id: UUID | None) -> tuple[str, ...]:
        """Return the classes that open to a side for one reason, in the order of the list."""
        named = organisation_id or UUID(int=0)
        opened = opened_by({reason}, consents=self.consents.get(named, ()), bases=self.bases.get(named, ()))
        return in_order(opened)


def _by_coordination(case: Case, members: list[Membership], ledgers: _Ledgers) -> Iterator[Sight]:
    chairs = [one for one in members if one.team_id == case.team_id and _seat(one).word(VIEW) == "yes"]
    for organisation_id in dict.fromkeys(one.organisation_id for one in chairs):
        people = tuple(_person(one) for one in chairs if one.organisation_id == organisation_id)
        classes = ledgers.classes(COORDINATION, organisation_id)
        yield Sight(COORDINATION, organisation_id, None, None, classes, (), people)


def _by_grant(
    case: Case,
    reasons: list[tuple[UUID, Mapping[str, Any]]],
    members: list[Membership],
    ledgers: _Ledgers,
) -> Iterator[Sight]:
    services = _services(case) if any(one.services is not None for one in members) else {}
    for organisation_id, row in reasons:
        people = tuple(
            _person(one)
            for one in members
            if one.organisation_id == organisation_id and _reaches(one, row, services)
        )
        if people:
            classes = ledgers.classes(row["reason"], organisation_id)
            yield Sight(row["reason"], organisation_id, row["source_id"], row["until"], classes, (), people)


def _services(case: Case) -> dict[UUID, str]:
    """Return the service of each referral. The referral stands a floor above: reached by the name of its relation."""
    rows = Case.objects.filter(pk=case.pk, referral_set__isnull=False)
    return dict(rows.values_list("referral_set__pk", "referral_set__service_code"))


def _reaches(one: Membership, row: Mapping[str, Any], services: Mapping[UUID, str]) -> bool:
    if one.services is None or row["reason"] != REFERRAL_RECEIVED:
        return True
    return services.get(row["source_id"]) in one.services


def _by_look(case: Case, members: list[Membership]) -> Iterator[Sight]:
    able = [one for one in members if one.team_id and _seat(one).word(scope.BREAK_GLASS) != "no"]
    classes = in_order(opened_by({BREAK_GLASS}, consents=(), bases=()))
    for look in BreakGlass.objects.filter(live_look(), case_id=case.pk).order_by("starts_at", "pk"):
        held = [one for one in able if one.user_id == look.person_id]
        if held:
            side, person = held[0].organisation_id, _person(held[0])
            yield Sight(BREAK_GLASS, side, look.pk, look.ends_at, classes, (), (person,))


def _seat(one: Membership) -> Seat:
    return Seat(role=one.role, team_id=one.team_id, acting=getattr(one, "acting", False))


def _person(one: Membership) -> Person:
    return Person(one.user_id, one.role, _seat(one).acting, one.pk, one.valid_until)
