"""Backups as files: how ours are named, how old each is, and which of them must go. No database is asked.

An erasure promises the person that no backup of the keys outlives `retention.csv`. The age is told by the name, which
a copy keeps, and not by the file system, which forgets it.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from backend.erasure import periods

MAIN, KEYS = "main", "keys"
DAY: Final = timedelta(days=1)
_NAME: Final = re.compile(
    r"(?P<draft>\.)?spona-(?P<kind>main|keys)-(?P<at>\d{8}T\d{6}Z)\.dump(?(draft)\.partial)"
)
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


class Backup(NamedTuple):
    """One file of ours. A draft is what a run writes before it is whole; it holds rows all the same."""

    path: Path
    kind: str
    at: datetime
    draft: bool


def path_of(folder: Path, kind: str, *, at: datetime) -> Path:
    """Return the path of the backup of this database made at this moment (aware)."""
    return folder / f"spona-{kind}-{at.astimezone(UTC):{_MOMENT}}.dump"


def draft_of(path: Path) -> Path:
    """Return where a backup is written until it is whole."""
    return path.with_name(f".{path.name}.partial")


def read(path: Path) -> Backup | None:
    """Return what the name of a file says; None when it is none of ours."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path, found["kind"], at, bool(found["draft"]))


def ours(folder: Path) -> list[Backup]:
    """Return our files of a folder, the oldest first. Raises OSError."""
    found = (read(path) for path in folder.iterdir())
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def last_moment(kind: str, *, now: datetime) -> datetime:
    """Return the moment before which no backup of this database may have been made."""
    return periods.period(f"{kind}_backups").before(now)


def expired(folder: Path, kind: str, *, now: datetime) -> list[Path]:
    """Return what has to go: what would be too old before the next run, a day from now, and what a killed run left.

    Only the holder of the lock of this database may ask: a draft is then nobody's. Raises OSError.
    """
    oldest = last_moment(kind, now=now) + DAY
    return [one.path for one in ours(folder) if one.kind == kind and (one.draft or one.at < oldest)]


def due(folder: Path, kind: str, *, now: datetime) -> timedelta:
    """Return how long until the next backup, one each day; nothing when it is overdue. Raises OSError."""
    made = [one.at for one in ours(folder) if one.kind == kind and not one.draft]
    return max(made[-1] + DAY - now, timedelta()) if made else timedelta()


def lie_together(one: Path, other: Path) -> bool:
    """Say whether two folders are the same, or one is inside the other, links followed."""
    first, second = one.resolve(), other.resolve()
    return first == second or first in second.parents or second in first.parents
