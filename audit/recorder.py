"""Writes entries: with what was done, on its own connection; or past the rollback, when it was denied."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import Error, connections, models

from audit.actor import By
from audit.canonical import Fact, claimed
from audit.entries import compose
from audit.models import Entry, Outcome

_COLUMNS = tuple(str(field.column) for field in Entry._meta.concrete_fields)
_NAMES = ", ".join(f'"{column}"' for column in _COLUMNS)
_INSERT = f'INSERT INTO "{Entry._meta.db_table}" ({_NAMES}) VALUES'


class AuditUnavailable(Exception):
    """The entry could not be written, so what it tells of must not happen: answer 503 and roll back."""


def record(by: By, verb: str, *, team: UUID | None, kind: str, object_id: str, **facts: Fact) -> None:
    """Write one success entry on `default`, in its transaction. For reads; changes go through `acts.act`."""
    write([compose(by, verb, team=team, kind=kind, object_id=object_id, given=facts)], using="default")


def record_list(
    by: By, verb: str, *, kind: str, ids_by_team: Mapping[UUID | None, Sequence[UUID]], **facts: Fact
) -> None:
    """Write what a list or search returned: an entry for each team with its ids, all in one INSERT.

    No team at all gives one entry in the national log; name a team without ids to have it there instead.
    """
    shares = ids_by_team or {None: ()}
    write(
        [
            compose(by, verb, team=team, kind=kind, object_ids=ids, given=facts)
            for team, ids in shares.items()
        ],
        using="default",
    )


def record_denied(
    by: By,
    verb: str,
    *,
    team: UUID | None,
    kind: str,
    object_id: str,
    code: str,
    outcome: Outcome = Outcome.DENIED,
    **facts: Fact,
) -> None:
    """Write a denied or failed attempt on `outside`, where the rollback of the request cannot reach it.

    `team` is the victim's team, None for an absent object. `object_id` may be whatever a stranger typed: what
    is neither a UUID nor a code becomes `malformed`. `code` is the code of the problem that was answered.
    """
    entry = compose(
        by, verb, team=team, kind=kind, object_id=claimed(object_id), outcome=outcome, code=code, given=facts
    )
    write([entry], using="outside")


def record_failed(
    by: By, verb: str, *, team: UUID | None, kind: str, object_id: str, code: str, **facts: Fact
) -> None:
    """Write on `default`, in its transaction, that something failed: after the rollback of what failed."""
    entry = compose(
        by, verb, team=team, kind=kind, object_id=object_id, outcome=Outcome.FAILED, code=code, given=facts
    )
    write([entry], using="default")


def kind_of(on: models.Model) -> str:
    """Return the word by which entries name objects of this class, such as `referral`."""
    return str(on._meta.model_name)


def write(entries: Sequence[Entry], *, using: str) -> None:
    """Put `entries` into the table with one INSERT and no RETURNING, which would need a right to read.

    Raises AuditUnavailable when the database refuses, whatever its reason.
    """
    row = f"({', '.join(['%s'] * len(_COLUMNS))})"
    said = [getattr(entry, column) for entry in entries for column in _COLUMNS]
    try:
        with connections[using].cursor() as cursor:
            cursor.execute(f"{_INSERT} {', '.join([row] * len(entries))}", said)
    except Error as error:
        raise AuditUnavailable("The audit entry could not be written.") from error
