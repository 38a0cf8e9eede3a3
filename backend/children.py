"""The processes that `spona serve` looks after: started together, stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from backend.embedded.problem import EmbeddedProblem

STOP_SECONDS = 15.0
# They get the service's own role and no other.
KEPT_FROM_THEM = tuple(
    f"SPONA_{infix}{role}_DATABASE_URL" for infix in ("", "KEYS_") for role in ("MIGRATE", "ADMIN")
)

# The worker alone seals the audit's logs and signs for them.
WORKER: Final = "work"
SEALING = ("SPONA_SEALER_DATABASE_URL", "SPONA_LOG_KEY")

Child = subprocess.Popen[bytes]


@contextmanager
def children(commands: Sequence[Sequence[str]]) -> Iterator[list[Child]]:
    """Start them; on the way out, however that comes about, stop them all."""
    started: list[Child] = []
    try:
        for words in commands:
            started.append(_start(words))
        yield started
    finally:
        for child in started:
            child.terminate()
        for child in started:
            _see_off(child)


def wait_for_any(running: Sequence[Child]) -> None:
    """Wait until one of them ends by itself, and say so: they are meant to run until told to stop."""
    while all(child.poll() is None for child in running):
        time.sleep(0.2)
    raise EmbeddedProblem("A part of the service ended by itself; see above. Everything was stopped.")


def _start(words: Sequence[str]) -> Child:
    kept = KEPT_FROM_THEM if words[0] == WORKER else KEPT_FROM_THEM + SEALING
    return subprocess.Popen(  # noqa: S603 -- our own module
        [sys.executable, "-m", "backend.tethered", *words],
        env={name: value for name, value in os.environ.items() if not name.startswith(kept)},
        stdin=subprocess.PIPE,
        start_new_session=True,  # ^C is for us; they stop when we say so
    )


def _see_off(child: Child) -> None:
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdin is not None:
        child.stdin.close()
