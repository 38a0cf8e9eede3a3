"""The service adds to histories. The catalogue says of every one, also of those to come, that it may do no more."""

from typing import Any

import psycopg
import pytest
from django.apps import apps

from backend.database_roles import APP
from permissions.rls import WALLS
from tests.databases import Clones
from tests.world import Town

HISTORIES = sorted(table for model in apps.get_models() if "historical" in (table := model._meta.db_table))
# The second wall narrows what may be changed of a history with case data.
OPEN = [table for table in HISTORIES if table not in WALLS]


def may(admin: psycopg.Connection[Any], table: str) -> set[str]:
    """Return what the service may do with a table, as the catalogue says."""
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    asked = "SELECT has_table_privilege(%s, %s, %s)"
    return {right for right in rights if admin.execute(asked, [APP, table, right]).fetchone() == (True,)}


def test_the_histories_are_found(admin: psycopg.Connection[Any]) -> None:
    found = admin.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_historical' ORDER BY 1"
    ).fetchall()
    assert [name for (name,) in found] == HISTORIES
    assert {"teams_historicaluser", "directory_historicalservice"} <= set(OPEN)


@pytest.mark.parametrize("table", OPEN)
def test_the_service_reads_and_adds_and_no_more(admin: psycopg.Connection[Any], table: str) -> None:
    assert may(admin, table) == {"SELECT", "INSERT"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE teams_historicalmembership SET role = 'member'",
        "DELETE FROM teams_historicaluser",
        "TRUNCATE directory_historicalservice",
    ],
)
def test_a_change_is_refused_for_real(database: Clones, statement: str) -> None:
    assert Town().nurse.history.count() == 1
    with (
        psycopg.connect(database.main.url(APP)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)  # type: ignore[arg-type]
