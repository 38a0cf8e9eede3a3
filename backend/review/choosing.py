"""Which of many candidates become items: at most 20 and 40 minutes a month in one queue, the riskiest first. Pure.

Fifteen places are for what the rules find, five for what is drawn by lot, so that neither takes the other's. They are
given out by the week: what comes late in a month still finds a place.
"""

import calendar
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID


@dataclass(frozen=True)
class Room:
    """So many items, in so many minutes."""

    items: int
    minutes: int

    def without(self, minutes: int) -> "Room":
        """Return what is left when one more item of `minutes` is in."""
        return Room(self.items - 1, self.minutes - minutes)

    def holds(self, minutes: int) -> bool:
        """Say whether one more item of `minutes` fits."""
        return self.items >= 1 and self.minutes >= minutes


FOUND: Final = Room(15, 35)
DRAWN: Final = Room(5, 5)
_AHEAD: Final = 6


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry that a rule names, with what an item says of it. `person` is who has to answer for it."""

    rule: str
    risk: int
    minutes: int
    entry_id: UUID
    bundle: str
    weight: int
    at: datetime
    verb: str
    person: UUID | None
    case: UUID | None

    @property
    def pressing(self) -> tuple[int, int, datetime, str]:
        """Return the key by which the most pressing sorts first."""
        return (-self.risk, -self.weight, self.at, str(self.entry_id))


def given_out(whole: Room, day: date) -> Room:
    """Return the part of a month's room that is open on `day`: what is due by then, and a week more."""
    days = calendar.monthrange(day.year, day.month)[1]
    part = min(days, day.day + _AHEAD) / days
    return Room(math.ceil(whole.items * part), math.ceil(whole.minutes * part))


def left(whole: Room, *, day: date, taken: Sequence[int]) -> Room:
    """Return what is left on `day` when items of so many minutes each are in already."""
    part = given_out(whole, day)
    return Room(part.items - len(taken), part.minutes - sum(taken))


def choose(candidates: Iterable[Candidate], room: Room | None) -> list[Candidate]:
    """Return the most pressing that fit into `room` (None: all), each entry and each bundle of a rule once."""
    chosen: list[Candidate] = []
    seen: set[object] = set()
    for one in sorted(candidates, key=lambda candidate: candidate.pressing):
        names = {one.entry_id, (one.rule, one.bundle)}
        if names & seen or (room is not None and not room.holds(one.minutes)):
            continue
        seen |= names
        chosen.append(one)
        room = room and room.without(one.minutes)
    return chosen
