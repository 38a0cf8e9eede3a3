"""Numbered checks: no start without a key, a second connection to the same database, and histories."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import CheckMessage, registry
from django.test import override_settings

from audit.checks import histories_are_kept, key_is_usable, outside_is_the_same_database

pytestmark = pytest.mark.pure

MAIN = {"HOST": "db", "PORT": "5432", "NAME": "spona", "ATOMIC_REQUESTS": True}
OUTSIDE = MAIN | {"ATOMIC_REQUESTS": False}


def ids(found: list[CheckMessage]) -> list[str | None]:
    return [problem.id for problem in found]


def test_the_checks_run_at_every_start() -> None:
    registered = registry.registry.get_checks()
    assert {key_is_usable, histories_are_kept, outside_is_the_same_database} <= set(registered)


@pytest.mark.parametrize("key", [None, b"", bytes(31), bytes(33), "0" * 32, bytearray(32)])
def test_a_key_that_is_none(key: Any) -> None:
    with override_settings(SPONA_AUDIT_KEY=key):
        assert ids(key_is_usable()) == ["audit.E001"]


def test_a_key_of_32_bytes() -> None:
    with override_settings(SPONA_AUDIT_KEY=bytes(32)):
        assert key_is_usable() == []


def outside_with(monkeypatch: pytest.MonkeyPatch, **aliases: Any) -> list[str | None]:
    monkeypatch.setattr("audit.checks.settings", SimpleNamespace(DATABASES={"default": MAIN, **aliases}))
    return ids(outside_is_the_same_database())


@pytest.mark.parametrize("part", ["HOST", "PORT", "NAME"])
def test_outside_somewhere_else(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside_with(monkeypatch, outside=OUTSIDE | {part: "other"}) == ["audit.E002"]


def test_outside_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside_with(monkeypatch) == ["audit.E002"]


@pytest.mark.parametrize("wrong", [{"ATOMIC_REQUESTS": True}, {"AUTOCOMMIT": False}])
def test_outside_inside_a_transaction(wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside_with(monkeypatch, outside=OUTSIDE | wrong) == ["audit.E003"]


def test_outside_as_it_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside_with(monkeypatch, outside=OUTSIDE) == []


def test_histories_switched_off(settings: Any) -> None:
    assert histories_are_kept() == []
    settings.SIMPLE_HISTORY_ENABLED = False
    assert ids(histories_are_kept()) == ["audit.E004"]
