"""The two roles of the facts, tried against every table of the catalogue; and the service against the facts."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from backend.database_roles import APP, BACKUP, LOGINS, OWNER
from permissions.rls_statistics import FACTS_ROLE, READS, STATS_ROLE
from tests.backend.statistics.releases.facts_by_hand import case, free_year, write
from tests.databases import Clones
from tests.world import Town

pytestmark = pytest.mark.database

TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    ORDER BY 1, 2
"""
STATEMENTS = {
    "SELECT": "SELECT 1 FROM {} LIMIT 1",
    "INSERT": "INSERT INTO {} DEFAULT VALUES",
    "DELETE": "DELETE FROM {}",
    "TRUNCATE": "TRUNCATE {} CASCADE",
    "LOCK": "LOCK TABLE {} IN ACCESS SHARE MODE",
}
FACTS = {tuple(name.split(".")) for name in READS}
CHANGES = ("UPDATE {} SET quarter = '2000-Q1'", "DELETE FROM {}", "TRUNCATE {}")


@contextmanager
def being(database: Clones, role: str) -> Iterator[psycopg.Connection]:
    """Be a role as the service becomes it: signed in as the service, in the job that may most."""
    job = "facts" if role == FACTS_ROLE else "releases"
    with psycopg.connect(database.main.url(APP), autocommit=True) as connection:
        connection.execute("SELECT set_config('spona.job', %s, false)", [job])
        if role != APP:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        yield connection


def refused(connection: psycopg.Connection, text: str, name: tuple[str, ...]) -> bool:
    """Say whether the database refuses a statement on a table for want of rights. Nothing stays of it."""
    words = [sql.Identifier(*name)] if name else []
    statement = sql.SQL(text).format(*words)  # type: ignore[arg-type]
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return True
    except psycopg.Error:
        return False
    return False


def tables(admin: psycopg.Connection) -> list[tuple[str, str]]:
    return [(schema, name) for schema, name in admin.execute(TABLES).fetchall()]


@pytest.mark.parametrize(("role", "right"), [(STATS_ROLE, "SELECT"), (FACTS_ROLE, "INSERT")])
def test_each_has_its_one_right_on_the_facts_and_none_elsewhere(
    database: Clones, admin: psycopg.Connection, role: str, right: str
) -> None:
    all_of_them = tables(admin)
    assert set(all_of_them) > FACTS
    assert len(all_of_them) > 60
    with being(database, role) as connection:
        open_to_it = {
            (name, verb)
            for name in all_of_them
            for verb, text in STATEMENTS.items()
            if not refused(connection, text, name)
        }
    assert {(name, verb) for name, verb in open_to_it if verb != "LOCK"} == {(name, right) for name in FACTS}
    assert {name for name, _verb in open_to_it} == FACTS


@pytest.mark.parametrize("role", [STATS_ROLE, FACTS_ROLE])
def test_neither_makes_anything_or_becomes_somebody(database: Clones, role: str) -> None:
    with being(database, role) as connection:
        for text in (
            "CREATE TABLE statistics.mine (id int)",
            "CREATE TABLE public.mine (id int)",
            "CREATE TEMPORARY TABLE mine (id int)",
            "ALTER TABLE statistics.fact DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE statistics.fact DISABLE TRIGGER ALL",
            "CREATE POLICY mine ON statistics.fact USING (true)",
            "SET session_replication_role = replica",
            "COPY statistics.fact TO PROGRAM 'true'",
        ):
            assert refused(connection, text, ()), text


def test_the_service_itself_reads_and_writes_no_fact(database: Clones) -> None:
    with being(database, APP) as connection:
        for name in sorted(FACTS):
            assert all(refused(connection, text, name) for text in STATEMENTS.values()), name  # type: ignore[arg-type]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT statistics.stays()")


@pytest.mark.parametrize("role", sorted(set(LOGINS) - {BACKUP}))
def test_no_login_of_ours_reads_facts_outside_its_job(
    database: Clones, admin: psycopg.Connection, role: str
) -> None:
    town = Town()
    write(admin, [case(town.team, f"{free_year()}-Q1")])
    with psycopg.connect(database.main.url(role), autocommit=True) as connection:
        try:
            rows = connection.execute("SELECT team_id FROM statistics.fact").fetchall()
        except psycopg.errors.InsufficientPrivilege:
            rows = []
    assert rows == []


@pytest.mark.parametrize("role", sorted({*LOGINS, OWNER}))
def test_no_role_changes_or_removes_a_fact(database: Clones, admin: psycopg.Connection, role: str) -> None:
    """The owner has the rights: row security that is forced shows it no row, and a table is emptied by nobody."""
    town = Town()
    write(admin, [case(town.team, f"{free_year()}-Q1")])
    with psycopg.connect(database.main.superuser_url, autocommit=True) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        for name in sorted(FACTS):
            for text in CHANGES[:2]:
                assert refused(connection, text, name) or role == OWNER, (name, text)
            assert refused(connection, CHANGES[2], name), name
        if role == OWNER:
            assert connection.execute("DELETE FROM statistics.fact").rowcount == 0
    found = admin.execute(
        "SELECT count(*) FROM statistics.fact WHERE team_id = %s", [town.team.pk]
    ).fetchone()
    assert found == (1,)


@pytest.mark.parametrize("change", CHANGES, ids=["update", "delete", "truncate"])
def test_not_even_who_administers_the_database_changes_a_fact(
    database: Clones, admin: psycopg.Connection, change: str
) -> None:
    town = Town()
    quarter = f"{free_year()}-Q1"
    write(admin, [case(town.team, quarter)])
    summed = "INSERT INTO statistics.rollup (team_id, quarter, mark, n) VALUES (%s, %s, 'new', 1)"
    admin.execute(summed, [town.team.pk, quarter])
    with psycopg.connect(database.main.superuser_url, autocommit=True) as connection:
        for name in sorted(FACTS):
            assert refused(connection, change, name), name
