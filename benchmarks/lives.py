"""The life of one case with its referrals, told step by step as the services write it down, into sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from audit.canonical import Fact, authenticate, canonical, facts
from audit.entries import FORMAT
from audit.models import Entry, written
from backend.cases import classes, codes, spoken
from backend.cases.content import Content
from backend.cases.facts import new_need, sorted_out
from backend.cases.models import (
    Case,
    CaseFacts,
    CaseGrant,
    Consent,
    ConsentRecipient,
    Disclosure,
    Notification,
)
from backend.cases.models.notifications import COORDINATOR, ORGANISATION
from backend.cases.need_states import FOLLOWING
from backend.cases.sealed_rows import FLOOR, label
from backend.demo.profiles import profile
from backend.encryption.cipher import FieldKey, Place, seal
from backend.encryption.keyring import Slot, wrap
from backend.encryption.models import WrappedKey
from backend.reference.working_days import BELGRADE
from benchmarks import towns
from benchmarks.copying import Sheets

VALID: Final = timedelta(days=180)
AGREED: Final = ("basic_profile", "needs", "health", "substance_use", "social")
NEEDS: Final = ("substance_treatment", "harm_reduction")
_SPREAD: Final = 0x9E3779B97F | 1
_BITS: Final = 40


@dataclass
class Pen:
    """What writes: the sheets, the chance, and the moment at which what is being told happened."""

    sheets: Sheets
    rng: Random
    now: datetime
    permission_id: int
    number: int = 0
    stride: int = 1

    def act(self, by: UUID, verb: str, *, at: datetime, team: UUID, kind: str, on: UUID, **said: Fact) -> str:
        """Write the entry of an act; return what its history rows say as their reason.

        The bytes are those of `audit.entries.compose`, which would take four times as long to check them.
        """
        shown: dict[str, Any] = dict.fromkeys(Entry.SHOWN, "") | {
            "id": str(self.sheets.new_id()),
            "log": str(team),
            "actor_id": str(by),
            "actor_kind": "user",
            "acting_for": None,
            "verb": verb,
            "object_kind": kind,
            "object_id": str(on),
            "outcome": "success",
            "request_id": self.sheets.new_id().hex,
        }
        request = {"route": f"/api/v1/{kind}s", "method": "GET" if verb.endswith(".read") else "POST"}
        told: dict[str, Any] = {"format": FORMAT, "object_ids": [], "facts": facts(said), **request}
        body = canonical({**shown, "at": written(at), **told})
        mac = authenticate(settings.SPONA_AUDIT_KEY, body)
        ids = {"id": UUID(shown["id"]), "log": team, "actor_id": by}
        self.sheets.put(Entry, {**shown, **ids, "at": at, "body": body, "mac": mac})
        return f"{verb} {shown['id']}"

    def code(self, prefix: str) -> str:
        """Return a code of a case that no other has: a number is spread over the forty bits instead of drawn."""
        digits: list[int] = []

        def choose(letters: Sequence[str]) -> str:
            if not digits:
                self.number += self.stride
                spread = self.number * _SPREAD % (1 << _BITS)
                digits.extend(spread >> shift & 31 for shift in range(0, _BITS, 5))
            return letters[digits.pop()]

        return codes.new_code(prefix, choose)


@dataclass
class Life:
    """One case while it is told: its row, its key, its facts and its consent."""

    pen: Pen
    town: towns.Town
    holder: towns.Place
    worker: UUID
    named: tuple[towns.Place, ...]
    row: dict[str, Any]
    key: FieldKey
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    contents: dict[str, Content] = field(default_factory=dict)
    consent_id: UUID | None = None
    until: datetime | None = None
    needs: tuple[UUID, ...] = ()

    @property
    def id(self) -> UUID:
        return UUID(str(self.row["id"]))

    def own(self, **values: Any) -> dict[str, Any]:
        """Return the values of a row of this case."""
        return {"case_id": self.row["id"], "team_id": self.town.team_id, **values}

    def seal(self, data_class: str, *, at: datetime, who: UUID, why: str) -> None:
        """Seal a class, for the first time or under its next revision, with its history."""
        before = self.facts.get(data_class)
        revision = 1 if before is None else before["revision"] + 1
        record = self.pen.sheets.new_id() if before is None else before["id"]
        envelope = seal(
            key=self.key,
            place=Place(self.id, record, label(data_class)),
            revision=revision,
            value=self.contents.get(data_class, Content()).packed(),
            floor=FLOOR,
        )
        values = self.own(
            id=record, data_class=data_class, envelope=envelope, revision=revision, version=revision
        )
        self.facts[data_class] = values
        sign = "+" if before is None else "~"
        self.pen.sheets.remember(CaseFacts, values, sign=sign, at=at, who=who, why=why)

    def settle(self, need_id: UUID, status: str, *, at: datetime, who: UUID, why: str) -> None:
        """Move a need where that step exists, as `backend.referrals.needs` does."""
        for data_class, content in self.contents.items():
            for need in content.needs:
                if need.id == need_id and status in FOLLOWING[need.status]:
                    moved = type(need)(need.id, need.code, status, need.recorded_for)
                    self.contents[data_class] = content.with_need(moved)
                    self.seal(data_class, at=at, who=who, why=why)
                    return

    def grant(self, place: towns.Place, reason: str, source_id: UUID, until: datetime | None = None) -> None:
        self.pen.sheets.add(
            CaseGrant,
            group_id=place.group_id,
            permission_id=self.pen.permission_id,
            content_object_id=self.id,
            team_id=self.town.team_id,
            reason=reason,
            source_id=source_id,
            until=until,
        )

    def tell(self, organisation_id: UUID, kind: str, *, at: datetime, **values: Any) -> None:
        """Leave a notification; older ones have been read."""
        old = at < self.pen.now - timedelta(days=7)
        usual = {"audience": ORGANISATION, "object_kind": "case", "object_id": self.id, "service_code": None}
        self.pen.sheets.add(
            Notification,
            team_id=self.town.team_id,
            organisation_id=organisation_id,
            kind=kind,
            at=at,
            read_at=at + timedelta(hours=5) if old else None,
            **usual | values,
        )

    def disclosed(self, place: towns.Place, data_classes: Sequence[str], *, at: datetime, to: UUID) -> None:
        self.pen.sheets.add(
            Disclosure,
            **self.own(organisation_id=place.id, referral_id=to, at=at, consent_id=self.consent_id),
            data_classes=sorted(data_classes),
            safeguarding_basis_id=None,
        )


def begin(pen: Pen, town: towns.Town, *, at: datetime) -> Life:
    """Open a case of the town at that moment: its key, its row, its sealed facts, its consent and its grants."""
    rng, sheets = pen.rng, pen.sheets
    holder = rng.choices(town.places[:3], (5, 3, 2))[0]
    worker, case_id = rng.choice(holder.workers), sheets.new_id()
    row = _row(pen, town, holder, case_id, at)
    life = Life(pen, town, holder, worker, _named(rng, town, holder), row, _key(pen, town, case_id, at))
    life.contents = _contents(rng, at)
    life.needs = tuple(need.id for content in life.contents.values() for need in content.needs)
    why = pen.act(
        worker, "case.opened", at=at, team=town.team_id, kind="case", on=case_id,
        organisation=holder.id, urgency=row["urgency"], classes=sorted(life.contents),
    )  # fmt: skip
    sheets.remember(Case, row, sign="+", at=at, who=worker, why=why)
    for data_class in classes.stored():
        life.seal(data_class, at=at, who=worker, why=why)
    _agree(life, at)
    for reason in ("opened", "holds"):
        life.grant(holder, reason, case_id)
    life.tell(holder.id, "case.opened", at=at, audience=COORDINATOR)
    return life


def finish(life: Life, *, closed: datetime | None) -> None:
    """Write what stands at the end: the case, closed where that is said, and the newest facts."""
    if closed is not None:
        who, team_id = life.town.coordinator, life.town.team_id
        why = life.pen.act(
            who, "case.closed", at=closed, team=team_id, kind="case", on=life.id, closure_reason="needs_met"
        )
        life.row |= {"status": "closed", "closure_reason": "needs_met", "version": 2}
        life.row["closed_on"] = closed.astimezone(BELGRADE).date()
        life.pen.sheets.remember(Case, life.row, sign="~", at=closed, who=who, why=why)
        life.tell(life.holder.id, "case.closed", at=closed)
        life.tell(life.holder.id, "case.closed", at=closed, audience=COORDINATOR)
    life.pen.sheets.put(Case, life.row)
    for values in life.facts.values():
        life.pen.sheets.put(CaseFacts, values)


def _row(pen: Pen, town: towns.Town, holder: towns.Place, case_id: UUID, at: datetime) -> dict[str, Any]:
    return {
        "id": case_id,
        "version": 1,
        "code": pen.code(town.prefix),
        "spoken_name": spoken.draw(pen.rng.choice),
        "team_id": town.team_id,
        "status": "active",
        "urgency": pen.rng.choices(("routine", "urgent"), (9, 1))[0],
        "opened_by_organisation_id": holder.id,
        "holder_organisation_id": holder.id,
        "opened_on": at.astimezone(BELGRADE).date(),
        "created_at": at,
    }


def _named(rng: Random, town: towns.Town, holder: towns.Place) -> tuple[towns.Place, ...]:
    others = [place for place in town.places[1:] if place is not holder]
    return tuple(rng.sample(others, 3))


def _key(pen: Pen, town: towns.Town, case_id: UUID, at: datetime) -> FieldKey:
    key = FieldKey(dek=pen.rng.randbytes(32), dek_id=pen.sheets.new_id(), generation=1)
    slot = Slot(owner_id=case_id, team_id=town.team_id, generation=1)
    pen.sheets.add(
        WrappedKey,
        id=key.dek_id,
        owner_id=case_id,
        team_id=town.team_id,
        generation=1,
        root_generation=1,
        wrapped=wrap(town.kek, dek=key.dek, slot=slot),
        created_at=at,
    )
    return key


def _contents(rng: Random, at: datetime) -> dict[str, Content]:
    items = profile(rng, year=at.year)
    contents = {
        name: Content().with_items(dict(part)) for name, part in sorted_out(items).items() if name in AGREED
    }
    for code in NEEDS:
        name = classes.need_class(code)
        contents[name] = contents.get(name, Content()).with_need(new_need(code, organisation_id=None))
    return contents


def _agree(life: Life, at: datetime) -> None:
    """Write the consent: to refer to the named organisations, in this order, for half a year."""
    life.consent_id, life.until = life.pen.sheets.new_id(), at + VALID
    shared: Mapping[str, Any] = life.own(data_classes=list(AGREED))
    life.pen.sheets.add(
        Consent,
        **shared,
        id=life.consent_id,
        purposes=["referral"],
        given_by="person",
        how="written",
        recorded_by=life.worker,
        recorded_for_id=life.holder.id,
        recorded_at=at,
        valid_from=at,
        valid_until=life.until,
    )
    for position, place in enumerate(life.named, start=1):
        life.pen.sheets.add(
            ConsentRecipient,
            **shared,
            consent_id=life.consent_id,
            organisation_id=place.id,
            position=position,
        )
