"""Databases of their own for a test that restores a backup, and the backup itself, as docs/operations.md says it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from audit.models import Entry
from audit.reading import as_reviewer
from backend import asker
from backend.database_roles import APP, prepare_database, prepare_grants
from backend.database_url import parse_database_url
from backend.embedded.binaries import program
from backend.migration_state import fingerprint
from backend.teams.models import Team
from tests.databases import Clone, Clones
from tests.sealed import ADDRESS, all_sealed, sealer_of

VERIFIER = Path(__file__).parents[3] / "audit" / "verify.py"

_numbers = count()


@contextmanager
def databases_apart(like: Clones) -> Iterator[Clones]:
    """Point Django at clones of the templates that nobody else uses, on the servers of `like`."""
    before = {alias: dict(connections.settings[alias]) for alias in ("default", "outside", "keys")}
    name = f"test_{os.getpid()}_restore{next(_numbers)}"
    clones = Clones(**{part: replace(getattr(like, part), name=name) for part in ("main", "keys")})
    connections.close_all()
    for clone in (clones.main, clones.keys):
        with psycopg.connect(clone.admin_url, autocommit=True) as admin:
            prepare_database(admin, name=name, template=f"template_{fingerprint()}")
    try:
        for alias in before:
            found = parse_database_url((clones.keys if alias == "keys" else clones.main).url(APP))
            connections.settings[alias].update({part: found[part] for part in ADDRESS})
        yield clones
    finally:
        connections.close_all()
        for alias, kept in before.items():
            connections.settings[alias].update(kept)
        for clone in (clones.main, clones.keys):
            with psycopg.connect(clone.admin_url, autocommit=True) as admin:
                _drop(admin, name)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def back_up(clone: Clone, file: Path) -> None:
    """Dump one database as its superuser."""
    command = [
        str(program("pg_dump")),
        "--format=custom",
        "--file",
        str(file),
        "--dbname",
        clone.superuser_url,
    ]
    subprocess.run(command, check=True, capture_output=True)


def restore(clone: Clone, file: Path) -> None:
    """Put a backup in the place of the database, which is dropped first."""
    connections.close_all()
    with psycopg.connect(clone.admin_url, autocommit=True) as admin:
        _drop(admin, clone.name)
        prepare_database(admin, name=clone.name, template="template0")
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        prepare_grants(admin)
    command = [str(program("pg_restore")), "--exit-on-error", "--dbname", clone.superuser_url, str(file)]
    subprocess.run(command, check=True, capture_output=True)


def verified(clone: Clone, team: Team, folder: Path) -> tuple[int, str]:
    """Seal the log of a team, export it, and check the bundle offline as a stranger would."""
    with asker.working_as(asker.REVIEWS), as_reviewer():
        entries = list(Entry.objects.filter(log=team.pk))
    bundle, policy = folder / "log.zip", folder / "policy"
    with sealer_of(clone):
        all_sealed(entries)
        policy.write_text(_said("policy"))
        _said("export", "--team", team.slug, "--output", str(bundle))
    command = [sys.executable, "-I", str(VERIFIER), str(bundle), "--policy", str(policy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _said(*words: str) -> str:
    said = io.StringIO()
    call_command("audit", *words, stdout=said, stderr=io.StringIO())
    return said.getvalue()
