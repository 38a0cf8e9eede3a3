"""The kill switch of a team: a coordinator asks, the key custodian executes, and no case of the team opens again.

No row of a case is touched: that a team has no keys is one moment in its own row, from which everything else follows.
"""

import logging
from typing import Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from audit.acts import act
from backend import asker
from backend.cases.break_glass import database_now
from backend.cases.changing import author
from backend.cases.models.notifications import COORDINATOR, REVIEWERS
from backend.encryption import ledger
from backend.erasure.models import KILL, LAPSES_AFTER, KeyDestruction, unfinished
from backend.erasure.system import ERASURES
from backend.erasure.telling import tell_roles
from backend.errors import Conflict
from backend.teams.models import Team
from permissions.actor import Actor
from permissions.scope import Forbidden, visible_to

log = logging.getLogger("spona.erasure")
CUSTODIAN: Final = "key_custodian"
KIND: Final = "keydestruction"


def waiting() -> Q:
    """Return the condition that a kill switch waits for the custodian."""
    return Q(executed_at=None, declined_at=None, asked_at__gt=Now() - LAPSES_AFTER)


def seen(by: Actor) -> QuerySet[KeyDestruction]:
    """Return the kill switches that `by` may ask for or execute."""
    return visible_to(by, KeyDestruction.objects.all(), KILL)


def ask(by: Actor, team: Team) -> KeyDestruction:
    """Ask for the end of all keys of the team, as who coordinates it.

    Raises Forbidden for anybody else, Conflict `erasure_waiting`, `keys_destroyed`.
    """
    if by.kind != "user" or not any(seat.team_id == team.pk for seat in by.seats_for(KILL)):
        raise Forbidden
    with act(by, "key.destruction_asked", team, team=team.pk) as current:
        if team.keys_destroyed_at is not None:
            raise Conflict("keys_destroyed")
        if KeyDestruction.objects.filter(waiting(), team_id=team.pk).exists():
            raise Conflict("erasure_waiting")
        row = KeyDestruction(team=team, asked_by=author(by), asked_at=database_now())
        row.save()
        current.on(row)
        _tell(row, "key.destruction_asked")
    return row


def decline(by: Actor, row: KeyDestruction) -> None:
    """Say no, from either side. Raises Conflict once it was executed, declined or has lapsed."""
    with act(by, "key.destruction_declined", row, needs=KILL, team=row.team_id):
        _refuse_over(by, row)
        row.declined_by, row.declined_at = author(by), database_now()
        row.save()
        _tell(row, "key.destruction_declined")


def execute(by: Actor, row: KeyDestruction) -> None:
    """Destroy every key of the team, as the key custodian. One that was executed stays as it is.

    Raises Forbidden for any other role and for who asked, Conflict `declined`, `lapsed`.
    """
    with act(by, "key.team_destroyed", row, needs=KILL, team=row.team_id):
        if CUSTODIAN not in by.roles or row.asked_by == by.id:
            raise Forbidden
        if row.executed_at is not None:
            return
        _refuse_over(by, row)
        _throw(by, row)


def replay(by: Actor, *, team_id: UUID, destruction_id: UUID) -> None:
    """Say again what the ledger remembers and a restored main database has forgotten."""
    with asker.working_as(asker.ERASURES):
        with act(by, "key.team_destroyed_again", team=team_id) as current:
            known = KeyDestruction.objects.filter(
                pk=destruction_id, team_id=team_id, declined_at=None
            ).first()
            row = known or KeyDestruction(team_id=team_id, asked_at=database_now())
            row.replayed = True
            current.on(row)
            _throw(by, row)
        finish(row.pk)


def destroy_again(by: Actor, *, team_id: UUID) -> None:
    """Destroy what a restored keys database has brought back."""
    with asker.working_as(asker.ERASURES):
        with transaction.atomic():
            row = KeyDestruction.objects.get(team_id=team_id, executed_at__isnull=False)
        ledger.destroy(owner_id=team_id, team_id=team_id, erasure_id=row.pk, kind=ledger.TEAM)
        with act(by, "key.team_destroyed_again", row, team=team_id):
            pass


def finish(destruction_id: UUID) -> bool:
    """Destroy the keys of an executed kill switch and say so. False when that was done before. Safe to repeat."""
    with asker.working_as(asker.ERASURES):
        with transaction.atomic():
            row = KeyDestruction.objects.filter(unfinished(), pk=destruction_id).first()
        if row is None:
            return False
        count = ledger.destroy(owner_id=row.team_id, team_id=row.team_id, erasure_id=row.pk, kind=ledger.TEAM)
        with act(ERASURES, "key.team_keys_gone", row, team=row.team_id, keys=count):
            if row.destroyed_at is None:
                row.destroyed_at = database_now()
                row.save(update_fields=["destroyed_at"])
    return True


def finish_all(by: Actor = ERASURES) -> int:
    """Finish what a crash left half done; returns how many."""
    del by
    with asker.working_as(asker.ERASURES), transaction.atomic():
        left = list(KeyDestruction.objects.filter(unfinished()).values_list("pk", flat=True))
    return sum(finish(pk) for pk in left)


def _throw(by: Actor, row: KeyDestruction) -> None:
    """Close the team, inside an act; its keys go when this is committed."""
    row.executed_by, row.executed_at = author(by), database_now()
    row.save()
    team = Team.objects.select_for_update().get(pk=row.team_id)
    team.keys_destroyed_at = row.executed_at
    team.save()
    _tell(row, "key.team_destroyed")
    transaction.on_commit(lambda: _finish_now(row.pk))


def _finish_now(destruction_id: UUID) -> None:
    try:
        finish(destruction_id)
    except DatabaseError:
        log.warning("erasure_key_not_destroyed_yet")


def _refuse_over(by: Actor, row: KeyDestruction) -> None:
    if by.kind != "user":
        raise Forbidden
    if row.executed_at is not None:
        raise Conflict("already_executed")
    if row.declined_at is not None:
        raise Conflict("declined")
    if not KeyDestruction.objects.filter(waiting(), pk=row.pk).exists():
        raise Conflict("lapsed")


def _tell(row: KeyDestruction, kind: str) -> None:
    """Tell coordinator, lead and officer: none of them has to be asked, all of them must know."""
    roles = (COORDINATOR, *REVIEWERS)
    tell_roles(*roles, team_id=row.team_id, kind=kind, object_kind=KIND, object_id=row.pk)
