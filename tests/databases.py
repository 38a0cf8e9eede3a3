"""The databases of a test run: a migrated template for each cluster, and two clones for each pytest worker.

Tests commit, so every worker has databases of its own. A template is built once and kept until a migration
or the reference data changes; cloning takes some hundredths of a second. All workers, and all runs in this
checkout, share the clusters; the last one out stops them.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from backend.database_roles import APP, LOGINS, MIGRATE, prepare_database, prepare_grants, prepare_roles
from backend.embedded.cluster import Cluster
from backend.embedded.initialise import SUPERUSER
from backend.embedded.installation import url
from backend.embedded.lease import gate, lease
from backend.embedded.postmaster import exists
from backend.embedded.strongbox import Strongbox
from backend.migration_state import fingerprint
from backend.referrals import step_wall
from permissions.rls import WALLS

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test"
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "jit": "off",
    "io_method": "sync",
}
# The job under which a test's own statements run. Its policies stand in the template of the tests and nowhere else.
EVERYTHING, TESTS_POLICY = "tests", "tests_all"
# Sees past the second wall, with the rights of spona_app: for the question what the first wall holds alone.
UNWALLED = "tests_unwalled"
ALIASES = {"SPONA_TEST_ADMIN_DATABASE_URL": "main", "SPONA_TEST_KEYS_ADMIN_DATABASE_URL": "keys"}


OPEN = """
CREATE POLICY {name} ON {table} FOR ALL TO spona_app
    USING (current_setting('spona.job', true) = '{job}') WITH CHECK (current_setting('spona.job', true) = '{job}')
"""
STEPS = """
CREATE OR REPLACE TRIGGER {name} BEFORE INSERT OR UPDATE ON referrals_referral FOR EACH ROW
    WHEN (current_user = 'spona_app' AND current_setting('spona.job', true) IS DISTINCT FROM '{job}')
    EXECUTE FUNCTION {name}()
"""
# The tests' administrator moves clocks and ends memberships by hand, and says so by an option of the connection.
BY_HAND = "tests.by_hand"
CHANGES = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('spona.entry_needed'::regproc), 'IF spona.audit_present()',
        $q$IF coalesce(current_setting('{setting}', true), '') = 'on' OR spona.audit_present()$q$);
END $$
"""
UNWALLED_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; END IF;
    ALTER ROLE {role} LOGIN BYPASSRLS NOSUPERUSER;
    GRANT {app} TO {role};
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {role}', current_database());
END $$
"""


@dataclass(frozen=True)
class Clone:
    """One worker's copy of one database: the address of any role, the superuser's included."""

    admin_url: str
    name: str
    box: Strongbox

    def url(self, role: str) -> str:
        return at(self.admin_url, name=self.name, role=role, password=self.box.password(f"password.{role}"))

    @property
    def superuser_url(self) -> str:
        return at(self.admin_url, name=self.name)

    @contextmanager
    def by_hand(self) -> Iterator[psycopg.Connection]:
        """A superuser's connection in autocommit that may change rows without an audit entry."""
        options = f"-c {BY_HAND}=on"
        with psycopg.connect(self.superuser_url, autocommit=True, options=options) as connection:
            yield connection


@dataclass(frozen=True)
class Clones:
    main: Clone
    keys: Clone


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """The superuser's addresses of both servers: those given in the environment, else clusters of our own."""
    given = {alias: os.environ.get(name, "") for name, alias in ALIASES.items()}
    if all(given.values()):
        yield given
        return
    password = Strongbox(FOLDER / "secrets").password(f"password.{SUPERUSER}")
    clusters = [Cluster(name, FOLDER / name, FOLDER / f"{name}.log", QUICK) for name in given]
    with lease(FOLDER, clusters, password=password, sync=False) as running:
        yield {
            name: url(server, role=SUPERUSER, password=password, name="postgres")
            for name, server in running.items()
        }


@contextmanager
def cloned(worker: str) -> Iterator[Clones]:
    """Fresh clones for this process, dropped at the end; builds the templates when they are out of date."""
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    box, name = Strongbox(FOLDER / "secrets"), f"test_{os.getpid()}_{worker}"
    with servers() as admins:
        with gate(FOLDER):
            template = _template(admins, box)
            for admin_url in admins.values():
                with psycopg.connect(admin_url, autocommit=True) as admin:
                    _drop_left_over(admin)
                    prepare_database(admin, name=name, template=template)
        try:
            yield Clones(**{alias: Clone(admin_url, name, box) for alias, admin_url in admins.items()})
        finally:
            for admin_url in admins.values():
                with psycopg.connect(admin_url, autocommit=True) as admin:
                    _drop(admin, name)


def _template(admins: dict[str, str], box: Strongbox) -> str:
    """The name of the migrated template, the same on both servers; marked as one only when it is complete."""
    name = f"template_{fingerprint()}"
    if not all(_is_template(admin_url, name) for admin_url in admins.values()):
        clones = {alias: Clone(admin_url, name, box) for alias, admin_url in admins.items()}
        for clone in clones.values():
            _make_empty(clone)
        _migrate(clones)
        _open_to_tests(clones["main"])
        for clone in clones.values():
            _mark(clone)
    return name


def _make_empty(clone: Clone) -> None:
    passwords = {role: clone.box.password(f"password.{role}") for role in LOGINS}
    with psycopg.connect(clone.admin_url, autocommit=True) as admin:
        for (old,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'"
        ).fetchall():
            admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(old)))
            _drop(admin, old)
        prepare_roles(admin, passwords=passwords)
        prepare_database(admin, name=clone.name)
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        prepare_grants(admin)


def _migrate(clones: dict[str, Clone]) -> None:
    environment = {
        **os.environ,
        "SPONA_DATABASE_URL": clones["main"].url(APP),
        "SPONA_KEYS_DATABASE_URL": clones["keys"].url(APP),
        "SPONA_MIGRATE_DATABASE_URL": clones["main"].url(MIGRATE),
        "SPONA_KEYS_MIGRATE_DATABASE_URL": clones["keys"].url(MIGRATE),
    }
    command = [sys.executable, "-m", "backend", "migrate", "--verbosity", "0", "--skip-checks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"The test databases could not be migrated:\n{done.stdout}{done.stderr}")


def _open_to_tests(clone: Clone) -> None:
    """Let the job of the tests see and write everything; and make the role that no wall holds."""
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        for table in WALLS:
            admin.execute(OPEN.format(name=TESTS_POLICY, table=table, job=EVERYTHING))
        admin.execute(STEPS.format(name=step_wall.FUNCTION, job=EVERYTHING))
        admin.execute(CHANGES.format(setting=BY_HAND))
        admin.execute(UNWALLED_ROLE.format(role=UNWALLED, app=APP))
        password = clone.box.password(f"password.{UNWALLED}")
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(UNWALLED), sql.Literal(password))
        )


def _mark(clone: Clone) -> None:
    with psycopg.connect(clone.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(clone.name)))


def _is_template(admin_url: str, name: str) -> bool:
    with psycopg.connect(admin_url) as admin:
        found = admin.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None and found[0]


def _drop_left_over(admin: psycopg.Connection) -> None:
    """Remove the clones of runs that were killed: the process in their name is gone."""
    for (name,) in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        if not exists(int(name.split("_")[1])):
            _drop(admin, name)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def at(address: str, *, name: str, role: str | None = None, password: str = "") -> str:
    """The same server, another database, and another role when one is named."""
    parts = urlsplit(address)
    login = parts.netloc
    if role is not None:
        login = f"{role}:{quote(password)}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, login, f"/{name}", parts.query, ""))
