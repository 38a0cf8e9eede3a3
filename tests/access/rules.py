"""One rule for each operation of openapi.yaml: which lines of the table open it, what its ids name, what is sent.

An operation without a rule fails the generator: whoever adds one says here what it reaches. Bodies are such that they
would be accepted, so that a door left open shows as a changed row. In them `@kind` is the id of the row of that kind
which belongs to the place that is tried (for the path's own object) or to the caller's own (for everything else).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.access.reach import SIGNED_IN

Needs = str | tuple[str, ...]
GIVES: Final = (
    "membership.manage",
    "membership.appoint_coordinator",
    "membership.invite_own",
    "role.appoint",
    "account.create",
)
VIEWS: Final = ("account.disable", "membership.invite_own", "case.assign")
ANSWER: Final = ("referral.answer", "referral.report_on_behalf")
PROGRESS: Final = ("referral.report_progress", "referral.report_on_behalf")
# What a name means, wherever it stands in a body or a filter.
NAMES: Final[Mapping[str, str]] = {
    "team": "team",
    "organisation": "organisation",
    "holder": "organisation",
    "recipient": "organisation",
    "requester": "organisation",
    "recorded_for": "organisation",
    "case": "case",
    "consent": "consent",
    "need": "need",
    "safeguarding_basis": "basis",
    "service": "service",
    "replaces": "referral",
    "user": "user",
    "person": "user",
    "membership": "member",
    "assigned_to": "user",
    "acting_for": "user",
    "username": "person",
    "question": "question",
    "fields": "field",
    "entry": "leaf",
}


@dataclass(frozen=True)
class Rule:
    """What one operation reaches. `path` says what each id of its path names, `shows` what its list is made of."""

    needs: Needs
    path: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    shows: str = ""
    # Names that mean something else here than they do everywhere else.
    names: Mapping[str, str] = field(default_factory=dict)
    # What a session gets and a machine never does, though both are signed in.
    people_only: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.needs,) if isinstance(self.needs, str) else self.needs


def on(kind: str, needs: Needs, body: Mapping[str, Any] | None = None, **more: str) -> Rule:
    """Return the rule of an operation on one object; `more` names the other ids of its path."""
    return Rule(needs, {"id": kind, **more}, body)


def listing(kind: str, needs: Needs) -> Rule:
    """Return the rule of a list."""
    return Rule(needs, shows=kind)


def adding(needs: Needs, body: Mapping[str, Any], **names: str) -> Rule:
    """Return the rule of a creation; `names` are those that mean something else here."""
    return Rule(needs, body=body, names=names)


def below(kind: str, needs: Needs, body: Mapping[str, Any] | None = None, shows: str = "") -> Rule:
    """Return the rule of a list or creation below one object, whose id has the name `<kind>_id`."""
    return Rule(needs, {f"{kind}_id": kind}, body, shows)


def public(body: Mapping[str, Any] | None = None) -> Rule:
    """Return the rule of an operation that asks nobody who they are."""
    return Rule(SIGNED_IN, body=body)
