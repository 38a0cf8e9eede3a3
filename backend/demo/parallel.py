"""Builds several towns at once, each in one process: the work is Python's more than the database's."""

import gc
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from typing import Final

import django
from django.db import connections

from backend import asker
from backend.demo.build import build_town, shares

EVERY_SECONDS: Final = 1.0
# Elsewhere a forked child may break inside the system's own libraries.
START: Final = "fork" if sys.platform == "linux" else "spawn"


def build_towns(*, cases: int, seed: int, processes: int, tick: Callable[[], None]) -> int:
    """Build all towns; return how many things are new. `tick` is called about once a second, or after each town.

    A town is never shared between processes. Raises what building a town raises.
    """
    if processes <= 1:
        return _one_by_one(shares(cases), seed, tick)
    connections.close_all()
    context = multiprocessing.get_context(START)
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare) as pool:
        towns = [pool.submit(_build, slug, numbers, seed) for slug, numbers in shares(cases).items()]
        _watch(towns, tick)
        return sum(town.result() for town in towns)


def _build(slug: str, numbers: Sequence[int], seed: int) -> int:
    with asker.working_as(asker.DEMO):
        return build_town(slug, numbers, seed)


def _one_by_one(towns: dict[str, list[int]], seed: int, tick: Callable[[], None]) -> int:
    new = 0
    for slug, numbers in towns.items():
        new += _build(slug, numbers, seed)
        tick()
    return new


def _watch(towns: list[Future[int]], tick: Callable[[], None]) -> None:
    """Call `tick` until all towns are done. After a failure those not begun are not begun any more."""
    waiting = set(towns)
    while waiting:
        done, waiting = wait(waiting, timeout=EVERY_SECONDS)
        tick()
        if any(town.exception() for town in done):
            for town in waiting:
                town.cancel()
            waiting = {town for town in waiting if not town.cancelled()}


def _prepare() -> None:
    """Make a new process ready: a spawned one knows nothing yet, a forked one has what it needs."""
    django.setup()
    gc.freeze()  # what is loaded stays: looking through it again and again would take a fifth of the time
