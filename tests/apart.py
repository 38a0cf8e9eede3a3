"""A PostgreSQL cluster of its own for the tests of the sealer, which a transaction open anywhere in one holds back.

Its tables are copied from those of the tests, without a row.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from backend.database_roles import LOGINS, MAIN_DATABASE, prepare_database, prepare_grants, prepare_roles
from backend.embedded.binaries import program
from backend.embedded.cluster import Cluster
from backend.embedded.initialise import SUPERUSER
from backend.embedded.installation import url
from backend.embedded.strongbox import Strongbox
from tests.databases import QUICK, Clone


@contextmanager
def cluster_apart(folder: Path, *, like: str) -> Iterator[Clone]:
    """Start a cluster in `folder` with the tables of the database at the address `like`; stop it at the end."""
    box = Strongbox(folder / "secrets")
    password = box.password(f"password.{SUPERUSER}")
    cluster = Cluster("apart", folder / "data", folder / "apart.log", QUICK)
    cluster.prepare(password=password, sync=False)
    try:
        running = cluster.wait_ready(cluster.launch())
        clone = Clone(url(running, role=SUPERUSER, password=password, name="postgres"), MAIN_DATABASE, box)
        _fill(clone, like)
        yield clone
    finally:
        cluster.stop()


def _fill(clone: Clone, like: str) -> None:
    with psycopg.connect(clone.admin_url, autocommit=True) as admin:
        prepare_roles(admin, passwords={role: clone.box.password(f"password.{role}") for role in LOGINS})
        prepare_database(admin, name=clone.name)
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        prepare_grants(admin)
        admin.execute("CREATE ROLE tests_unwalled")
    dumped = subprocess.run(
        [str(program("pg_dump")), "--schema-only", "--dbname", like], check=True, capture_output=True
    )
    psql = [str(program("psql")), "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", clone.superuser_url]
    subprocess.run(psql, input=dumped.stdout, check=True, capture_output=True)
