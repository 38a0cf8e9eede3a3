"""What is measured: servers that are started, with the trees of processes whose CPU time counts."""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from backend.embedded import postmaster
from benchmarks.datasets import DataSet, fingerprint
from benchmarks.operations import Supply

START_SECONDS: Final = 60.0
USUAL: Final = "usual"
OURS, USUAL_WAY, EMPTY_VIEW, BARE_QUERY = "ours", "usual way", "empty view", "bare query"
RATES: Final = dict.fromkeys(("SPONA_RATE_USER", "SPONA_RATE_TOKEN", "SPONA_RATE_ANONYMOUS"), "9999999/s")
_OURS_ONLY: Final = ("MIGRATE_DATABASE_URL", "ADMIN_DATABASE_URL")


@dataclass(frozen=True)
class System:
    """A server to ask: which one on how many referrals, where, and whose CPU time counts."""

    name: str
    referrals: int
    port: int
    server: int
    databases: tuple[int, ...]
    supply: Supply
    page: str = ""
    address: str = ""


@contextmanager
def ours(data: DataSet, environment: Mapping[str, str]) -> Iterator[System]:
    """The service as `spona serve` starts it on servers of one's own, with the limits of calls out of the way."""
    plain = {name: value for name, value in environment.items() if not name.endswith(_OURS_ONLY)}
    port = _free_port()
    with _child(["-m", "backend", "serve", "--port", str(port)], {**plain, **RATES}) as pid:
        _wait(port, "/")
        found = asked(environment, "benchmarks.callers")
        yield System(
            OURS,
            data.referrals,
            port,
            pid,
            _postmasters(data),
            Supply.read(found),
            page=found["page"],
            address=environment["SPONA_ADMIN_DATABASE_URL"],  # whom no wall holds: the bare query
        )


@contextmanager
def usual(data: DataSet, environment: Mapping[str, str]) -> Iterator[System]:
    """The usual way under gunicorn, with as many workers as its pages say, on a database beside ours."""
    settings = {
        **environment,
        "USUAL_DATABASE_URL": _usual_database(environment),
        "USUAL_SECRET_KEY": secrets.token_hex(32),
        "DJANGO_SETTINGS_MODULE": "benchmarks.usual_way.settings",
    }
    stamp = data.folder / "usual-filled"
    shape = fingerprint(Path(__file__).with_name("usual_way") / name for name in ("filling.py", "models.py"))
    if not stamp.exists() or stamp.read_text(encoding="ascii") != shape:
        _empty_usual(environment)
        _run(
            settings,
            "benchmarks.within",
            "benchmarks.usual_way.filling",
            str(data.teams),
            str(data.referrals),
        )
        stamp.write_text(shape, encoding="ascii")
    port, workers = _free_port(), 2 * (os.cpu_count() or 1) + 1
    words = [
        "-m",
        "gunicorn",
        "benchmarks.usual_way.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
    ]
    with _child([*words, "--timeout", "120", "--log-level", "warning"], settings) as pid:
        _wait(port, "/")
        supply = Supply.read(asked(settings, "benchmarks.usual_way.callers"), at="/referrals", tail="/")
        yield System(USUAL_WAY, data.referrals, port, pid, _postmasters(data), supply)


@contextmanager
def floor() -> Iterator[System]:
    """An empty view under our web server."""
    port = _free_port()
    with _child(["-m", "benchmarks.floor", str(port)], dict(os.environ)) as pid:
        _wait(port, "/nothing")
        yield System(EMPTY_VIEW, 0, port, pid, (), Supply({}, iter(()), iter(())))


def asked(environment: Mapping[str, str], module: str) -> Any:
    """Return what a module that runs inside a service prints as JSON."""
    return json.loads(_run(environment, "benchmarks.within", module))


def _run(environment: Mapping[str, str], *words: str) -> bytes:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, env=dict(environment), check=False, stdout=subprocess.PIPE)  # noqa: S603 -- our own module
    if done.returncode != 0:
        raise SystemExit(f"{words[-1]} failed; see above.")
    return done.stdout


def _postmasters(data: DataSet) -> tuple[int, ...]:
    found = [postmaster.read(data.folder / "postgres" / name) for name in ("main", "keys")]
    return tuple(one.pid for one in found if one is not None)


def _usual_database(environment: Mapping[str, str]) -> str:
    """Return the address of the usual way's own database: beside ours, as its owner, as projects do."""
    return environment["SPONA_ADMIN_DATABASE_URL"].replace("/spona?", f"/{USUAL}?")


def _empty_usual(environment: Mapping[str, str]) -> None:
    with psycopg.connect(environment["SPONA_ADMIN_DATABASE_URL"], autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(USUAL)))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(USUAL)))


@contextmanager
def _child(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[int]:
    with ExitStack() as stack:
        command = [sys.executable, *words]
        child = subprocess.Popen(command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=sys.stderr)  # noqa: S603 -- our own module
        stack.callback(child.wait)
        stack.callback(child.terminate)
        yield child.pid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise SystemExit("A server did not start; see above.")
