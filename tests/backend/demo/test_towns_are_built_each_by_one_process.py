"""How the work is dealt out to processes, and what happens when one of them fails. Nothing is really built."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from backend.demo import parallel
from backend.demo.accounts import towns

pytestmark = pytest.mark.pure


class Failed(Exception):
    """What goes wrong in a town."""


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int], int]]:
    """The towns that were built, in threads in the place of processes."""
    calls: list[tuple[str, list[int], int]] = []

    def build_town(slug: str, numbers: list[int], seed: int) -> int:
        calls.append((slug, numbers, seed))
        return len(numbers)

    def threads(processes: int, **_options: Any) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(processes)

    monkeypatch.setattr(parallel, "build_town", build_town)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", threads)
    monkeypatch.setattr(parallel, "EVERY_SECONDS", 0.01)
    return calls


def counting() -> tuple[list[float], Callable[[], None]]:
    ticks: list[float] = []
    return ticks, lambda: ticks.append(time.monotonic())


@pytest.mark.parametrize("processes", [0, 1, 2, 3])
def test_every_town_is_built_once_with_its_share(built: list[Any], processes: int) -> None:
    _ticks, tick = counting()
    new = parallel.build_towns(cases=20, seed=5, processes=processes, tick=tick)
    assert new == 20
    assert sorted(slug for slug, _numbers, _seed in built) == sorted(towns())
    assert sorted(number for _slug, numbers, _seed in built for number in numbers) == list(range(20))
    assert {seed for _slug, _numbers, seed in built} == {5}


@pytest.mark.parametrize("processes", [1, 2])
def test_somebody_is_told_how_far_it_is(built: list[Any], processes: int) -> None:
    ticks, tick = counting()
    parallel.build_towns(cases=7, seed=1, processes=processes, tick=tick)
    assert ticks


@pytest.mark.parametrize("processes", [1, 2])
def test_a_failure_comes_out_as_it_was(
    built: list[Any], monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    def fail(slug: str, _numbers: list[int], _seed: int) -> int:
        raise Failed(slug)

    monkeypatch.setattr(parallel, "build_town", fail)
    with pytest.raises(Failed):
        parallel.build_towns(cases=7, seed=1, processes=processes, tick=lambda: None)


def test_after_a_failure_no_other_town_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "EVERY_SECONDS", 0.01)
    broken: Future[int] = Future()
    broken.set_exception(Failed())
    waiting: Future[int] = Future()
    parallel._watch([broken, waiting], lambda: None)
    assert waiting.cancelled()


def test_what_is_running_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "EVERY_SECONDS", 0.01)
    running: Future[int] = Future()
    running.set_running_or_notify_cancel()
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 3:
            running.set_result(4)

    parallel._watch([running], tick)
    assert running.result() == 4
    assert len(ticks) >= 3
