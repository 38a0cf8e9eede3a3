"""`spona database prepare`: roles and databases on servers of your own, before the first migration."""

import argparse
from collections.abc import Sequence

import psycopg

from backend.database_roles import (
    KEYS_DATABASE,
    LOGINS,
    MAIN_DATABASE,
    prepare_database,
    prepare_grants,
    prepare_roles,
)
from backend.embedded.problem import EmbeddedProblem
from backend.environment import env, is_set

SERVERS = {"SPONA_ADMIN_DATABASE_URL": MAIN_DATABASE, "SPONA_KEYS_ADMIN_DATABASE_URL": KEYS_DATABASE}


def password_setting(role: str) -> str:
    """The setting that holds the password of a role: SPONA_APP_PASSWORD for spona_app."""
    return f"{role.upper()}_PASSWORD"


def database(arguments: Sequence[str]) -> None:
    """Connect as each server's superuser, create what is missing, set the passwords that are given."""
    settings = "  ".join([*SERVERS, *map(password_setting, LOGINS)])
    parser = argparse.ArgumentParser(
        prog="spona database", epilog=f"Settings, each NAME or NAME_FILE: {settings}"
    )
    parser.add_argument("action", choices=["prepare"], help="create roles, databases and default privileges")
    parser.parse_args(arguments)
    passwords = {role: env(password_setting(role)) for role in LOGINS if is_set(password_setting(role))}
    for setting, name in SERVERS.items():
        try:
            _prepare(env(setting), name=name, passwords=passwords)
        except psycopg.ProgrammingError as problem:  # its text would quote the address, password and all
            raise EmbeddedProblem(f"{setting} is not an address of a PostgreSQL server.") from problem
        except psycopg.Error as problem:
            raise EmbeddedProblem(f"{setting}: {str(problem).strip()}") from problem


def _prepare(address: str, *, name: str, passwords: dict[str, str]) -> None:
    with psycopg.connect(address, autocommit=True) as admin:
        prepare_roles(admin, passwords=passwords)
        prepare_database(admin, name=name)
    with psycopg.connect(address, dbname=name, autocommit=True) as admin:
        prepare_grants(admin)
