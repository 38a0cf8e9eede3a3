"""Measures: `python -m benchmarks.run`, or `make bench`. Rounds are interleaved, so that what else the machine does
falls on all alike. Ends with 0 whatever the figures are, with 1 when something could not be measured.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final
from urllib.parse import parse_qs, urlsplit

from backend.embedded.binaries import program
from benchmarks import client, cpu, systems
from benchmarks.datasets import HOME, DataSet
from benchmarks.figures import Measured, percentile
from benchmarks.fill import fill
from benchmarks.operations import OPERATIONS, Call
from benchmarks.report import report
from benchmarks.systems import BARE_QUERY, EMPTY_VIEW, USUAL_WAY, System
from benchmarks.telling import say, unwind_when_told_to_stop

THREADS: Final = (1, 8)
WARM_UP: Final = 96
WARM_UP_SECONDS: Final = 4.0
PGBENCH_SECONDS: Final = 3
NOT_USUAL: Final = frozenset({"member's list", "inbox"})
_PROCESSED: Final = re.compile(r"actually processed: (\d+)")
_LATENCY: Final = re.compile(r"latency average = ([\d.]+) ms")


def measure(system: System, operation: str, *, threads: int, most: int, patience: float) -> Measured | None:
    """Put one load on a system. None where it has nothing to ask about."""
    make = (lambda _supply: _NOTHING) if system.name == EMPTY_VIEW else OPERATIONS[operation]
    if operation == "accept":
        most = min(most, len(system.supply.created))
    if not most:
        return None
    before = _cpu(system)
    load = client.run(system.port, make, system.supply, threads=threads, most=most, patience=patience)
    server, postgres = (
        1000 * (after - earlier) / len(load.seconds)
        for after, earlier in zip(_cpu(system), before, strict=True)
    )
    system.supply.created.extend(load.created)
    p50, p95 = (1000 * percentile(load.seconds, share) for share in (0.5, 0.95))
    return Measured(
        system.name, system.referrals, operation, threads, len(load.seconds), server, postgres, p50, p95
    )


_NOTHING: Final = Call("GET", "/nothing", {"Host": "localhost"})


def _cpu(system: System) -> tuple[float, float]:
    time.sleep(0.05)  # what runs now has its time counted at the next tick
    now = cpu.processes()
    return cpu.seconds([system.server], now), cpu.seconds(system.databases, now)


def bare_query(system: System) -> Measured:
    """Let pgbench ask the query of our list page, and nothing else."""
    address = urlsplit(system.address)
    script = HOME / "page.sql"
    script.write_text(f"{system.page};\n", encoding="utf-8")
    command = [
        str(program("pgbench")), "-n", "-M", "prepared", "-c", "1", "-T", str(PGBENCH_SECONDS), "-f", str(script),
        "-h", parse_qs(address.query)["host"][0], "-U", str(address.username), address.path.strip("/"),
    ]  # fmt: skip
    before = _cpu(system)
    done = subprocess.run(  # noqa: S603 -- the program beside our own PostgreSQL
        command, env={"PGPASSWORD": str(address.password)}, capture_output=True, text=True, check=False
    )
    used = _cpu(system)[1] - before[1]
    processed, latency = _PROCESSED.search(done.stdout), _LATENCY.search(done.stdout)
    if done.returncode or processed is None or latency is None:
        raise client.Failed(f"pgbench ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    number, mean = int(processed[1]), float(latency[1])
    return Measured(BARE_QUERY, system.referrals, "list", 1, number, 0.0, 1000 * used / number, mean, mean)


def rounds(found: Sequence[System], options: argparse.Namespace) -> list[Measured]:
    """Measure every operation on every system in turn, so many times."""
    measured: list[Measured] = []
    for place in range(options.rounds):
        for operation in OPERATIONS:
            say(f"round {place + 1} of {options.rounds}: {operation}")
            for system in found:
                if _has(system, operation):
                    measured += _one(system, operation, options, is_first=place == 0)
    return measured


def _has(system: System, operation: str) -> bool:
    if system.name == EMPTY_VIEW:
        return operation == "list"
    return system.name != USUAL_WAY or operation not in NOT_USUAL


def _one(system: System, operation: str, options: argparse.Namespace, *, is_first: bool) -> list[Measured]:
    if is_first:
        measure(system, operation, threads=max(THREADS), most=WARM_UP, patience=WARM_UP_SECONDS)
    loads = [
        measure(system, operation, threads=threads, most=options.requests, patience=options.seconds)
        for threads in THREADS
    ]
    bare = [bare_query(system)] if operation == "list" and system.page else []
    return [one for one in (*loads, *bare) if one is not None]


def main() -> None:
    options = _options()
    unwind_when_told_to_stop()
    sets = [DataSet(options.teams, referrals) for referrals in options.referrals]
    for data in sets:
        fill(data, migrate=options.migrate)
    try:
        with ExitStack() as stack:
            found = []
            for data in sets:
                environment = stack.enter_context(data.running())
                found.append(stack.enter_context(systems.ours(data, environment)))
                found.append(stack.enter_context(systems.usual(data, environment)))
            found.append(stack.enter_context(systems.floor()))
            measured = rounds(found, options)
    except client.Failed as failed:
        sys.exit(f"Not everything could be measured: {failed}")
    sys.stdout.write(report(measured, options) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    add = parser.add_argument
    add("--teams", type=int, default=7)
    add("--referrals", type=int, nargs="+", default=[100_000, 1_000_000], help="one data set for each number")
    add("--rounds", type=int, default=3)
    add("--requests", type=int, default=200, help="in one load, at the most")
    add("--seconds", type=float, default=6.0, help="for one load, at the most")
    add("--migrate", action="store_true", help="keep data sets that are there, apply new migrations")
    add("--dry", action="store_true", help="print the figures, write no file")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main()
