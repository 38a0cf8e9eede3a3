"""`spona serve`: databases up to date, then the web server, until ^C.

With the embedded databases the jobs run beside it; with servers of one's own `spona work` is a service of its own.
"""

import argparse
import http.client
import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from backend.children import Child, children, wait_for_any
from backend.embedded.problem import EmbeddedProblem
from backend.environment import env, is_set
from backend.migrating import can_migrate, migrate_when_needed
from backend.seeding import REST, demo_text

START_SECONDS = 60.0
LAST_PORT = 65535


def serve(arguments: Sequence[str], var: Path | None) -> None:
    """Returns after ^C; EmbeddedProblem when something does not start or ends by itself."""
    options = _options(arguments)
    _refuse_taken_port(options.host, options.port)
    if not is_set("SPONA_BASE_URL"):
        os.environ["SPONA_BASE_URL"] = f"http://localhost:{options.port}"
    if can_migrate():
        migrate_when_needed(var)
    accounts = demo_text(var) if options.demo and var is not None else ""
    web = ["web", options.host, *map(str, (options.port, options.workers, options.threads))]
    jobs = [] if var is None else [["work"]]
    try:
        with children([web]) as servers:
            _wait_until_it_answers(servers[0], options.host, options.port)
            _say(f"{accounts}\nSpona answers at {env('SPONA_BASE_URL')}\nTo stop it: ^C (Ctrl and C).")
            with children(jobs) as workers, children([REST] if accounts else []):
                wait_for_any([*servers, *workers])
    except KeyboardInterrupt:
        _say("Stopped.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="spona serve", description="Start Spona.")
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    add(
        "--port",
        type=_port,
        default=env("SPONA_PORT", "8000"),
        help="port to listen on (8000, or SPONA_PORT)",
    )
    add("--workers", type=int, default=2, help="processes (2)")
    add("--threads", type=int, default=4, help="threads in each, one database connection each (4)")
    add("--demo", action="store_true", help="fill empty embedded databases with the demonstration town")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port <= LAST_PORT:
        raise ValueError
    return port


def _refuse_taken_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise EmbeddedProblem(
            f"{host}:{port} cannot be used: {problem}.\n"
            "Is Spona running already? Stop it, or choose another port: spona serve --port 8001."
        ) from problem


def _wait_until_it_answers(server: Child, host: str, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(host, port):
            return
        time.sleep(0.05)
    raise EmbeddedProblem("The web server did not start; see above.")


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
