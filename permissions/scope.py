"""One narrowing of every read, one check of every write. Nothing said means no."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from permissions.seats import Seat

M = TypeVar("M", bound=Model)

NOBODY = Q(pk__in=())
TEAMLESS_ROLES = frozenset(
    {"national_analyst", "release_officer", "directory_admin", "key_custodian", "platform_admin"}
)


class NotFound(Exception):
    """Not visible to the one who asks: answered exactly as if it did not exist."""


class Forbidden(Exception):
    """Visible, but not allowed."""


class Asking(Protocol):
    """What this module needs to know of the one who asks."""

    def seats_for(self, action: str) -> tuple[Seat, ...]: ...


def no_own_rows(_seat: Seat) -> Q:
    """Return a condition that no row meets: for models in which no organisation is named."""
    return NOBODY


@dataclass(frozen=True)
class Reach:
    """How the rows of a model are reached; every model with rows to protect declares one as `reach`.

    `team` is the path to the team's id ("" for rows of the whole installation). `own` gives the condition under
    which a row names the seat's organisation, `sides` narrower ones for single actions. `author` is the attribute
    that holds the organisation's id on an object not saved yet. `view` is the action that makes a row visible.
    """

    view: str
    team: str = "team_id"
    own: Callable[[Seat], Q] = no_own_rows
    sides: Mapping[str, Callable[[Seat], Q]] = field(default_factory=dict)
    author: str = ""


def reach_of(model: type[Model]) -> Reach:
    """Return the declared reach of `model`. A model that declares none is a mistake in the program."""
    reach: Reach = model.reach  # type: ignore[attr-defined]
    return reach


def _clause(seat: Seat, action: str, reach: Reach) -> Q:
    if seat.team_id is None and reach.team and seat.word(action) == "yes" and seat.role not in TEAMLESS_ROLES:
        return NOBODY
    condition = Q(**{reach.team: seat.team_id}) if reach.team and seat.team_id else Q()
    if seat.word(action) == "own_organisation":
        condition &= reach.sides.get(action, reach.own)(seat)
    return condition


def visible_to(by: Asking, queryset: QuerySet[M], action: str) -> QuerySet[M]:
    """Narrow `queryset` to the rows on which `by` may do `action`. No live seat that may: no row."""
    reach = reach_of(queryset.model)
    clauses = [_clause(seat, action, reach) for seat in by.seats_for(action)]
    return queryset.filter(reduce(or_, clauses)) if clauses else queryset.none()


def _may_add(seats: Iterable[Seat], action: str, on: Any) -> bool:
    reach = reach_of(type(on))
    for seat in seats:
        here = not reach.team or seat.team_id is None or getattr(on, reach.team) == seat.team_id
        if seat.word(action) == "yes":
            allowed = here and (seat.team_id is not None or seat.role in TEAMLESS_ROLES or not reach.team)
        else:
            author = getattr(on, reach.author) if reach.author else None
            allowed = here and author is not None and author == seat.organisation_id
        if allowed:
            return True
    return False


def may(by: Asking, action: str, on: Model) -> bool:
    """Say whether `by` may do `action` on `on`; for an unsaved object, whether `by` may add it."""
    if on._state.adding:
        return _may_add(by.seats_for(action), action, on)
    return visible_to(by, type(on)._base_manager.filter(pk=on.pk), action).exists()


def require(by: Asking, action: str, on: Any) -> None:
    """Raise unless `by` may do `action` on `on`: NotFound when it is not even visible, otherwise Forbidden."""
    if may(by, action, on):
        return
    if on._state.adding or may(by, reach_of(type(on)).view, on):
        raise Forbidden
    raise NotFound
