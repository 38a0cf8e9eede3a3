"""/health/live and /health/ready: public, quick, and silent about what is missing."""

from typing import Any

import pytest
from django.db import OperationalError

from api import health
from backend.encryption.keyring import RootKeyUnusable
from tests.api.client import Api
from tests.world import make_team


@pytest.fixture(autouse=True)
def platform_root() -> None:
    health.root_keys().create(None)


def test_it_lives(stranger: Api) -> None:
    answer = stranger.get("/health/live")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_it_is_ready(stranger: Api) -> None:
    make_team()
    answer = stranger.get("/health/ready")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def not_ready(stranger: Api) -> None:
    answer = stranger.get("/health/ready")
    assert (answer.status, answer.code) == (503, "not_ready")
    assert stranger.get("/health/live").status == 200


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_without_a_database_it_is_not_ready(
    stranger: Api, monkeypatch: pytest.MonkeyPatch, alias: str
) -> None:
    class Broken(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            if name == alias:
                raise OperationalError("no route to host")
            return real[name]

    real = health.connections
    monkeypatch.setattr(health, "connections", Broken())
    not_ready(stranger)


def test_without_migrations_it_is_not_ready(stranger: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    class Behind:
        def __init__(self, *_args: Any) -> None:
            self.loader = self.graph = self

        def leaf_nodes(self, *_app: Any) -> list[Any]:
            return []

        def migration_plan(self, _targets: Any) -> list[Any]:
            return [("cases.0009_next", False)]

    monkeypatch.setattr(health, "_seen_migrated", set())
    monkeypatch.setattr(health, "MigrationExecutor", Behind)
    not_ready(stranger)


def test_without_the_root_key_it_is_not_ready(stranger: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> Any:
        raise RootKeyUnusable("mode 0644")

    monkeypatch.setattr(health, "root_keys", unreadable)
    not_ready(stranger)


def test_a_wrong_method_is_refused(stranger: Api) -> None:
    assert stranger.post("/health/live").status == 405
