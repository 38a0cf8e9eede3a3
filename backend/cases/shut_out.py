"""Who is shut out of a case, as the database says it: the service cannot read that, it asks functions of the wall."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, UUIDField, Value

from backend.teams.actors import live_memberships
from backend.teams.models import ActingSpell
from backend.teams.models.base import live
from permissions.actor import Actor

_NOBODY: Final[Any] = Value(None, output_field=UUIDField())


class Whom(NamedTuple):
    """Whom an exclusion shuts out: one of the two."""

    person_id: UUID | None
    organisation_id: UUID | None


def excludes(case_id: UUID, *, person: UUID | None = None, organisation: UUID | None = None) -> bool:
    """Say whether the case shuts out a person (by name, or by where they work) or an organisation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT spona.excludes(%s, %s, %s)", [case_id, person, organisation])
        ((found,),) = cursor.fetchall()
    return bool(found)


def organisations_out_of(case_id: UUID, organisations: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of some organisations that the case shuts out."""
    text = "SELECT one FROM unnest(%s::uuid[]) AS one WHERE spona.excludes(%s, NULL, one)"
    with connection.cursor() as cursor:
        cursor.execute(text, [list(organisations), case_id])
        return frozenset(row[0] for row in cursor.fetchall())


def known(case_ids: Iterable[UUID]) -> dict[UUID, Whom]:
    """Return whom each exclusion of these cases shuts out, by its id, as far as whoever asks may know."""
    found: dict[UUID, Whom] = {}
    with connection.cursor() as cursor:
        for case_id in case_ids:
            cursor.execute("SELECT * FROM spona.exclusions_of(%s)", [case_id])
            found |= {row[0]: Whom(row[1], row[2]) for row in cursor.fetchall()}
    return found


def organisation_is_out(*, case: str, organisation: str) -> Func:
    """Return the condition that the case at path `case` shuts out the organisation at path `organisation`."""
    return _asked(F(case), _NOBODY, F(organisation))


def people_out_of(case_id: UUID, *, user: str) -> Func:
    """Return the condition that one case shuts out the person at path `user`."""
    return _asked(Value(case_id, output_field=UUIDField()), F(user), _NOBODY)


def organisation_out_of(case_id: UUID | None, *, organisation: str) -> Func:
    """Return the condition that one case, if any, shuts out the organisation at path `organisation`."""
    return _asked(Value(case_id, output_field=UUIDField()), _NOBODY, F(organisation))


def _asked(*given: Any) -> Func:
    return Func(*given, function="spona.excludes", output_field=BooleanField())


def coordinates_nobody(case_id: UUID, *, team_id: UUID) -> bool:
    """Say whether all who coordinate the team now, an acting deputy too, are shut out of the case."""
    acting = ActingSpell.objects.filter(live(), membership_id=OuterRef("pk"))
    chairs = Q(role="coordinator") | Q(Exists(acting), role="deputy_coordinator")
    rows = live_memberships().filter(chairs, team_id=team_id)
    return not rows.exclude(people_out_of(case_id, user="user_id")).exists()


def coordinates(by: Actor, *, action: str, team_id: UUID) -> bool:
    """Say whether the table lets `by` do `action` in all of the team."""
    return any(seat.team_id == team_id and seat.word(action) == "yes" for seat in by.seats_for(action))
