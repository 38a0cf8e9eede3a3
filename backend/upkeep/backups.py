"""Makes a backup of one of the two databases: whole under its name or not there, told to the audit, old ones removed.

What is too old goes whether or not a new one was made: an erasure promised so, and a broken disk changes no promise.
"""

import os
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from audit import recorder
from backend.encryption.private_files import OTHERS
from backend.environment import env, is_set
from backend.locks import alone
from backend.upkeep import dumping, kept_files
from backend.upkeep.dumping import BackupFailed
from backend.upkeep.kept_files import KEYS, MAIN
from permissions.actor import Actor

BACKUPS: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000023"), kind="system")
ADDRESSES: Final = {MAIN: "SPONA_BACKUP_DATABASE_URL", KEYS: "SPONA_KEYS_BACKUP_DATABASE_URL"}


class Made(NamedTuple):
    """The new file, its size in bytes, and how many old ones went."""

    path: Path
    size: int
    removed: int


def make(kind: str, *, folder: Path, address: str) -> Made:
    """Back up the database `main` or `keys` into this folder. Raises BackupFailed, AuditUnavailable."""
    refuse_folder(folder, kind)
    with alone(f"backup {kind}") as mine:
        if not mine:
            raise BackupFailed(f"Another `spona backup {kind}` is at work.")
        now, removed = timezone.now(), 0
        try:
            path, size = _written(kind, folder=folder, address=address, now=now)
        finally:
            removed = _remove(kind, folder=folder, now=now)
        return Made(path, size, removed)


def address_of(kind: str) -> str:
    """Return where this database is backed up from, and as whom. Raises BackupFailed when nothing says so."""
    if not is_set(ADDRESSES[kind]):
        raise BackupFailed(f"{ADDRESSES[kind]} is not set: the address of the database, as spona_backup.")
    return env(ADDRESSES[kind])


def folder_of(kind: str) -> Path | None:
    """Return the folder that the settings name for backups of this database."""
    named: str = settings.SPONA_BACKUP_DIRS[kind]
    return Path(named) if named else None


def refuse_folder(folder: Path, kind: str) -> None:
    """Raise BackupFailed for a folder that is not there or not private, or that holds what must lie apart."""
    other = KEYS if kind == MAIN else MAIN
    try:
        status = folder.stat()
        strangers = [one for one in kept_files.ours(folder) if one.kind == other]
    except OSError as problem:
        raise BackupFailed(f"{folder} cannot be used: {problem.strerror}.") from problem
    if status.st_mode & OTHERS:
        raise BackupFailed(
            f"{folder} is open to other accounts (mode {stat.S_IMODE(status.st_mode):o}, not 700)."
        )
    apart = folder_of(other)
    if strangers or (apart is not None and kept_files.lie_together(folder, apart)):
        raise BackupFailed(f"{folder} is where backups of the other database are. They must lie apart.")
    if kept_files.lie_together(folder, Path(settings.SPONA_KEYS_DIR)):
        raise BackupFailed(f"{folder} is where the root keys are. They must lie apart.")


def _written(kind: str, *, folder: Path, address: str, now: datetime) -> tuple[Path, int]:
    """Write a draft, tell the audit, and only then give the file its name."""
    dumping.refuse_a_blind_role(address)
    path = kept_files.path_of(folder, kind, at=now)
    draft = kept_files.draft_of(path)
    try:
        if path.exists():
            raise BackupFailed(f"{path} is there already.")
        size = _drafted(draft, address)
        _record("backup.made", kind, size=size)
        draft.rename(path)
        _sync(folder)
    except OSError as problem:
        raise BackupFailed(f"{folder}: {problem.strerror}.") from problem
    finally:
        draft.unlink(missing_ok=True)
    return path, size


def _drafted(draft: Path, address: str) -> int:
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        dumping.dump(address, into=handle)
        os.fsync(handle)
        return os.fstat(handle).st_size
    finally:
        os.close(handle)


def _remove(kind: str, *, folder: Path, now: datetime) -> int:
    try:
        gone: Sequence[Path] = kept_files.expired(folder, kind, now=now)
        if gone:
            _record("backup.removed", kind, files=len(gone))
        for path in gone:
            path.unlink(missing_ok=True)
    except OSError as problem:
        raise BackupFailed(f"Old backups in {folder} could not be removed: {problem.strerror}.") from problem
    return len(gone)


def _record(verb: str, kind: str, **facts: int) -> None:
    recorder.record(BACKUPS, verb, team=None, kind="", object_id="", database=kind, **facts)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
