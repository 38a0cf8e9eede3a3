"""CPU time of trees of processes, user and system together, from `/proc`. Ended children count through their parent."""

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
TICKS: Final = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat after the command: parent, and the time of children that ended and were waited for.
PARENT, CHILDREN = 1, slice(13, 15)


@dataclass(frozen=True)
class Process:
    """One process: its parent, seconds of its own threads (exact) and of children that ended (in ticks)."""

    parent: int
    own: float
    ended: float


def read_stat(text: str) -> tuple[int, float]:
    """Return the parent and the seconds of ended children. The command may hold spaces and brackets."""
    fields = text.rpartition(")")[2].split()
    return int(fields[PARENT]), sum(map(int, fields[CHILDREN])) / TICKS


def own_seconds(pid: int) -> float:
    """Return the seconds of all threads of a process, those that have ended too, exact. Raises OSError."""
    # How Linux names the CPU clock of another process: its complement, and 2 for "as scheduled".
    return time.clock_gettime(~pid << 3 | 2)


def processes(proc: Path = PROC) -> dict[int, Process]:
    """Return every process there is; one that ends meanwhile is left out, its parent has its time."""
    found = {}
    for folder in proc.iterdir():
        if folder.name.isdigit():
            try:
                parent, ended = read_stat((folder / "stat").read_text())
                own = own_seconds(int(folder.name))
            except (OSError, IndexError):
                continue
            found[int(folder.name)] = Process(parent, own, ended)
    return found


def tree(root: int, among: Mapping[int, Process]) -> set[int]:
    """Return the process and all its descendants."""
    members = {root} & among.keys()
    while more := {pid for pid, one in among.items() if one.parent in members} - members:
        members |= more
    return members


def seconds(roots: Iterable[int], among: Mapping[int, Process] | None = None) -> float:
    """Return the CPU seconds that the trees of `roots` have used so far."""
    now = processes() if among is None else among
    members = {pid for root in roots for pid in tree(root, now)}
    return sum(now[pid].own + now[pid].ended for pid in members)
