"""What must remain open of a small count in each tier, and what is told of one that does not."""

from dataclasses import dataclass
from typing import Final

from backend.statistics.disclosure.masks import Tier


@dataclass(frozen=True, slots=True)
class Rule:
    """What a small count must keep: below `small` for the public, `of_others` for who knows a part."""

    small: int
    of_others: int
    width: int
    may_be_none: bool

    def met(self, low: float, high: float) -> bool:
        """Whether an interval leaves enough open."""
        return high - low >= self.width and not (self.may_be_none and low > 0)


RULES: Final[dict[Tier, Rule]] = {
    "B": Rule(small=5, of_others=5, width=3, may_be_none=False),
    "C": Rule(small=10, of_others=5, width=5, may_be_none=True),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A count that the attacker learns too well: its place, what he learns, and whose knowledge it takes.

    `because` names the numbers that tell most of it; `answered` is false when the solver gave no answer.
    """

    name: str
    low: int
    high: float
    organisation: str | None
    because: frozenset[str] = frozenset()
    answered: bool = True

    @property
    def learnt(self) -> str:
        """In one word, without the count: recovered, present or narrow; unsolved where the solver gave no answer."""
        if not self.answered:
            return "unsolved"
        return "recovered" if self.low == self.high else "present" if self.low > 0 else "narrow"
