"""Reads `postmaster.pid`, the file in which a running PostgreSQL says who it is and where it listens."""

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PID_FILE = "postmaster.pid"
PID, FOLDER, STATUS = 0, 4, 7


@dataclass(frozen=True)
class Postmaster:
    """A postmaster as its data folder describes it; whether it lives is asked of the system."""

    pid: int
    sockets: Path | None
    ready: bool
    data: Path

    def alive(self) -> bool:
        """Whether the process of that number is really the server of this data folder.

        A number can have passed to another process since a crash; a zombie has no command line.
        """
        return str(self.data).encode() in _command_line(self.pid)


def read(data: Path) -> Postmaster | None:
    """What the file says; None when there is none or it is only half written."""
    try:
        lines = (data / PID_FILE).read_text(encoding="utf-8").splitlines()
        pid = int(lines[PID])
    except (OSError, ValueError, IndexError):
        return None
    sockets = Path(lines[FOLDER]) if len(lines) > FOLDER and lines[FOLDER] else None
    ready = len(lines) > STATUS and lines[STATUS].strip() == "ready"
    return Postmaster(pid=pid, sockets=sockets, ready=ready, data=data)


def exists(pid: int) -> bool:
    """Whether any process has that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def kill(pid: int, how: int) -> None:
    """Send a signal; a process that has just ended is no error."""
    with suppress(ProcessLookupError):
        os.kill(pid, how)


def until(done: Callable[[], bool], *, seconds: float) -> bool:
    """Ask every 20 ms until `done` or until the time is up; says whether it is done."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _command_line(pid: int) -> bytes:
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return b""
    command = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    listed = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- fixed words
    return listed.stdout
