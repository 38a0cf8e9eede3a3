"""After a restored backup: what the ledger remembers and the main database does not, and the other way round.

Three sets decide: what the ledger says (L), what the main database says is executed (M), and of that what it says is
destroyed (D). A crash leaves L between D and M, and the worker finishes it. Anything else is a restored backup.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from audit.acts import act
from backend import asker
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case
from backend.encryption import ledger
from backend.erasure import team_keys
from backend.erasure.executing import erase_by_policy, finish, finish_all
from backend.erasure.models import LEDGER_REPLAY, Erasure, KeyDestruction
from backend.erasure.system import RESTORES
from backend.teams.models import Team

AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Outstanding:
    """What does not agree: cases and teams that are erased on one side only. Empty is what should come."""

    cases_of_older_main: tuple[UUID, ...] = ()
    cases_of_older_keys: tuple[UUID, ...] = ()
    teams_of_older_main: tuple[UUID, ...] = ()
    teams_of_older_keys: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        return any(
            (
                self.cases_of_older_main,
                self.cases_of_older_keys,
                self.teams_of_older_main,
                self.teams_of_older_keys,
            )
        )


def outstanding() -> Outstanding:
    """Compare both databases. A few queries, whatever the number of cases that were never erased."""
    cases, teams = set(ledger.entries(kind=ledger.CASE)), set(ledger.entries(kind=ledger.TEAM))
    with asker.working_as(asker.ERASURES), transaction.atomic():
        destroyed = set(Erasure.objects.filter(destroyed_at__isnull=False).values_list("case_id", flat=True))
        killed = set(
            KeyDestruction.objects.filter(destroyed_at__isnull=False).values_list("team_id", flat=True)
        )
        return Outstanding(
            cases_of_older_main=tuple(_still_there(cases)),
            cases_of_older_keys=tuple(sorted(destroyed - cases)),
            teams_of_older_main=tuple(_still_open(teams)),
            teams_of_older_keys=tuple(sorted(killed - teams)),
        )


def _batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    yield from (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _still_there(erased: Iterable[UUID]) -> Iterator[UUID]:
    for some in _batches(sorted(erased)):
        rows = Case.objects.filter(pk__in=some).exclude(status=ERASED).order_by("pk")
        yield from rows.values_list("pk", flat=True)


def _still_open(killed: Iterable[UUID]) -> Iterator[UUID]:
    rows = Team.objects.filter(pk__in=sorted(killed), keys_destroyed_at=None).order_by("pk")
    yield from rows.values_list("pk", flat=True)


def replay() -> Outstanding:
    """Bring both databases to where the later of them was; returns what was done. Safe to repeat, and to interrupt."""
    finish_all()
    team_keys.finish_all()
    found = outstanding()
    _replay_teams(found)
    remembered = ledger.entries(kind=ledger.CASE)
    for case_id in found.cases_of_older_main:
        _erase_again(case_id, erasure_id=remembered[case_id].erasure_id)
    for case_id in found.cases_of_older_keys:
        _destroy_again(case_id)
    return found


def _erase_again(case_id: UUID, *, erasure_id: UUID) -> None:
    with asker.working_as(asker.ERASURES):
        with transaction.atomic():
            case = Case.objects.get(pk=case_id)
            row = erase_by_policy(RESTORES, case, reason=LEDGER_REPLAY, erasure_id=erasure_id)
        if row is not None:
            finish(row.pk)


def _destroy_again(case_id: UUID) -> None:
    with asker.working_as(asker.ERASURES):
        with transaction.atomic():
            row = Erasure.objects.get(case_id=case_id, executed_at__isnull=False)
        ledger.destroy(owner_id=row.case_id, team_id=row.team_id, erasure_id=row.pk)
        with act(RESTORES, "case.key_destroyed_again", row) as current:
            current.note(case=row.case_id)


def _replay_teams(found: Outstanding) -> None:
    remembered = ledger.entries(kind=ledger.TEAM)
    for team_id in found.teams_of_older_main:
        team_keys.replay(RESTORES, team_id=team_id, destruction_id=remembered[team_id].erasure_id)
    for team_id in found.teams_of_older_keys:
        team_keys.destroy_again(RESTORES, team_id=team_id)


def without_key() -> list[UUID]:
    """Return the cases that have no key and are not erased: nobody can say why, and nothing mends it."""
    lost: list[UUID] = []
    gone = set(ledger.entries(kind=ledger.TEAM))
    with asker.working_as(asker.ERASURES), transaction.atomic():
        alive = list(
            Case.objects.exclude(status=ERASED)
            .exclude(team_id__in=gone)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
    for some in _batches(alive):
        lost += sorted(set(some) - ledger.with_key(list(some)))
    return lost
