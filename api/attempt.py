"""What is known about the request under way, for whoever has to account for it once its transaction is gone."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from backend.encryption.envelope import IntegrityFailure
from permissions.actor import Actor

ANONYMOUS = Actor(id=None, kind="anonymous")


@dataclass(frozen=True)
class Target:
    """The object that was asked for: its model and the id or code as it stood in the path or body."""

    model: type[Model]
    key: str


@dataclass(frozen=True)
class Allowance:
    """What is left of a rate limit: `limit` calls in `window` seconds, `left` of them for `reset` seconds more."""

    scope: str
    limit: int
    window: int
    left: int
    reset: int


@dataclass
class Attempt:
    """Filled while the request runs: `verb` and `target` by the view, `denied` by the error handler."""

    request_id: str = ""
    by: Actor = ANONYMOUS
    # A second factor that is enough for these roles was shown in this session just now.
    fresh: bool = False
    verb: str = "request.made"
    target: Target | None = None
    # A foreign or absent id in the body, refused as 422: it is a probe as much as one in the path.
    probed: Target | None = None
    # The same, found by a service. Which object was meant is worked out from the shape of the body, where that says it.
    guessed: bool = False
    shape: Any = None
    denied: str = ""
    # Something sealed did not open: this names where, as far as the vault knows.
    broken: IntegrityFailure | None = None
    throttled: bool = False
    allowance: Allowance | None = None
    facts: dict[str, str] = field(default_factory=dict)


current: ContextVar[Attempt] = ContextVar("attempt")


def attempt() -> Attempt:
    """Return the attempt under way; outside a request a blank one."""
    found = current.get(None)
    if found is None:
        found = Attempt()
        current.set(found)
    return found
