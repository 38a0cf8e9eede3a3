"""The service's role owns nothing and changes no table; what migrations make belongs to one that cannot sign in."""

import psycopg
import pytest
from psycopg import sql

from backend.database_roles import (
    APP,
    BACKUP,
    LOGINS,
    MIGRATE,
    OWNER,
    REACH,
    prepare_database,
    prepare_grants,
    prepare_roles,
)
from tests.databases import Clones

pytestmark = pytest.mark.database


@pytest.fixture(params=["main", "keys"])
def clone_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def connect(database: Clones, clone_name: str, role: str) -> psycopg.Connection:
    return psycopg.connect(getattr(database, clone_name).url(role), autocommit=True)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "DROP TABLE django_migrations",
        "ALTER TABLE django_migrations ADD COLUMN x int",
        "TRUNCATE django_migrations",
        "ALTER TABLE django_migrations DISABLE TRIGGER ALL",
        "SET ROLE spona_owner",
        "SET ROLE spona_migrate",
        "SET SESSION AUTHORIZATION postgres",
        "SET session_replication_role = replica",
        "ALTER ROLE spona_app BYPASSRLS",
        "COPY django_migrations TO '/tmp/out'",
        "COPY django_migrations FROM PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_service_may_not(database: Clones, clone_name: str, statement: str) -> None:
    with (
        connect(database, clone_name, APP) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(sql.SQL(statement))


def test_no_role_of_ours_walks_past_row_security(database: Clones, clone_name: str) -> None:
    with psycopg.connect(getattr(database, clone_name).superuser_url) as admin:
        rows = admin.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication, rolcanlogin "
            "FROM pg_roles WHERE rolname LIKE 'spona\\_%'"
        ).fetchall()
    assert {(name, False, name not in {OWNER, REACH}) for name in (*LOGINS, OWNER, REACH)} == set(rows)


def test_everything_belongs_to_the_owner(database: Clones, clone_name: str) -> None:
    with psycopg.connect(getattr(database, clone_name).superuser_url) as admin:
        owners = admin.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchall()
        database_owner = admin.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert owners == [(OWNER,)]
    assert database_owner == (OWNER,)


def test_migrating_becomes_the_owner_at_sign_in(database: Clones, clone_name: str) -> None:
    with connect(database, clone_name, MIGRATE) as connection:
        assert connection.execute("SELECT session_user, current_user").fetchone() == (MIGRATE, OWNER)


@pytest.mark.parametrize("role", sorted(set(LOGINS) - {APP, BACKUP, MIGRATE}))
def test_the_other_roles_see_nothing_by_default(database: Clones, clone_name: str, role: str) -> None:
    with connect(database, clone_name, role) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT * FROM django_migrations")


def test_a_stranger_may_not_even_connect(database: Clones, clone_name: str) -> None:
    clone = getattr(database, clone_name)
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS stranger_of_tests")
        admin.execute("CREATE ROLE stranger_of_tests LOGIN PASSWORD 'x'")
        try:
            verdict = admin.execute(
                "SELECT has_database_privilege('stranger_of_tests', current_database(), 'CONNECT')"
            ).fetchone()
        finally:
            admin.execute("DROP ROLE stranger_of_tests")
    assert verdict == (False,)


def test_preparing_again_changes_nothing(database: Clones, clone_name: str) -> None:
    clone = getattr(database, clone_name)
    facts = "SELECT datname, datdba, datacl::text FROM pg_database WHERE datname = current_database()"
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        before = admin.execute(facts).fetchone()
        defaults = admin.execute("SELECT defaclacl::text FROM pg_default_acl ORDER BY 1").fetchall()
        prepare_roles(admin, passwords={})
        prepare_database(admin, name=clone.name)
        prepare_grants(admin)
        assert admin.execute(facts).fetchone() == before
        assert admin.execute("SELECT defaclacl::text FROM pg_default_acl ORDER BY 1").fetchall() == defaults
    with connect(database, clone_name, APP) as connection:  # and its password is still the same
        connection.execute("SELECT 1")


def test_passwords_are_kept_as_verifiers(database: Clones, clone_name: str) -> None:
    with psycopg.connect(getattr(database, clone_name).superuser_url) as admin:
        stored = admin.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = ANY(%s)", [list(LOGINS)]
        ).fetchall()
    assert len(stored) == len(LOGINS)
    assert all(verifier.startswith("SCRAM-SHA-256$") for (verifier,) in stored)
