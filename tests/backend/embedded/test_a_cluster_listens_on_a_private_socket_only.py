"""No TCP, no trust: who reads the socket folder still needs a password."""

import os
import stat
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from backend.embedded.cluster import Cluster
from backend.embedded.installation import url
from backend.embedded.postmaster import Postmaster, read

PASSWORD = "a password of the tests"


@pytest.fixture
def server(standing: Cluster) -> Postmaster:
    return standing.wait_ready(None)


def connect(server: Postmaster, *, password: str = PASSWORD) -> psycopg.Connection:
    address = url(server, role="postgres", password=quote(password), name="postgres")
    return psycopg.connect(address, autocommit=True)


def setting(server: Postmaster, name: str) -> str:
    with connect(server) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def test_there_is_no_network_address(server: Postmaster) -> None:
    assert setting(server, "listen_addresses") == ""


def test_the_socket_folder_is_ours_alone(server: Postmaster) -> None:
    assert server.sockets is not None
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert server.sockets.name.startswith("spona-test-")
    assert len(os.fsencode(server.sockets / ".s.PGSQL.5432.lock")) < 103


def test_the_data_folder_is_ours_alone(standing: Cluster) -> None:
    assert stat.S_IMODE(standing.data.stat().st_mode) == 0o700


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper()])
def test_a_wrong_password_is_refused(server: Postmaster, password: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        connect(server, password=password)


def test_every_line_of_the_access_file_asks_for_scram(standing: Cluster) -> None:
    lines = (standing.data / "pg_hba.conf").read_text().splitlines()
    methods = {line.split()[-1] for line in lines if line.strip() and not line.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_the_file_with_the_password_is_gone(standing: Cluster) -> None:
    assert sorted(path.name for path in standing.data.parent.iterdir()) == ["data", "log"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
    ],
)
def test_it_is_set_up_as_promised(server: Postmaster, name: str, value: str) -> None:
    assert setting(server, name) == value


def test_serbian_letters_change_case(server: Postmaster) -> None:
    with connect(server) as connection:
        row = connection.execute("SELECT upper('đorđe žarko'), lower('ЉИЉАНА ЏАЈИЋ')").fetchone()
    assert row == ("ĐORĐE ŽARKO", "љиљана џајић")


def test_a_failing_statement_leaves_no_value_in_the_log(server: Postmaster, standing: Cluster) -> None:
    with connect(server) as connection:
        connection.execute("CREATE TABLE t (name text PRIMARY KEY)")
        connection.execute("INSERT INTO t VALUES ('Đorđe Petrović')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO t VALUES (%s)", ["Đorđe Petrović"])
    log = standing.log.read_text()
    assert "duplicate key" in log
    assert "Petrović" not in log


def test_stopping_removes_the_socket_folder(cluster: Cluster) -> None:
    server = cluster.wait_ready(cluster.launch())
    cluster.stop()
    assert server.sockets is not None
    assert not server.sockets.exists()
    assert cluster.running() is None
    assert read(cluster.data) is None


def test_stopping_twice_is_no_error(cluster: Cluster) -> None:
    cluster.wait_ready(cluster.launch())
    cluster.stop()
    cluster.stop()


def test_the_server_sees_no_secret_in_its_environment(server: Postmaster) -> None:
    environment = Path(f"/proc/{server.pid}/environ")
    if environment.exists():
        assert b"SPONA_" not in environment.read_bytes()
