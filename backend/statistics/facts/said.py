"""What a case and its referrals say, opened and put in order: what facts are worked out from. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.cases.content import Need
from backend.cases.items import ItemValue


@dataclass(frozen=True, slots=True)
class State:
    """What the plain row of a case said from a moment on."""

    at: datetime
    status: str
    opener: UUID
    holder: UUID
    merged_into: UUID | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What one class of a case held from a moment on."""

    at: datetime
    data_class: str
    items: Mapping[str, ItemValue]
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a referral, by the moment in which it was recorded."""

    at: datetime
    verb: str
    source: str
    to: str
    reason: str = ""
    outcome: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A referral: what its row says for good, and its steps in their order.

    `service` is opened where it was sealed. Sectors and towns are those of its sides; "" where it has none.
    """

    requester: UUID
    recipient: UUID | None
    service: str
    urgency: str
    by_consent: bool
    contact_at: datetime | None = None
    need_id: UUID | None = None
    sector_from: str = ""
    sector_to: str = ""
    town: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person as a team knows them: a case, with those that were joined to it by then."""

    team_id: UUID
    town: str
    states: tuple[State, ...]
    revisions: tuple[Revision, ...] = ()
    referrals: tuple[Said, ...] = ()
    joined: tuple["Told", ...] = field(default_factory=tuple)
