"""The database itself refuses to lengthen a look, to rewrite one, to judge one's own, and to lose one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.cases.models import BreakGlass
from tests.backend.cases.looks import look
from tests.backend.cases.papers import Open
from tests.world import BUILDER, Town, ahead, saved

CHANGES = {
    "person": {"person_id": uuid4()},
    "reason": {"reason": "person_present"},
    "requested": {"requested_at": ahead(days=1)},
    "start": {"starts_at": ahead(minutes=5)},
    "longer": {"ends_at": ahead(minutes=90)},
    "shorter": {"ends_at": ahead(minutes=30)},
    "alone": {"needs_second": True},
    "no start": {"starts_at": None, "ends_at": None},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_what_is_set_stays_even_for_the_owner(
    town: Town, opened: Open, admin: psycopg.Connection[Any], change: dict[str, Any]
) -> None:
    row = look(town.nurse, opened())
    named = ", ".join(f"{column} = %s" for column in change)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(f"UPDATE cases_breakglass SET {named} WHERE id = %s", (*change.values(), row.pk))


def test_the_text_stays_too(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    row = look(town.nurse, opened())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute("UPDATE cases_looktext SET envelope = %s WHERE look_id = %s", (b"x" * 160, row.pk))


@pytest.mark.parametrize("statement", ["DELETE FROM cases_breakglass", "TRUNCATE cases_breakglass CASCADE"])
def test_none_is_lost(town: Town, opened: Open, admin: psycopg.Connection[Any], statement: str) -> None:
    look(town.nurse, opened())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(statement)


@pytest.mark.parametrize("right", ["DELETE", "TRUNCATE"])
def test_the_service_has_no_right_to_lose_one(admin: psycopg.Connection[Any], right: str) -> None:
    asked = "SELECT has_table_privilege('spona_app', 'cases_breakglass', %s)"
    assert admin.execute(asked, (right,)).fetchone() == (False,)


def test_an_end_is_set_once(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    row = look(town.nurse, opened())
    change = "UPDATE cases_breakglass SET ended_at = now() - %s * interval '1 minute' WHERE id = %s"
    admin.execute(change, (1, row.pk))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute("UPDATE cases_breakglass SET ended_at = NULL WHERE id = %s", (row.pk,))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(change, (2, row.pk))


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": timedelta(minutes=61)},
        {"needs_second": True},
        {"confirmed_by": "self"},
        {"reviewed_by": "self"},
        {"ends_at": None},
    ],
    ids=["longer", "unconfirmed", "confirmed alone", "judged alone", "endless"],
)
def test_a_row_that_breaks_a_brake_is_not_written(
    town: Town, opened: Open, admin: psycopg.Connection[Any], wrong: dict[str, Any]
) -> None:
    row = look(town.nurse, opened())
    values = BreakGlass.objects.filter(pk=row.pk).values().get()
    for name, value in wrong.items():
        moved = row.starts_at + value if isinstance(value, timedelta) and row.starts_at else value
        values[name] = row.person_id if value == "self" else moved
    values["id"] = uuid4()
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with pytest.raises(psycopg.errors.CheckViolation):
        admin.execute(f"INSERT INTO cases_breakglass ({columns}) VALUES ({places})", tuple(values.values()))


def test_a_look_at_a_case_of_another_team_is_not_written(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    row = look(town.nurse, opened())
    values = {**BreakGlass.objects.filter(pk=row.pk).values().get(), "id": uuid4(), "team_id": Town().team.id}
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        admin.execute(f"INSERT INTO cases_breakglass ({columns}) VALUES ({places})", tuple(values.values()))


def test_the_hint_of_an_account_opens_nothing(town: Town, opened: Open) -> None:
    case, person = opened(), town.nurse
    person.looks_until = ahead(hours=5)
    saved(person)
    assert not BreakGlass.objects.filter(case=case).exists()
    assert BUILDER.looks is False
