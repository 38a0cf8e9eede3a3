"""`spona witness`: the witness server, to run where this town's own administrators do not reach."""

import argparse
import secrets
import socket
import sqlite3
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from audit.notes import Signer, vkey
from audit.verify import LOG_KEY, WITNESS_KEY, Key, read_policy, read_vkey
from audit.witness import State, Witness
from backend.embedded.problem import EmbeddedProblem
from backend.encryption.private_files import RootKeyUnusable, read_key, write_key_once

SEED = 32
STOP_SECONDS = 5


def witness(arguments: Sequence[str]) -> None:
    """Serve until told to stop. EmbeddedProblem says what stands in the way."""
    options = _options(arguments)
    try:
        logs = _logs(options)
        signer = _signer(options.name, options.key)
        State(options.state)
        _refuse_taken_port(options.host, options.port)
    except (OSError, ValueError, RootKeyUnusable, sqlite3.Error) as problem:
        raise EmbeddedProblem(str(problem)) from problem
    sys.stderr.write(f"This witness is\n{vkey(signer.key)}\nIt signs for {len(logs)} logs.\n")
    sys.stderr.flush()
    Server(
        "witness",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOP_SECONDS,
    ).serve(target_loader=partial(load, signer, logs, options.state), wrap_loader=False)


def load(signer: Signer, logs: dict[str, Key], state: Path) -> Witness:
    """Return the application; called in the process that answers."""
    return Witness(signer, logs, State(state))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="spona witness", description="Sign other towns' checkpoints.")
    add = parser.add_argument
    add("--name", required=True, help="the name in its key, as of a host: witness.example")
    add("--key", type=Path, required=True, help="file of its private key; made when it is not there")
    add("--state", type=Path, required=True, help="file of what it has signed (SQLite); made likewise")
    known = parser.add_mutually_exclusive_group(required=True)
    known.add_argument("--policy", type=Path, help="policy file; its logs are signed for")
    known.add_argument("--log", nargs="+", metavar="VKEY", help="keys of the logs to sign for")
    add("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    add("--port", type=int, default=8008, help="port to listen on (8008)")
    return parser.parse_args(arguments)


def _logs(options: argparse.Namespace) -> dict[str, Key]:
    if options.policy:
        return read_policy(options.policy.read_text("utf-8")).logs
    keys = [read_vkey(text, LOG_KEY) for text in options.log]
    return {key.name: key for key in keys}


def _signer(name: str, path: Path) -> Signer:
    """Return the witness's signer, with a new key when there is none yet."""
    if not path.exists():
        write_key_once(path, secrets.token_bytes(SEED))
    signer = Signer(name, WITNESS_KEY, read_key(path))
    read_vkey(vkey(signer.key), WITNESS_KEY)  # refuses a name that no key may have
    return signer


def _refuse_taken_port(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            pass
    except (OSError, OverflowError) as problem:
        raise EmbeddedProblem(f"{host}:{port} cannot be used: {problem}.") from problem
