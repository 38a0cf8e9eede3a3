"""One line of `spona doctor keys`: what was looked at and found, and how bad it is."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """WRONG ends with status 1; a WARNING is what cannot be told from here, or is right in some installations only."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "WRONG"


class Finding(NamedTuple):
    """What was found, in a sentence without a row, a password or a key."""

    level: Level
    text: str

    def __str__(self) -> str:
        return f"{self.level.value:<8} {self.text}"
