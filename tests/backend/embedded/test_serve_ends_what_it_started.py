"""The whole way: databases made, migrated, served; and nothing left running however it ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.postmaster import Postmaster, exists, read, until

# What they share is made once.
pytestmark = pytest.mark.xdist_group("served")

ANSWERS = "Spona answers at http://localhost:"
SECONDS = 120


class Service:
    """One `spona serve` on a port and a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SPONA_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend", "serve", "--port", str(self.port), "--workers", "1"],
            env={**clean, "SPONA_VAR_DIR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if line.startswith(ANSWERS):
                break

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/api/v1/nothing-like-this", headers={"Host": "localhost"})
        status = connection.getresponse().status
        connection.close()
        return status

    def servers(self) -> list[Postmaster]:
        found = [read(self.var / "postgres" / name) for name in ("main", "keys")]
        return [server for server in found if server is not None and server.alive()]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=SECONDS)
        self.said += rest
        return self.process.returncode

    def port_is_free(self) -> bool:
        try:
            socket.create_server(("127.0.0.1", self.port)).close()
        except OSError:
            return False
        return True


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve") / "var"


@pytest.fixture(scope="module")
def standing(var: Path) -> Iterator[Service]:
    """For the tests that only look; the first start of this file, so it makes and migrates the databases."""
    started = Service(var)
    yield started
    if started.process.poll() is None:
        started.end(signal.SIGTERM)


def assert_nothing_is_left(service: Service, servers: list[Postmaster]) -> None:
    assert service.servers() == [], service.said
    assert not any(server.sockets is not None and server.sockets.exists() for server in servers)
    assert until(service.port_is_free, seconds=20)


def test_a_command_uses_the_databases_that_run(standing: Service, var: Path) -> None:
    before = standing.servers()
    done = subprocess.run(
        [sys.executable, "-m", "backend", "migrate", "--check"],
        env={
            **os.environ,
            "SPONA_VAR_DIR": str(var),
            "SPONA_DATABASE_URL": "",
            "SPONA_KEYS_DATABASE_URL": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [server.pid for server in standing.servers()] == [server.pid for server in before]


def test_what_it_keeps_is_private(standing: Service, var: Path) -> None:
    open_to_others = [path for path in (var, *var.glob("*/")) if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert [path for path in (var / "secrets").iterdir() if path.stat().st_mode & 0o077] == []
    temporary = Path(tempfile.gettempdir())
    for server in standing.servers():
        assert server.sockets is not None
        assert server.sockets.parent == temporary
        assert not server.sockets.stat().st_mode & 0o077


def children_of(service: Service) -> dict[str, bytes]:
    """Return the environment of each part that the service has started, by the word it was started with."""
    listed = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text().split()
    words = {pid: Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in listed}
    return {
        said[said.index(b"backend.tethered") + 1].decode(): Path(f"/proc/{pid}/environ").read_bytes()
        for pid, said in words.items()
        if b"backend.tethered" in said
    }


def test_the_web_server_gets_no_other_role_and_the_worker_alone_seals(standing: Service) -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("this system does not show the environment of a process")
    assert until(lambda: children_of(standing).keys() == {"web", "work"}, seconds=20)
    kept = (b"spona_migrate", b"_ADMIN_", b"spona_sealer", b"SPONA_LOG_KEY")
    found = {
        part: [word for word in kept if word in environment]
        for part, environment in children_of(standing).items()
    }
    assert found == {"web": [], "work": [b"spona_sealer", b"SPONA_LOG_KEY"]}


def test_ctrl_c_stops_everything(standing: Service) -> None:
    servers = standing.servers()
    assert len(servers) == 2, standing.said
    assert standing.status() == 404
    assert standing.end(signal.SIGINT) == 0, standing.said
    assert "Traceback" not in standing.said
    assert_nothing_is_left(standing, servers)


@pytest.mark.full
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_order_stops_everything(standing: Service, var: Path, number: signal.Signals) -> None:
    service = Service(var)
    servers = service.servers()
    assert service.end(number) == 128 + number
    assert_nothing_is_left(service, servers)


def test_after_a_kill_the_web_server_is_gone_and_the_next_start_takes_over(
    standing: Service, var: Path
) -> None:
    service = Service(var)
    servers = service.servers()
    service.end(signal.SIGKILL)
    assert until(service.port_is_free, seconds=20)
    assert [exists(server.pid) for server in servers] == [True, True]
    after = Service(var)
    assert [server.pid for server in after.servers()] == [server.pid for server in servers]
    assert after.status() == 404
    assert after.end(signal.SIGINT) == 0
    assert_nothing_is_left(after, servers)
