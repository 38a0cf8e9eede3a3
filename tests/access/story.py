"""What a story of the access matrix is: the ids of its rows, and the marks by which a leak of one is known."""

from dataclasses import dataclass, field
from typing import Any, Final

from backend.teams.models import Organisation, User
from tests.access.reach import ELSEWHERE, EXCLUDED, GONE, NEIGHBOUR, OWN
from tests.world import Town

# Words that no message, label or other test has: in narratives, in questions, and in what a look was for.
MARKS: Final = {
    OWN: ("svitkovina", "brezovina", "tisovinar"),
    NEIGHBOUR: ("vodomarnica", "jasikovina", "drenovinar"),
    ELSEWHERE: ("zlatokrilina", "orahovina", "klenovinar"),
    GONE: ("pepeljarka", "kruškovina", "glogovinar"),
    EXCLUDED: ("magličasta", "lipovinar", "bukvarina"),
}


@dataclass
class Story:
    """One case and all that hangs on it: the id of each kind, its version, and every mark by which it is known."""

    place: str
    ids: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    marks: dict[str, set[str]] = field(default_factory=dict)

    def put(self, kind: str, row: Any, *more: str) -> None:
        """Take down a row, and further texts that betray it."""
        self.ids[kind] = str(row.pk)
        self.versions[kind] = getattr(row, "version", 1)
        self.marks.setdefault(kind, set()).update((str(row.pk), *more))


@dataclass(frozen=True)
class Sides:
    """Who opens the case of a story, and to whom it is referred."""

    town: Town
    opener: Organisation
    worker: User
    recipient: Organisation
    answers: User
