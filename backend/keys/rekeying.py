"""Gives cases a new data key and seals all of theirs again under it, while everybody goes on reading and writing.

Three things may still hold what was there before, and none is asked to wait: a reader with an old envelope, a writer
that looked the old key up, a writer that read a row and will copy its envelopes into a history. All of it lives no
longer than a transaction. So after the new keys are stored, and after everything found was sealed again, the open
transactions are waited for; a search that then finds nothing under an old key finds all there will ever be, and the
old keys are destroyed. A search that finds something begins again.

A run that is killed is taken up by the next one: cases with two data keys are what is left to do.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID

from django.db import OperationalError, connection

from audit.acts import act
from backend.cases import integrity
from backend.cases.models import Case
from backend.encryption import generations, vault
from backend.errors import NotFound
from backend.keys import envelopes, waiting
from backend.keys.envelopes import Found
from backend.keys.rotation import Progress
from backend.keys.system import CUSTODIAN, as_custodian, changing_keys
from permissions.actor import Actor

BATCH: Final = 200
PURPOSE: Final = "rekeying"
# Less than PostgreSQL waits before it looks for a deadlock: it is we who give way, never a person's request.
GIVES_WAY: Final = "SET LOCAL lock_timeout = '300ms'"
TRIES: Final = 200


class Rekeyed(NamedTuple):
    """How many cases have a new key, how many envelopes were sealed again, and what does not open and stays."""

    cases: int
    envelopes: int
    failed: tuple[Found, ...]
    destroyed: int

    def and_(self, more: "Rekeyed") -> "Rekeyed":
        """Return both together."""
        return Rekeyed(
            self.cases + more.cases,
            self.envelopes + more.envelopes,
            (*self.failed, *more.failed),
            self.destroyed + more.destroyed,
        )


def rekey(
    case_ids: Collection[UUID], *, progress: Progress, keep_old: bool = False, by: Actor = CUSTODIAN
) -> Rekeyed:
    """Give these cases a new data key, or end what an earlier run began for some of them.

    With `keep_old` the old keys stay until the next run without it: a backup of the main database that is older than
    the run can be read only as long as they are there. The old keys of a case in which something does not open stay.
    Raises KeysBusy, StillOpen, RootKeyUnusable, AuditUnavailable.
    """
    with changing_keys():
        left = generations.unfinished(case_ids) or generations.add(case_ids)
        total = Rekeyed(0, 0, (), 0)
        for few in _batches(left):
            done = _Run(few, by).finish(keep_old=keep_old)
            total = total.and_(done)
            progress(total.cases, len(left))
        return total


def _batches(ids: Sequence[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


class _Run:
    """One batch of cases, whose new keys are stored."""

    def __init__(self, case_ids: Sequence[UUID], by: Actor) -> None:
        self._by = by
        held = generations.of_owners(case_ids)
        self._newest = {owner: rows[-1].id for owner, rows in held.items()}
        self._failed: dict[tuple[str, UUID], Found] = {}

    def finish(self, *, keep_old: bool) -> Rekeyed:
        """Seal until a search after a wait finds nothing, then destroy the old keys of whatever is whole."""
        done = 0
        waiting.until_all_have_ended()
        while found := self._search():
            done += sum(self._seal_case(case_id, rows) for case_id, rows in _by_case(found))
            waiting.until_all_have_ended()
        broken = {one.case_id for one in self._failed.values()}
        whole = [] if keep_old else sorted(self._newest.keys() - broken)
        destroyed = generations.destroy_old(whole)
        for one in self._failed.values():
            integrity.report(self._by, one.where, verb="case.rekeyed")
        return Rekeyed(len(self._newest), done, tuple(self._failed.values()), destroyed)

    def _search(self) -> list[Found]:
        with as_custodian():
            found = envelopes.not_under(self._newest)
            return [one for one in found if (one.column.name, one.key) not in self._failed]

    def _seal_case(self, case_id: UUID, found: Sequence[Found]) -> int:
        """Seal one case, trying again when somebody is in the way."""
        for _ in range(TRIES):
            try:
                return self._seal_locked(case_id, found)
            except OperationalError:
                time.sleep(0.01)
            except (vault.KeyGone, NotFound):  # erased meanwhile: there is nothing left to seal
                self._newest.pop(case_id, None)
                return 0
        raise waiting.StillOpen

    def _seal_locked(self, case_id: UUID, found: Sequence[Found]) -> int:
        with as_custodian(), vault.lookup([case_id]):
            with connection.cursor() as cursor:
                cursor.execute(GIVES_WAY)
            case = Case.objects.filter(pk=case_id).first()
            with act(self._by, "case.rekeyed", case, purpose=PURPOSE) as current:
                done, failed = envelopes.seal_anew(found)
                current.note(envelopes=done, failed=len(failed))
        self._failed |= {(one.column.name, one.key): one for one in failed}
        return done


def _by_case(found: Iterable[Found]) -> Iterator[tuple[UUID, list[Found]]]:
    ordered = sorted(found, key=lambda one: one.case_id)
    for case_id, rows in groupby(ordered, key=lambda one: one.case_id):
        yield case_id, list(rows)
