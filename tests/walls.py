"""Either wall taken away, so that a test sees what the other one holds alone. Nothing of this exists outside tests."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.test import override_settings

from backend.database_url import parse_database_url
from backend.prepared import Prepared
from tests.databases import UNWALLED, Clones


@contextmanager
def without_wall_one() -> Iterator[None]:
    """Let `visible_to` narrow nothing and `require` ask only whether the row shows."""
    _forget_texts()
    try:
        with override_settings(SPONA_WALL_ONE_OFF=True):
            yield
    finally:
        _forget_texts()


@contextmanager
def without_wall_two(database: Clones) -> Iterator[None]:
    """Let Django connect as the role that no policy holds."""
    found = parse_database_url(database.main.url(UNWALLED))
    kept = {alias: dict(connections.settings[alias]) for alias in ("default", "outside")}
    try:
        for alias in kept:
            _connect_as(alias, user=found["USER"], password=found["PASSWORD"])
        yield
    finally:
        for alias, before in kept.items():
            _connect_as(alias, user=before["USER"], password=before["PASSWORD"])


def _connect_as(alias: str, *, user: str, password: str) -> None:
    connections[alias].close()
    connections.settings[alias].update(USER=user, PASSWORD=password)
    connections[alias].settings_dict.update(USER=user, PASSWORD=password)


def _forget_texts() -> None:
    """A prepared query has the conditions of the first wall in its text."""
    for one in gc.get_objects():
        if type(one) is Prepared:  # asking a lazy object for its class would begin it
            one.forget()
