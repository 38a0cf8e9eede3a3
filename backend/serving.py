"""`spona serve`: databases up to date, then the web server, until ^C."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from backend.embedded.problem import EmbeddedProblem
from backend.environment import env
from backend.migrating import can_migrate, migrate_when_needed
from backend.seeding import demo_text

START_SECONDS = 60.0
STOP_SECONDS = 15.0
# The web server gets the service's own role and no other.
KEPT_FROM_IT = tuple(
    f"SPONA_{infix}{role}_DATABASE_URL" for infix in ("", "KEYS_") for role in ("MIGRATE", "ADMIN")
)


def serve(arguments: Sequence[str], var: Path | None) -> None:
    """Returns when the web server was told to stop; EmbeddedProblem when it stopped by itself."""
    options = _options(arguments)
    _refuse_taken_port(options.host, options.port)
    os.environ.setdefault("SPONA_BASE_URL", f"http://localhost:{options.port}")
    if can_migrate():
        migrate_when_needed(var)
    accounts = demo_text(var) if options.demo and var is not None else ""
    server = _launch(options)
    try:
        _wait_until_it_answers(server, options.host, options.port)
        _say(f"{accounts}\nSpona answers at {os.environ['SPONA_BASE_URL']}\nTo stop it: ^C (Ctrl and C).")
        status = server.wait()
    except KeyboardInterrupt:
        _say("Stopping.")
        return
    finally:
        _stop(server)
    raise EmbeddedProblem(f"The web server ended by itself, with status {status}.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="spona serve", description="Start Spona.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--port", type=int, default=int(env("SPONA_PORT", "8000")), help="port to listen on (8000)"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument(
        "--threads", type=int, default=4, help="threads in each, one database connection each (4)"
    )
    parser.add_argument(
        "--demo", action="store_true", help="embedded databases only: fill them with the demo town"
    )
    return parser.parse_args(arguments)


def _refuse_taken_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise EmbeddedProblem(
            f"{host}:{port} cannot be used: {problem.strerror}. Is Spona running already? "
            "Stop it, or choose another port: spona serve --port 8001."
        ) from problem


def _launch(options: argparse.Namespace) -> "subprocess.Popen[bytes]":
    words = [options.host, options.port, options.workers, options.threads]
    return subprocess.Popen(  # noqa: S603 -- our own module
        [sys.executable, "-m", "backend.web_server", *map(str, words)],
        env={name: value for name, value in os.environ.items() if not name.startswith(KEPT_FROM_IT)},
        stdin=subprocess.PIPE,
        start_new_session=True,  # ^C is for us; the web server stops when we say so
    )


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", host: str, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise EmbeddedProblem("The web server did not start; see above.")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    if server.stdin is not None:
        server.stdin.close()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
