"""The embedded default as one thing: `var/`, its secrets and clusters, and the settings they give the
service."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from backend.database_roles import (
    APP,
    BACKUP,
    KEYS_DATABASE,
    LOGINS,
    MAIN_DATABASE,
    MIGRATE,
    SEALER,
    prepare_database,
    prepare_grants,
    prepare_roles,
)
from backend.embedded.cluster import Cluster
from backend.embedded.initialise import SUPERUSER
from backend.embedded.lease import PATIENCE, lease
from backend.embedded.postmaster import Postmaster
from backend.embedded.problem import EmbeddedProblem
from backend.embedded.strongbox import Strongbox
from backend.encryption.keyring import RootKeys

KEY_FILES = (
    "SPONA_SECRET_KEY",
    "SPONA_AUDIT_KEY",
    "SPONA_IDEMPOTENCY_KEY",
    "SPONA_LOG_KEY",
    "SPONA_STATISTICS_KEY",
)
# As whom the settings reach each database, and what the name of that setting has besides.
PREFIXES = {APP: "", MIGRATE: "MIGRATE_", BACKUP: "BACKUP_", SUPERUSER: "ADMIN_"}
SERVER = {"shared_buffers": "64MB", "max_connections": "60", "jit": "off"}


@dataclass(frozen=True)
class Installation:
    """Everything lives under `var` (0700), which git ignores."""

    var: Path

    @contextmanager
    def running(self, *, patience: float = PATIENCE) -> Iterator[dict[str, str]]:
        """The environment of the service, for as long as the clusters are leased."""
        box, folder = self._prepare()
        password = box.password(f"password.{SUPERUSER}")
        clusters = [self._cluster(name) for name in ("main", "keys")]
        with lease(folder, clusters, password=password, patience=patience) as servers:
            environment = self._settings(box)
            for server, database, infix in (
                (servers["main"], MAIN_DATABASE, ""),
                (servers["keys"], KEYS_DATABASE, "KEYS_"),
            ):
                self._prepare_server(server, database, box)
                for role, prefix in PREFIXES.items():
                    secret = box.password(f"password.{role}")
                    environment[f"SPONA_{infix}{prefix}DATABASE_URL"] = url(
                        server, role=role, password=secret, name=database
                    )
            environment["SPONA_SEALER_DATABASE_URL"] = url(
                servers["main"],
                role=SEALER,
                password=box.password(f"password.{SEALER}"),
                name=MAIN_DATABASE,
            )
            yield environment

    def _prepare(self) -> tuple[Strongbox, Path]:
        try:
            for name in ("", "postgres", "keys", "mail"):
                (self.var / name).mkdir(mode=0o700, parents=True, exist_ok=True)
                (self.var / name).chmod(0o700)
            RootKeys(self.var / "keys").create(None)
            return Strongbox(self.var / "secrets"), self.var / "postgres"
        except OSError as problem:
            raise EmbeddedProblem(f"{self.var} cannot be used: {problem.strerror}.") from problem

    def _cluster(self, name: str) -> Cluster:
        return Cluster(
            name=name,
            data=self.var / "postgres" / name,
            log=self.var / "log" / f"postgres-{name}.log",
            settings=SERVER,
        )

    def _settings(self, box: Strongbox) -> dict[str, str]:
        files = {f"{name}_FILE": str(box.key_file(name)) for name in KEY_FILES}
        return {
            **files,
            "SPONA_KEYS_DIR": str(self.var / "keys"),
            "SPONA_EMAIL_URL": f"file://{self.var / 'mail'}",
        }

    def _prepare_server(self, server: Postmaster, database: str, box: Strongbox) -> None:
        admin = url(server, role=SUPERUSER, password=box.password(f"password.{SUPERUSER}"), name="postgres")
        with psycopg.connect(admin, autocommit=True) as connection:
            prepare_roles(connection, passwords={role: box.password(f"password.{role}") for role in LOGINS})
            prepare_database(connection, name=database)
        with psycopg.connect(admin, dbname=database, autocommit=True) as connection:
            prepare_grants(connection)


def url(server: Postmaster, *, role: str, password: str, name: str) -> str:
    """The address of a database behind a socket, as libpq and our settings read it."""
    return f"postgresql://{role}:{password}@/{name}?{urlencode({'host': str(server.sockets)})}"
