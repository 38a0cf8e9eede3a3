"""What the acts of this floor and the directory share: who needs which permission, and changing a row."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from audit.acts import act
from backend.errors import Stale
from backend.teams.models.base import Versioned
from permissions.actor import Actor
from permissions.scope import Forbidden


def needed(by: Actor, action: str) -> str | None:
    """Return the permission an act needs. A named job of ours (`kind="system"`) does only what its own code
    does, so
    it is asked for none; no request can come as one.
    """
    return None if by.kind == "system" else action


def signed(by: Actor) -> UUID:
    """Return the id of a person who acts. Raises Forbidden for nobody."""
    if by.id is None:
        raise Forbidden
    return by.id


def as_steward(by: Actor) -> Actor:
    """Return `by` with only the seats that carry the steward's flag."""
    return replace(by, seats=tuple(seat for seat in by.seats if seat.steward))


def change(
    by: Actor,
    on: Versioned,
    *,
    verb: str,
    needs: str,
    changes: Mapping[str, object],
    version: int | None = None,
) -> None:
    """Set the fields named in `changes` in one act. Raises Stale when `version` is not the row's any more.

    The audit entry names the fields, never their values.
    """
    with act(by, verb, on, needs=needed(by, needs), fields=sorted(changes)):
        if version is not None and on.version != version:
            raise Stale
        for name, value in changes.items():
            setattr(on, name, value)
        on.save()
