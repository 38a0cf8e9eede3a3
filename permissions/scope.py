"""One narrowing of every read, one check of every write. Nothing said means no."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import and_, or_
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from backend import errors
from backend.prepared import Prepared
from permissions.seats import Seat
from permissions.shut_out import Condition, not_among

NotFound = errors.NotFound
M = TypeVar("M", bound=Model)

NOBODY = Q(pk__in=())
BREAK_GLASS: Final = "breakglass.request"
CASE: Final = "case_id"
TEAMLESS_ROLES = frozenset(
    {"national_analyst", "release_officer", "directory_admin", "key_custodian", "platform_admin"}
)


class Forbidden(Exception):
    """Visible, but not allowed."""


class Asking(Protocol):
    """What this module needs to know of the one who asks."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def looks(self) -> bool: ...

    @property
    def shut_out(self) -> tuple[UUID, ...]: ...

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
    `parts` are conditions that together say `own`, one for each index that finds such rows; none is `own` itself.
    `within` narrows single actions whatever the seat. `look` gives the rows that a live break-glass of a person opens.
    `apart` says which rows tell of none of the cases given; unless said, it goes by the row's own `case_id`.
    """

    view: str
    team: str = "team_id"
    own: Callable[[Seat], Q] = no_own_rows
    sides: Mapping[str, Callable[[Seat], Q]] = field(default_factory=dict)
    author: str = ""
    parts: Callable[[Seat], tuple[Q, ...]] | None = None
    within: Mapping[str, Callable[[Seat], Q]] = field(default_factory=dict)
    look: Callable[[UUID], Q] | None = None
    apart: Callable[[tuple[UUID, ...]], Condition] | None = None


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
    return condition & _within(seat, action, reach)


def _within(seat: Seat, action: str, reach: Reach) -> Q:
    narrower = reach.within.get(action)
    return narrower(seat) if narrower else Q()


def _looked_at(by: Asking, queryset: QuerySet[M], action: str) -> list[Q]:
    """Return what a break-glass adds: reading, in teams of a live seat. Whoever locks a row means to change it."""
    reach = reach_of(queryset.model)
    if not by.looks or by.id is None or reach.look is None or action != reach.view:
        return []
    if queryset.query.select_for_update:
        return []
    teams = sorted({seat.team_id for seat in by.seats_for(BREAK_GLASS) if seat.team_id})
    return [Q(**{f"{reach.team}__in": teams}) & reach.look(by.id)] if teams else []


def spared(by: Asking, queryset: QuerySet[M]) -> QuerySet[M]:
    """Leave out what tells of a case that `by` is shut out of: for rows that no line of the table narrows."""
    if not by.shut_out or settings.SPONA_WALL_ONE_OFF:
        return queryset
    apart = reach_of(queryset.model).apart
    if apart is not None:
        return queryset.filter(apart(by.shut_out))
    return queryset.filter(not_among(CASE, by.shut_out)) if _names_a_case(queryset.model) else queryset


@cache
def _names_a_case(model: type[Model]) -> bool:
    return any(field.attname == CASE for field in model._meta.concrete_fields)


def visible_to(by: Asking, queryset: QuerySet[M], action: str) -> QuerySet[M]:
    """Narrow `queryset` to the rows on which `by` may do `action`. No live seat that may: no row."""
    if settings.SPONA_WALL_ONE_OFF:
        return queryset
    reach = reach_of(queryset.model)
    clauses = [_clause(seat, action, reach) for seat in by.seats_for(action)]
    clauses += _looked_at(by, queryset, action)
    return spared(by, queryset.filter(reduce(or_, clauses))) if clauses else queryset.none()


def branches(by: Asking, queryset: QuerySet[M], action: str) -> list[QuerySet[M]]:
    """Return what `visible_to` returns in parts that share no row: one for each team, and each index that helps.

    A page is read from the top of each part; under one condition for all, PostgreSQL reads whole teams.
    """
    if settings.SPONA_WALL_ONE_OFF:
        return [queryset]
    reach, queryset = reach_of(queryset.model), spared(by, queryset)
    seats = [
        (seat.team_id if reach.team else None, part)
        for seat in _widest(by, action)
        for part in _parts(seat, action, reach)
    ]
    found = []
    for place, (team_id, part) in enumerate(seats):
        before = (one for team, one in seats[:place] if None in {team, team_id} or team == team_id)
        found.append(queryset.filter(reduce(and_, (~one for one in before), part)))
    for look in _looked_at(by, queryset, action):
        found.append(queryset.filter(reduce(and_, (~one for _, one in seats), look)))
    return found


def _widest(by: Asking, action: str) -> list[Seat]:
    """Return the seats; of those in a team in which one of them may do all, that one alone."""
    seats = by.seats_for(action)
    whole = {seat.team_id: seat for seat in seats if seat.team_id and seat.word(action) == "yes"}
    return [*whole.values(), *(seat for seat in dict.fromkeys(seats) if seat.team_id not in whole)]


def _parts(seat: Seat, action: str, reach: Reach) -> list[Q]:
    clause = _clause(seat, action, reach)
    if clause == NOBODY:
        return []
    if seat.word(action) == "yes" or action in reach.sides or reach.parts is None:
        return [clause]
    here = Q(**{reach.team: seat.team_id}) if seat.team_id else Q()
    return [here & part & _within(seat, action, reach) for part in reach.parts(seat)]


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


def _seen(by: Asking, action: str, model: type[Model], *, pk: Any) -> QuerySet[Any, Any]:
    return visible_to(by, model._base_manager.filter(pk=pk), action).values_list("pk")[:1]


_SEEN: Final = Prepared(_seen)


def may(by: Asking, action: str, on: Model) -> bool:
    """Say whether `by` may do `action` on `on`; for an unsaved object, whether `by` may add it."""
    if on._state.adding:
        if settings.SPONA_WALL_ONE_OFF:
            return True
        return getattr(on, CASE, None) not in by.shut_out and _may_add(by.seats_for(action), action, on)
    return bool(_SEEN.rows(by, action, type(on), pk=on.pk))


def require(by: Asking, action: str, on: Any) -> None:
    """Raise unless `by` may do `action` on `on`: NotFound when it is not even visible, otherwise Forbidden."""
    if may(by, action, on):
        return
    if on._state.adding or may(by, reach_of(type(on)).view, on):
        raise Forbidden
    raise NotFound
