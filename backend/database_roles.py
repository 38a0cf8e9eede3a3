"""Prepares a PostgreSQL server for Spona: its roles and one database. Idempotent, the same for every
installation."""

from collections.abc import Mapping
from importlib.resources import files

import psycopg
from psycopg import sql

MAIN_DATABASE = "spona"
KEYS_DATABASE = "spona_keys"
OWNER = "spona_owner"
REACH = "spona_reach"
BACKUP = "spona_backup"
MIGRATE = "spona_migrate"
APP = "spona_app"
SEALER = "spona_sealer"
LOGINS = (
    MIGRATE,
    APP,
    SEALER,
    "spona_stats",
    "spona_review",
    "spona_facts",
    "spona_worker",
    "spona_backup",
)


def prepare_roles(admin: psycopg.Connection, *, passwords: Mapping[str, str]) -> None:
    """Create the roles and set the given passwords (a role that is not named keeps the one it has).

    `admin` is a superuser's connection in autocommit. The server receives verifiers, never a password.
    """
    admin.execute(_script("database_roles.sql"))
    for role, password in passwords.items():
        verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier))
        )


def prepare_database(admin: psycopg.Connection, *, name: str, template: str = "template1") -> None:
    """Create the database unless it exists, give it to the owner, and close it to all but Spona's roles."""
    database, owner = sql.Identifier(name), sql.Identifier(OWNER)
    if admin.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        admin.execute(create.format(database, owner, sql.Identifier(template)))
    admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    logins = sql.SQL(", ").join(map(sql.Identifier, LOGINS))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, logins))


def prepare_grants(admin: psycopg.Connection) -> None:
    """Set the default privileges inside the database that `admin` is connected to."""
    admin.execute(_script("database_grants.sql"))


def _script(name: str) -> bytes:
    return files("backend").joinpath(name).read_bytes()
