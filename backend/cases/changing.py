"""What every change of a case asks first: is the caller's version the newest, and may the case still
change?
"""

from collections.abc import Iterable
from uuid import UUID

from backend.cases.lifecycle import ERASED, is_editable, legal_verbs
from backend.cases.models import Case
from backend.errors import Conflict, Fault, Gone, Invalid, Stale
from backend.teams.models.base import Versioned
from permissions.actor import Actor
from permissions.scope import Forbidden


def check_version(row: Versioned, version: int | None) -> None:
    """Raise Stale unless the locked row still has the version that the caller read (None: did not say)."""
    if version is not None and row.version != version:
        raise Stale


def check_not_erased(case: Case) -> None:
    """Raise Gone for an erased case: nothing in it can be read or written any more."""
    if case.status == ERASED:
        raise Gone


def check_open(case: Case) -> None:
    """Raise Conflict `case_closed` unless facts of the case may change."""
    check_not_erased(case)
    if not is_editable(case.status):
        raise Conflict("case_closed", legal=legal_verbs(case.status))


def touch(case: Case) -> None:
    """Count a change of the facts in the case's own version: it is the ETag of all that is read with it."""
    case.save()


def author(by: Actor) -> UUID:
    """Return who is to stand as the author of a row. Raises Forbidden for somebody without an id."""
    if by.id is None:
        raise Forbidden
    return by.id


def refuse(found: Iterable[Fault]) -> None:
    """Raise Invalid with all faults, when there is any."""
    faults = tuple(found)
    if faults:
        raise Invalid(*faults)
