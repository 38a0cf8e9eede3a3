"""`spona database prepare`, `migrate` and `serve` against servers named in the environment; no cluster is started."""

import base64
import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from backend.embedded.cluster import Cluster
from backend.embedded.installation import url
from backend.encryption.keyring import RootKeys

PASSWORDS = {"spona_app": "app password", "spona_migrate": "migrating password"}


def address(cluster: Cluster, role: str, password: str, name: str) -> str:
    return url(cluster.wait_ready(None), role=role, password=quote(password), name=name)


@pytest.fixture(scope="module")
def environment(standing: Cluster, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every setting of an installation with servers of its own; here one server plays both."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "keys").mkdir(mode=0o700)
    RootKeys(folder / "keys").create(None)
    (folder / "app").write_text(PASSWORDS["spona_app"] + "\n")
    admin = address(standing, "postgres", "a password of the tests", "postgres")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SPONA_")}
    given = {
        "SPONA_ADMIN_DATABASE_URL": admin,
        "SPONA_KEYS_ADMIN_DATABASE_URL": admin,
        "SPONA_APP_PASSWORD_FILE": str(folder / "app"),
        "SPONA_MIGRATE_PASSWORD": PASSWORDS["spona_migrate"],
        "SPONA_KEYS_DIR": str(folder / "keys"),
        "SPONA_VAR_DIR": str(folder / "var"),
        "SPONA_SECRET_KEY": "s" * 50,
        "SPONA_EMAIL_URL": f"file://{folder / 'mail'}",
    }
    for name in ("SPONA_AUDIT_KEY", "SPONA_IDEMPOTENCY_KEY", "SPONA_STATISTICS_KEY"):
        given[name] = base64.urlsafe_b64encode(os.urandom(32)).decode()
    for infix, database in (("", "spona"), ("KEYS_", "spona_keys")):
        for prefix, role in (("", "spona_app"), ("MIGRATE_", "spona_migrate")):
            given[f"SPONA_{infix}{prefix}DATABASE_URL"] = address(standing, role, PASSWORDS[role], database)
    return {**clean, **given}


def spona(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "backend", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("time", ["first", "second"])
def test_preparing_makes_roles_and_databases_however_often(environment: dict[str, str], time: str) -> None:
    spona(environment, "database", "prepare")
    for name, database in (("SPONA_DATABASE_URL", "spona"), ("SPONA_KEYS_DATABASE_URL", "spona_keys")):
        with psycopg.connect(environment[name]) as connection:
            row = connection.execute("SELECT current_user, current_database()").fetchone()
        assert row == ("spona_app", database)


def test_a_role_without_a_password_cannot_sign_in(environment: dict[str, str], standing: Cluster) -> None:
    spona(environment, "database", "prepare")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address(standing, "spona_sealer", "", "spona"))


@pytest.mark.full
def test_they_are_migrated_and_served(environment: dict[str, str]) -> None:
    spona(environment, "database", "prepare")
    spona(environment, "migrate", "--verbosity", "0")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "backend", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = [server.stdout.readline() for _ in range(3)]
        assert any("answers" in line for line in said), said
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/api/v1/nothing", headers={"Host": "localhost"})
        assert connection.getresponse().status == 404
        connection.close()
        server.send_signal(signal.SIGTERM)
    assert server.returncode == 128 + signal.SIGTERM
    assert not Path(environment["SPONA_VAR_DIR"]).exists()
