"""Which change of a role gives more than it had, and how it is kept until somebody confirms it. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

END = "valid_until"


def wider(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of `after` that gives more than `before`: a steward's flag, services, time.

    Empty services, and an end that is empty, are all of them and for good.
    """
    return {name: value for name, value in after.items() if _widens(name, before[name], value)}


def _widens(name: str, before: Any, after: Any) -> bool:
    if name == "organisation_steward":
        return bool(after) and not before
    if before is None or after is None:
        return before is not None
    return bool(after > before) if name == END else not set(after) <= set(before)


def kept(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes as JSON keeps them."""
    return {name: _text(value) if isinstance(value, datetime) else value for name, value in changes.items()}


def read(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes that `kept` has kept."""
    end = wanted.get(END)
    return {**wanted, END: datetime.fromisoformat(end)} if end else dict(wanted)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
