"""Whose name stands beside a change: everybody's for who coordinates, else those of the own organisations alone."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from audit.changes import Change
from backend.teams.models import Membership
from permissions.actor import Actor
from permissions.seats import Seat

VIEW = "case.view_coded"


def with_authors(by: Actor, found: Sequence[Change], *, team_id: UUID) -> list[Change]:
    """Return the changes without the authors that `by` is not told of.

    People of other organisations are for the coordinator to know, as in `seen_by`. Whoever once worked for the own
    organisation is a colleague in what they wrote.
    """
    if any(seat.team_id == team_id and _coordinates(seat) for seat in by.seats_for(VIEW)):
        return list(found)
    known = _colleagues(by, {one.author for one in found if one.author}, team_id)
    return [one if one.author in known else replace(one, author=None) for one in found]


def _coordinates(seat: Seat) -> bool:
    return seat.word(VIEW) == "yes"


def _colleagues(by: Actor, authors: Collection[UUID], team_id: UUID) -> frozenset[UUID]:
    if not authors:
        return frozenset()
    rows = Membership.objects.filter(
        user_id__in=authors, organisation_id__in=by.organisations(team_id=team_id)
    )
    own = frozenset({by.id} if by.id else ())
    return own | frozenset(rows.values_list("user_id", flat=True))
