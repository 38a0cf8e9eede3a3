"""Rotates a root key: a new generation, then every data key of the team wrapped anew, online and in batches.

Whatever ended the last run, the next one goes on: rows that an older root wraps are what is left to do. A new
generation is made only where nothing is left over. Readers need no pause: they find either root's file.
"""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from audit import recorder
from backend.encryption import rewrapping
from backend.encryption.keyring import root_keys
from backend.encryption.models import WrappedKey
from backend.keys.system import CUSTODIAN, changing_keys
from permissions.actor import Actor

# Called with how many rows are done, and how many there were.
Progress = Callable[[int, int], None]


class Rotated(NamedTuple):
    """The generation that wraps now, how many rows were wrapped anew, and the ids of those that did not open."""

    generation: int
    done: int
    failed: tuple[UUID, ...]


class InUse(Exception):
    """A root key that cannot go: it is the newest, or rows are wrapped by it."""


def new_root(team_id: UUID | None, *, by: Actor = CUSTODIAN) -> int:
    """Make the next root key of a team (None: the platform) and return its generation. It wraps new data keys at once.

    Raises RootKeyUnusable where the folder cannot be written, AuditUnavailable.
    """
    roots = root_keys()
    generation = max(roots.generations(team_id), default=0) + 1
    _record(by, "key.root_made", team_id, generation=generation)
    roots.create(team_id, generation=generation)
    return generation


def rotate(team_id: UUID | None, *, progress: Progress, by: Actor = CUSTODIAN) -> Rotated:
    """Wrap every data key of a team under a new generation of its root; go on with a rotation that was cut off.

    Raises KeysBusy, RootKeyUnusable, AuditUnavailable.
    """
    with changing_keys():
        if not rewrapping.behind(team_id).exists() and _is_in_use(team_id):
            new_root(team_id, by=by)
        generation = root_keys().newest(team_id)
        done, failed = _rewrap(team_id, progress)
        _record(by, "key.rotated", team_id, generation=generation, done=done, failed=len(failed))
        return Rotated(generation, done, failed)


def _is_in_use(team_id: UUID | None) -> bool:
    """Say whether the newest root wraps anything: one that was just put in place is taken before the next is made."""
    newest = root_keys().newest(team_id)
    return WrappedKey.objects.using(rewrapping.KEYS).filter(team_id=team_id, root_generation=newest).exists()


def _rewrap(team_id: UUID | None, progress: Progress) -> tuple[int, tuple[UUID, ...]]:
    total, done = rewrapping.behind(team_id).count(), 0
    failed: tuple[UUID, ...] = ()
    batch = rewrapping.rewrap_batch(team_id)
    while batch is not None:
        done, failed = done + batch.done, (*failed, *batch.failed)
        progress(done, total)
        batch = rewrapping.rewrap_batch(team_id, after=batch.last)
    return done, failed


def retire(team_id: UUID | None, generation: int, *, by: Actor = CUSTODIAN) -> None:
    """Move the file of an old root aside, once nothing is wrapped by it. Its custodian destroys the copies.

    Raises InUse, KeysBusy, RootKeyUnusable where there is no such file, AuditUnavailable.
    """
    with changing_keys():
        if generation >= root_keys().newest(team_id):
            raise InUse("It is the newest: it wraps new data keys.")
        rows = WrappedKey.objects.using(rewrapping.KEYS).filter(team_id=team_id, root_generation=generation)
        if count := rows.count():
            raise InUse(f"{count} data keys are wrapped by it. `spona keys rotate` wraps them anew.")
        _record(by, "key.retired", team_id, generation=generation)
        root_keys().put_aside(team_id, generation)


def _record(by: Actor, verb: str, team_id: UUID | None, **facts: int) -> None:
    """Leave the entry in the log of the team and in the national one."""
    for log in dict.fromkeys((team_id, None)):
        recorder.record(
            by, verb, team=log, kind="team" if team_id else "", object_id=str(team_id or ""), **facts
        )
