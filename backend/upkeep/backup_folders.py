"""Looks into the folders that hold backups: nothing older than was promised, something new, and nobody else's eyes."""

import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from backend.encryption.private_files import OTHERS
from backend.upkeep import kept_files
from backend.upkeep.kept_files import DAY, KEYS, MAIN
from backend.upkeep.said import Finding, Level

# Longer than a day, for a backup that is being made while somebody looks.
FRESH: Final = DAY + timedelta(hours=1)
DUMP, DRAFT = ".dump", ".partial"


def findings(folders: Mapping[str, str], *, root_keys: Path, now: datetime) -> Iterator[Finding]:
    """Yield a line for each folder (by `main` and `keys`; empty: not here), and one for how they lie."""
    for kind in (MAIN, KEYS):
        setting = f"SPONA_{kind.upper()}_BACKUP_DIR"
        if not folders[kind]:
            yield Finding(
                Level.WARNING,
                f"Backups of {kind}: {setting} is not configured here, so nothing was looked at.",
            )
            continue
        try:
            yield look(Path(folders[kind]), kind, now=now)
        except OSError as problem:
            text = f"Backups of {kind} in {folders[kind]}: cannot be looked at ({problem.strerror})."
            yield Finding(Level.WRONG, text)
    known = {kind: Path(folder) for kind, folder in folders.items() if folder}
    yield from _together(known, root_keys)


def look(folder: Path, kind: str, *, now: datetime) -> Finding:
    """Judge every file in a folder and below, whoever made it and however it is called. Raises OSError."""
    private = not folder.stat().st_mode & OTHERS
    files = {path: path.lstat() for path in folder.rglob("*") if not path.is_dir()}
    made = {path: _made(path, status.st_mtime) for path, status in files.items()}
    open_to_others = sum(stat.S_ISREG(one.st_mode) and bool(one.st_mode & OTHERS) for one in files.values())
    oldest = kept_files.last_moment(kind, now=now)
    backups = [at for path, at in made.items() if path.suffix == DUMP]
    faults = [
        "" if private else "the folder is open to other accounts",
        f"{open_to_others} files are open to other accounts" if open_to_others else "",
        _counted(sum(at < oldest for at in made.values()), f"older than {(now - oldest).days} days"),
        _counted(
            sum(p.suffix == DRAFT and at < now - DAY for p, at in made.items()),
            "left over by a run that was killed",
        ),
        "" if backups else "there is none",
        f"the newest is of {max(backups):%F %H:%M}, more than a day ago"
        if backups and max(backups) < now - FRESH
        else "",
    ]
    where = f"Backups of {kind} in {folder}"
    if any(faults):
        return Finding(Level.WRONG, f"{where}: {'; '.join(fault for fault in faults if fault)}.")
    return Finding(Level.OK, f"{where}: {len(backups)}, of {min(backups):%F} to {max(backups):%F %H:%M}.")


def _made(path: Path, changed: float) -> datetime:
    """Return when a file was made, by our name for it; for others by the file system."""
    found = kept_files.read(path)
    return found.at if found else datetime.fromtimestamp(changed, UTC)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count else ""


def _together(folders: Mapping[str, Path], root_keys: Path) -> Iterator[Finding]:
    for kind, folder in folders.items():
        if kept_files.lie_together(folder, root_keys):
            yield Finding(Level.WRONG, f"Backups of {kind} and the root keys are in one folder, {folder}.")
    if {MAIN, KEYS} - folders.keys():
        return
    if kept_files.lie_together(folders[MAIN], folders[KEYS]):
        yield Finding(Level.WRONG, "Backups of main and keys are in one folder, or one inside the other.")
    elif _disk(folders[MAIN]) == _disk(folders[KEYS]):
        yield Finding(Level.WARNING, "Backups of main and keys are in two folders of one file system.")
    else:
        yield Finding(Level.OK, "Backups of main and keys are on two file systems.")


def _disk(folder: Path) -> int | Path:
    try:
        return folder.stat().st_dev
    except OSError:
        return folder  # said above
