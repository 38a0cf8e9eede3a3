"""Compares both walls: what Python lets each user see, and what the database shows to the same user by itself.

Wall one asks `visible_to`. Wall two asks for all rows in the context of that user and takes what row level security
leaves over. The two are worked out from different tables by different programs, so a difference is a mistake in one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from backend import asker
from backend.cases.changing import author
from backend.cases.models import Case
from backend.referrals.models import Referral
from backend.referrals.system import DOCTOR
from backend.teams.actors import actor_for
from backend.teams.models import User
from permissions.scope import reach_of, visible_to

# Of these, both walls judge the row itself. What hangs on a case is judged by its data class as well, in other places.
COMPARED: Final[tuple[type[Model], ...]] = (Case, Referral)
Judge = Callable[[UUID, type[Model]], frozenset[UUID]]
_WALLED: Final = """
    SELECT relrowsecurity AND relforcerowsecurity FROM pg_catalog.pg_class WHERE oid = %s::regclass
"""


@contextmanager
def as_the_database_sees(who: UUID) -> Iterator[None]:
    """Ask in the name of this account: a person, or the doctor's own, which the policies let read what it compares.

    It looks at every row there is, so no time is set to it.
    """
    doctor = asker.ACCOUNTS.get(who)
    with transaction.atomic(), asker.working_as(doctor) if doctor else asker.asked_by(who):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A row that only one wall (`one` or `two`) shows to a user."""

    user_id: UUID
    kind: str
    object_id: UUID
    wall: str


def first_wall(user_id: UUID, model: type[Model]) -> frozenset[UUID]:
    """Return the ids that Python lets this user see, with the roles that are live now; wall two stands aside."""
    with as_the_database_sees(author(DOCTOR)):
        rows = visible_to(actor_for(user_id), model._base_manager.all(), reach_of(model).view)
        return frozenset(rows.order_by().values_list("pk", flat=True))


def second_wall(user_id: UUID, model: type[Model]) -> frozenset[UUID]:
    """Return the ids that the database shows in the name of this user, when it is asked for all rows."""
    with as_the_database_sees(user_id):
        return frozenset(model._base_manager.order_by().values_list("pk", flat=True))


def is_walled(model: type[Model]) -> bool:
    """Say whether row level security stands on the table, for its owner too. Where not, wall two says nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_WALLED, [model._meta.db_table])
        row = cursor.fetchone()
    return bool(row and row[0])


def users() -> list[UUID]:
    """Return every account, those switched off too: they must see nothing through either wall."""
    with as_the_database_sees(author(DOCTOR)):
        return list(User.objects.order_by("pk").values_list("pk", flat=True))


def differences(
    user_ids: Iterable[UUID], *, among: Sequence[type[Model]] = COMPARED, second: Judge = second_wall
) -> Iterator[Difference]:
    """Yield every row that only one of the walls shows to one of these users; none is what should come."""
    for user_id in user_ids:
        for model in among:
            yield from _of(user_id, model, second)


def _of(user_id: UUID, model: type[Model], second: Judge) -> Iterator[Difference]:
    # What differs only once began or ended between the two questions.
    found = _asked(user_id, model, second)
    yield from sorted(found & _asked(user_id, model, second) if found else found)


def _asked(user_id: UUID, model: type[Model], second: Judge) -> set[Difference]:
    one, two = first_wall(user_id, model), second(user_id, model)
    kind = str(model._meta.model_name)
    by_one = {Difference(user_id, kind, pk, "one") for pk in one - two}
    return by_one | {Difference(user_id, kind, pk, "two") for pk in two - one}
