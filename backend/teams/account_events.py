"""What others did to somebody's account, from the histories: its roles, its tokens, the way back in, and itself.

Who it was is not said, but which roles they held at that moment, in the team concerned or for no team: what they are
elsewhere is nobody's business here. What people do themselves is not in it, except that a recovery was used: whoever
uses the link is taken for its person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from audit import recorder
from backend.teams.models import MachineToken, Membership, Recovery, User
from backend.teams.writing import signed
from permissions.actor import Actor

BACK: Final = timedelta(days=90)
MOST: Final = 100


@dataclass(frozen=True)
class AccountEvent:
    """One act. `role` is the one that was given, changed or taken; it `waits` where a second person had yet to agree;
    `by_roles` is empty for what the server did."""

    at: datetime
    action: str
    role: str | None
    waits: bool
    by_roles: tuple[str, ...]


def events(by: Actor) -> list[AccountEvent]:
    """Return what others did to one's own account in the last 90 days, newest first, in one recorded read."""
    user_id, since = signed(by), timezone.now() - BACK
    recorder.record(by, "account.events_read", team=None, kind="user", object_id=str(user_id))
    acts: dict[str, Any] = {}
    for row in _rows(user_id, since):
        # One act may have changed several rows.
        acts.setdefault(row.history_change_reason, row)
    newest = sorted(acts.values(), key=lambda row: row.history_date, reverse=True)[:MOST]
    others = {row.history_user_id for row in newest} - {None, user_id}
    seats = list(Membership.objects.filter(user_id__in={*others, user_id}))
    held = [one for one in seats if one.user_id in others]
    own_teams = {one.team_id for one in seats if one.user_id == user_id}
    return [_event(row, held, own_teams) for row in newest]


def _rows(user_id: UUID, since: datetime) -> Iterable[Any]:
    recent = Q(history_date__gte=since)
    others = recent & (Q(history_user_id__isnull=True) | ~Q(history_user_id=user_id))
    for rows in (
        Membership.history.filter(others, user_id=user_id),
        MachineToken.history.filter(others, acting_for_id=user_id),
        Recovery.history.filter(recent, user_id=user_id),
        User.history.filter(others, id=user_id),
    ):
        yield from rows.order_by("-history_date")[:MOST]


def _event(row: Any, held: Iterable[Membership], own_teams: set[UUID | None]) -> AccountEvent:
    at, team = row.history_date, getattr(row, "team_id", None)
    teams = own_teams if team is None else {team}
    theirs = {
        one.role
        for one in held
        if one.user_id == row.history_user_id and _held_at(one, at) and _concerned(one, row, teams)
    }
    return AccountEvent(
        at=at,
        action=row.history_change_reason.partition(" ")[0],
        role=getattr(row, "role", None),
        waits=isinstance(row, Membership.history.model)
        and (row.valid_from is None or row.wanted is not None),
        by_roles=tuple(sorted(theirs)),
    )


def _concerned(one: Membership, row: Any, teams: set[UUID | None]) -> bool:
    if one.team_id is not None:
        return one.team_id in teams
    return one.organisation_id is None or one.organisation_id == getattr(row, "organisation_id", None)


def _held_at(one: Membership, at: datetime) -> bool:
    begun = one.valid_from is not None and one.valid_from <= at
    return begun and (one.valid_until is None or one.valid_until >= at)
