"""Tells the database who asks: the second wall judges every row by what is said here, and by nothing else.

A request is asked by a person, whom the query that finds the account names to the database. A job and a command have
no person: they say under which name they work, and the name has policies of its own. All of it holds for one
transaction. Whoever says nothing sees no row of any case.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

from django.db import connections

ALIAS: Final = "default"
# The named jobs: what they may do stands in `permissions.rls`.
IMPORTS, APPOINTMENTS, LAPSES, DEPARTURES = "imports", "appointments", "lapses", "departures"
WITHDRAWALS, STEPS, CORRECTIONS, BREAK_GLASS = "withdrawals", "steps", "corrections", "breakglass"
DOCTOR, DEMO, REVIEWS = "doctor", "demo", "reviews"
REKEYING, INTEGRITY, ERASURES, DUPLICATES = "rekeying", "integrity", "erasures", "duplicates"
RIGHTS, MERGES = "rights", "merges"
FACTS, RELEASES, TRANSPARENCY = "facts", "releases", "transparency"
# The system accounts by which audit entries name the jobs.
ACCOUNTS: Final[Mapping[UUID, str]] = {
    UUID("00000000-0000-4000-8000-000000000101"): IMPORTS,
    UUID("00000000-0000-4000-8000-000000000102"): APPOINTMENTS,
    UUID("00000000-0000-4000-8000-000000000103"): LAPSES,
    UUID("00000000-0000-4000-8000-000000000104"): DEPARTURES,
    UUID("00000000-0000-4000-8000-000000000107"): REVIEWS,
    UUID("00000000-0000-4000-8000-000000000115"): RIGHTS,
    UUID("00000000-0000-4000-8000-000000000108"): REVIEWS,
    UUID("00000000-0000-4000-8000-000000000114"): DUPLICATES,
    UUID("00000000-0000-4000-8000-000000000118"): TRANSPARENCY,
    UUID("00000000-0000-4000-8000-000000000117"): RELEASES,
    UUID("5b0a0000-0000-4000-8000-000000000001"): WITHDRAWALS,
    UUID("5b0a0000-0000-4000-8000-000000000002"): LAPSES,
    UUID("5b0a0000-0000-4000-8000-000000000003"): APPOINTMENTS,
    UUID("5b0a0000-0000-4000-8000-000000000004"): DOCTOR,
    UUID("5b0a0000-0000-4000-8000-000000000005"): ERASURES,
    UUID("5b0a0000-0000-4000-8000-000000000021"): REKEYING,
    UUID("5b0a0000-0000-4000-8000-000000000022"): INTEGRITY,
    UUID("5b0a0000-0000-4000-8000-000000000024"): FACTS,
    UUID("00000000-0000-4000-8000-00000000d001"): DEMO,
}
# Under which job a process works that was told nothing. Only the tests put something here.
ambient: str = ""
_job: ContextVar[str | None] = ContextVar("job", default=None)


class Said(NamedTuple):
    """What the database was told in the running transaction."""

    user_id: UUID | None = None
    team_id: UUID | None = None
    job: str = ""


NOTHING: Final = Said()


class By(Protocol):
    """Whoever acts, as far as the database must know it."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def kind(self) -> str: ...


def job() -> str:
    """Return the name of the job under way; empty while a person asks, or nobody."""
    said = _job.get()
    return ambient if said is None else said


@contextmanager
def working_as(name: str) -> Iterator[None]:
    """Work under the name of a job until the block ends; in a transaction from now on, else from the next one."""
    token = _job.set(name)
    try:
        _say(_said()._replace(job=name))
        yield
    finally:
        _job.reset(token)
        _say(_said()._replace(job=job()))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Serve a request: until somebody is known, nobody asks."""
    token = _job.set("")
    try:
        yield
    finally:
        _job.reset(token)


def arrived(by: By, *, team_id: UUID | None = None) -> None:
    """Note who asks in this request. The query that found the account has said so already, in this transaction."""
    _say(Said(by.id, team_id))


def nobody_arrived() -> None:
    """Take back what the query of a session said: it lacks its second factor, so nobody asks."""
    _say(NOTHING)


def named_by_query(user_id: UUID, *, team_id: UUID | None = None) -> None:
    """Remember that a query of the running transaction has called `spona.enter`."""
    connection: Any = connections[ALIAS]
    if connection.in_atomic_block:
        connection.said = Said(user_id, team_id)


@contextmanager
def speaking_for(by: By) -> Iterator[None]:
    """Let `by` be the one who asks, inside a transaction; whoever asked before does again afterwards.

    A person who asks already goes on in whatever job a step of theirs has begun.
    """
    if by.kind == "system":
        name = ACCOUNTS.get(by.id) if by.id else None
        with working_as(name or job()):
            yield
        return
    before = _said()
    if before.user_id == by.id:
        yield
        return
    with asked_by(by.id):
        yield


@contextmanager
def asked_by(user_id: UUID | None) -> Iterator[None]:
    """Let one account be who asks, in no job, inside a transaction; whoever asked before does again afterwards."""
    before, token = _said(), _job.set("")
    try:
        _say(Said(user_id))
        yield
    finally:
        _job.reset(token)
        _say(before)


def _said() -> Said:
    connection: Any = connections[ALIAS]
    found: Said = connection.said
    return found


def _say(wanted: Said) -> None:
    """Tell the database, where it does not know and there is a transaction that can still be told."""
    connection: Any = connections[ALIAS]
    if connection.said != wanted and connection.in_atomic_block:
        connection.say(wanted)
