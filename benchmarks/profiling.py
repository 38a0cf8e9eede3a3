"""Calls the WSGI application with one operation, many times under cProfile. Runs inside the service."""

import cProfile
import json
import pstats
import sys
import time

from benchmarks.asking import ask
from benchmarks.callers import found
from benchmarks.operations import OPERATIONS, Supply

WARM_UP = 10


def one(name: str, supply: Supply) -> None:
    """Do the operation once; what is to be accepted is created first."""
    if name == "accept" and not supply.created:
        one("create", supply)
    call = OPERATIONS[name](supply)
    body = ask(call)
    if call.creates:
        supply.created.append(json.loads(body)["id"])


def main(name: str, requests: str, sort: str, lines: str) -> None:
    supply, number = Supply.read(found()), int(requests)
    for _ in range(number + WARM_UP if name == "accept" else 0):
        one("create", supply)
    for _ in range(WARM_UP):
        one(name, supply)
    began = time.process_time(), time.perf_counter()
    profile = cProfile.Profile()
    for place in range(number):
        if place == number // 2:
            cpu, wall = time.process_time() - began[0], time.perf_counter() - began[1]
            profile.enable()
        one(name, supply)
    profile.disable()
    half = number // 2
    print(
        f"{name}: {1000 * cpu / half:.2f} ms CPU of Python, {1000 * wall / half:.2f} ms in all, per request"
    )
    pstats.Stats(profile).sort_stats(sort).print_stats(int(lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
