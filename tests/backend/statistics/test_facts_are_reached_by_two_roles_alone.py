"""The roles of facts reach the schema of facts and nothing else, each for its own part; the service reaches neither."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from psycopg import sql

from backend import asker
from backend.database_roles import APP
from backend.statistics.roles import adding, reading
from permissions.rls_statistics import FACTS_ROLE, STATS_ROLE
from tests.databases import Clones
from tests.world import Town, by_hand

pytestmark = pytest.mark.database
TABLES = ("statistics.fact", "statistics.rollup")
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
EVERY = """
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
ONE = """
    INSERT INTO statistics.fact (id, kind, team_id, quarter, organisation_to, marks, record_key)
    VALUES (%s, 'referral', %s, '2020-Q1', %s, '{requested}', 7)
"""
SUM = "INSERT INTO statistics.rollup VALUES (%s, '2020-Q1', %s, 'requested', '', 1)"
REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def service(database: Clones) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database.main.url(APP)) as connection:
        yield connection
        connection.rollback()


def add(town: Town, organisation: UUID | None = None) -> UUID:
    """Add a fact and a sum as the lock does."""
    fact = uuid4()
    with by_hand(), asker.working_as(asker.FACTS), adding() as cursor:
        cursor.execute(ONE, [fact, town.team.pk, organisation])
        cursor.execute(SUM, [town.team.pk, organisation])
    return fact


def seen(user_id: UUID | None, job: str = "") -> set[UUID]:
    with transaction.atomic(), asker.asked_by(user_id), asker.working_as(job), reading() as cursor:
        cursor.execute("SELECT id FROM statistics.fact WHERE quarter = '2020-Q1'")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(("role", "may"), [(STATS_ROLE, "SELECT"), (FACTS_ROLE, "INSERT"), (APP, "")])
def test_no_role_may_do_anything_else(admin: psycopg.Connection[Any], role: str, may: str) -> None:
    """Over every table, view and sequence that there is; columns and rights that somebody hands on count, too."""
    found = set()
    for (name,) in admin.execute(EVERY).fetchall():
        for right in RIGHTS:
            kind = "sequence" if name.endswith("_seq") else "table"
            if kind == "sequence" and right not in {"SELECT", "UPDATE"}:
                continue
            text = sql.SQL("SELECT has_{}_privilege(%s, %s, %s)").format(sql.SQL(kind))
            row = admin.execute(text, [role, name, right]).fetchone()
            if row and row[0] and (role != APP or name in TABLES):
                found.add((name, right))
    assert found == ({(table, may) for table in TABLES} if may else set())


@pytest.mark.parametrize("role", [STATS_ROLE, FACTS_ROLE])
@pytest.mark.parametrize(
    "table",
    ["cases_case", "cases_historicalcase", "cases_casefacts", "referrals_referral", "referrals_referralevent",
     "audit_entry", "teams_user", "statistics_quarterlock"],
)  # fmt: skip
def test_neither_reads_a_case_or_its_history(service: psycopg.Connection[Any], role: str, table: str) -> None:
    service.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    with pytest.raises(REFUSED):
        service.execute(sql.SQL("SELECT * FROM public.{}").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM {}", "DELETE FROM {}", "TRUNCATE {}", "COPY {} TO STDOUT"]
)
def test_the_service_as_itself_reaches_no_fact(
    service: psycopg.Connection[Any], table: str, statement: str
) -> None:
    with pytest.raises(REFUSED):
        service.execute(sql.SQL(statement).format(sql.SQL(table)))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [FACTS_ROLE, STATS_ROLE])
@pytest.mark.parametrize("change", ["UPDATE {} SET quarter = '2020-Q2'", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_stays(service: psycopg.Connection[Any], role: str, change: str) -> None:
    add(Town())
    for table in TABLES:
        service.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        with pytest.raises(REFUSED):
            service.execute(sql.SQL(change).format(sql.SQL(table)))  # type: ignore[arg-type]
        service.rollback()


def test_not_even_the_owner_changes_one(admin: psycopg.Connection[Any]) -> None:
    fact = add(Town())
    for change in (
        "UPDATE statistics.fact SET amount = 2 WHERE id = %s",
        "DELETE FROM statistics.fact WHERE id = %s",
    ):
        with pytest.raises(REFUSED, match="written once"):
            admin.execute(change, [fact])


def test_who_adds_cannot_read_what_was_added(service: psycopg.Connection[Any]) -> None:
    service.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(FACTS_ROLE)))
    with pytest.raises(REFUSED):
        service.execute("SELECT count(*) FROM statistics.fact")


def test_facts_are_added_by_their_job_alone() -> None:
    town = Town()
    with pytest.raises(Exception, match="row-level security"), by_hand(), adding() as cursor:
        cursor.execute(ONE, [uuid4(), town.team.pk, None])


def test_facts_without_an_entry_are_refused(service: psycopg.Connection[Any]) -> None:
    service.execute("SELECT set_config('spona.job', 'facts', true)")
    service.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(FACTS_ROLE)))
    service.execute(ONE, [uuid4(), uuid4(), None])
    with pytest.raises(psycopg.DatabaseError, match="without an audit entry"):
        service.commit()


def test_each_sees_the_facts_of_the_own_team_and_place() -> None:
    town, other = Town(), Town()
    whole, clinics, societys = add(town), add(other, town.clinic.id), add(town, town.society.id)
    assert {whole, societys} <= seen(town.coordinator.pk)
    assert clinics not in seen(town.coordinator.pk)
    assert {whole, societys} <= seen(town.deputy.pk)
    assert seen(town.outreach.pk) & {whole, clinics, societys} == {societys}
    for nobody in (town.nurse, town.lead, town.officer, other.coordinator):
        assert seen(nobody.pk) & {whole, societys} == set()


def test_a_release_sees_all_and_another_job_none() -> None:
    fact = add(Town())
    assert fact in seen(None, asker.RELEASES)
    assert seen(None, asker.FACTS) == seen(None, "unknown") == seen(None) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "national"},
        {"team_id": None},
        {"quarter": "2020-Q5"},
        {"record_key": 4096},
        {"days": 366},
        {"kind": "person"},
    ],
    ids=lambda change: next(iter(change)) + "-" + str(next(iter(change.values()))),
)
def test_a_fact_that_is_none_is_refused(admin: psycopg.Connection[Any], change: dict[str, Any]) -> None:
    row = {
        "id": uuid4(),
        "kind": "referral",
        "team_id": uuid4(),
        "quarter": "2020-Q1",
        "record_key": 0,
        **change,
    }
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    marks = sql.SQL(", ").join(sql.Placeholder() * len(row))
    text = sql.SQL("INSERT INTO statistics.fact ({}) VALUES ({})").format(names, marks)
    with pytest.raises(psycopg.errors.CheckViolation):
        admin.execute(text, list(row.values()))
