"""Erasing: first the rows, then the key, then the word that it is done. A crash in between is finished later.

The rows are blanked in one transaction with their entry. Only when that stands is the key destroyed, together with the
line in the ledger; then the erasure says when. From the first moment on the case is gone for everybody.
"""

import logging
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction

from audit.acts import act
from backend import asker
from backend.cases.break_glass import database_now
from backend.cases.changing import author
from backend.cases.models import Case
from backend.encryption import ledger
from backend.erasure.asking import check_step, refuse_over
from backend.erasure.cases import blank, locked_for_erasure
from backend.erasure.models import BY_NOBODY, EXECUTE, Erasure, unfinished, waiting_for_execution
from backend.erasure.system import ERASURES
from backend.errors import Conflict
from permissions.actor import Actor
from permissions.scope import Forbidden

log = logging.getLogger("spona.erasure")
NOT_YET: Final = "erasure_key_not_destroyed_yet"


def execute(by: Actor, row: Erasure) -> None:
    """Erase the case of a confirmed erasure for good. One that was executed stays as it is.

    Raises NotFound, Forbidden for a machine and for who confirmed it, Conflict `not_confirmed`, `declined`, `lapsed`,
    and what the table of steps says of a case whose state has changed since.
    """
    by.require(EXECUTE, row)
    with locked_for_erasure(row.case_id) as case:
        row.refresh_from_db()
        if by.kind != "user" or row.confirmed_by == by.id:
            raise Forbidden
        if row.executed_at is not None:
            with act(by, "erasure.read", row):
                return
        _refuse_unconfirmed(row)
        check_step(case, reason=row.reason)
        _erase(by, row, case=case)


def _refuse_unconfirmed(row: Erasure) -> None:
    if row.confirmed_at is None and row.declined_at is None:
        raise Conflict("not_confirmed")
    refuse_over(row, waiting=waiting_for_execution())


def erase_by_policy(by: Actor, case: Case, *, reason: str, erasure_id: UUID | None = None) -> Erasure | None:
    """Erase without a person: because the time has come, or because the ledger says that it happened before.

    None where another was faster. The database checks the time once more (`spona.erase_case`).
    """
    if reason not in BY_NOBODY:
        raise ValueError(reason)
    with locked_for_erasure(case.pk) as locked:
        if Erasure.objects.filter(case_id=case.pk, executed_at__isnull=False).exists():
            return None
        row = _row(locked, reason=reason, erasure_id=erasure_id)
        _erase(by, row, case=locked)
    return row


def _row(case: Case, *, reason: str, erasure_id: UUID | None) -> Erasure:
    """Return the row to execute: the one that the ledger names, where this database still knows it."""
    known = Erasure.objects.filter(pk=erasure_id, case_id=case.pk).first() if erasure_id else None
    if known is not None and known.confirmed_at is not None and known.declined_at is None:
        return known
    named: dict[str, Any] = {} if erasure_id is None or known else {"id": erasure_id}
    return Erasure(case=case, team_id=case.team_id, reason=reason, requested_at=database_now(), **named)


def _erase(by: Actor, row: Erasure, *, case: Case) -> None:
    with act(by, "case.erased", team=case.team_id) as current, asker.working_as(asker.ERASURES):
        current.note(
            erasure=row.pk, reason=row.reason, requested_by=row.requested_by, confirmed_by=row.confirmed_by
        )
        current.on(case)
        row.executed_by, row.executed_at = author(by), database_now()
        row.save()
        row.counts = blank(case)
        row.save(update_fields=["counts"])
        transaction.on_commit(lambda: _finish_now(row.pk))


def _finish_now(erasure_id: UUID) -> None:
    """Destroy the key at once. Where the keys database does not answer, the worker's next round does it."""
    try:
        finish(erasure_id)
    except DatabaseError:
        log.warning(NOT_YET)


def finish(erasure_id: UUID) -> bool:
    """Destroy the key of an executed erasure and say so. False when that was done before. Safe to repeat.

    Outside any transaction: each of its two must stand by itself.
    """
    with asker.working_as(asker.ERASURES):
        with transaction.atomic():
            row = Erasure.objects.filter(unfinished(), pk=erasure_id).first()
        if row is None:
            return False
        ledger.destroy(owner_id=row.case_id, team_id=row.team_id, erasure_id=row.pk)
        with act(ERASURES, "case.key_destroyed", row) as current:
            if row.destroyed_at is None:
                row.destroyed_at = database_now()
                row.save(update_fields=["destroyed_at"])
            current.note(case=row.case_id)
    return True


def finish_all(by: Actor = ERASURES) -> int:
    """Finish what a crash left half done; returns how many. For the worker, and for the start."""
    del by
    with asker.working_as(asker.ERASURES), transaction.atomic():
        left = list(Erasure.objects.filter(unfinished()).order_by("executed_at").values_list("pk", flat=True))
    return sum(finish(pk) for pk in left)
