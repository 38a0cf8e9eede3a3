"""The cache in the database: what it promises Django, and what Django's own would not."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache, caches
from django.db import connections, transaction

from backend.teams.cache import OutsideCache


@pytest.fixture
def key() -> str:
    return f"test:{uuid4()}"


def test_it_is_the_cache_of_the_service() -> None:
    assert isinstance(caches["default"], OutsideCache)


@pytest.mark.parametrize("value", [1, "a", [1.5, 2.5], {"a": None}, True, None])
def test_it_gives_back_what_was_stored(key: str, value: Any) -> None:
    cache.set(key, value)
    assert cache.get(key, "absent") == value


def test_what_is_absent_or_over_is_the_default(key: str) -> None:
    assert cache.get(key, 7) == 7
    cache.set(key, 1, timeout=0.05)
    time.sleep(0.1)
    assert cache.get(key, 7) == 7
    assert not cache.delete(key)


def test_only_the_first_adds_until_it_is_over(key: str) -> None:
    assert cache.add(key, 1, timeout=0.05)
    assert not cache.add(key, 2)
    time.sleep(0.1)
    assert cache.add(key, 3)
    assert cache.get(key) == 3


def test_of_many_at_once_one_adds(key: str) -> None:
    def add(_number: int) -> bool:
        try:
            return cache.add(key, "y")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(24))) == 1


def test_it_counts_and_keeps_the_end(key: str) -> None:
    cache.set(key, 1, timeout=30)
    assert cache.incr(key) == 2
    assert cache.incr(key, 5) == 7
    assert cache.decr(key) == 6
    with pytest.raises(ValueError, match="no such key"):
        cache.incr(key + "x")


def test_touching_moves_the_end(key: str) -> None:
    assert not cache.touch(key)
    cache.set(key, 1, timeout=0.2)
    assert cache.touch(key, 30)
    time.sleep(0.3)
    assert cache.get(key) == 1


def test_without_timeout_it_stays(key: str) -> None:
    cache.set(key, 1, timeout=None)
    assert cache.get(key) == 1
    assert not cache.add(key, 2)


def test_several_at_once(key: str) -> None:
    cache.set_many({key: 1, key + "x": 2})
    assert cache.get_many([key, key + "x", key + "y"]) == {key: 1, key + "x": 2}


def test_a_rolled_back_request_forgets_nothing(key: str) -> None:
    with transaction.atomic():
        cache.set(key, 1)
        transaction.set_rollback(True)
    assert cache.get(key) == 1


def test_a_hostile_value_in_the_table_is_data(key: str, admin: Any) -> None:
    cache.set(key, 1)
    pickled = "gASVIwAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAhlY2hvIHB3bpSFlFKULg=="
    admin.execute("UPDATE spona_cache SET value = %s WHERE cache_key LIKE %s", [f'"{pickled}"', f"%{key}"])
    assert cache.get(key) == pickled


def test_what_is_over_is_swept_away(key: str, monkeypatch: pytest.MonkeyPatch, admin: Any) -> None:
    cache.set(key, 1, timeout=0.01)
    time.sleep(0.05)
    monkeypatch.setattr("backend.teams.cache.SWEEP_EVERY", 1)
    cache.set(key + "x", 1)
    rows = admin.execute("SELECT 1 FROM spona_cache WHERE cache_key LIKE %s", [f"%{key}"]).fetchall()
    assert rows == []
