"""What the guard says: the kind of an identifier and its place, never the identifier itself."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`start` and `end` are positions in the text as given, in code points.

    `action` is "block" for what is refused, "ask" for what may tell who somebody is and is asked about.
    """

    start: int
    end: int
    kind: str
    action: str


class IdentifierFound(Exception):
    """A text holds identifiers that may not be stored; `kinds` names them in order, each once."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self.kinds = tuple(dict.fromkeys(kinds))
        super().__init__(f"the text holds identifiers: {', '.join(self.kinds)}")
