"""A sealer for tests: its alias among Django's connections, a key for the logs, and entries that are in their log."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections

from audit.checkpoints import sign_due
from audit.entries import compose
from audit.models import Entry, Leaf
from audit.recorder import write
from audit.sealer import ALIAS, seal
from backend.database_roles import SEALER
from backend.database_url import parse_database_url
from tests.audit.people import Person
from tests.databases import Clone

KEY: Final = bytes(range(32))
NAME: Final = "log.example"
ADDRESS: Final = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
PATIENCE: Final = 60.0


@contextmanager
def sealer_of(clone: Clone) -> Iterator[None]:
    """Give this process what the worker is given: the sealer's address and the key of the logs."""
    address = parse_database_url(clone.url(SEALER))
    connections.settings[ALIAS] = {
        **connections.settings["outside"],
        **{name: address[name] for name in ADDRESS},
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SPONA_LOG_KEY", KEY)
        patch.setattr(settings, "SPONA_LOG_NAME", NAME)
        try:
            yield
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.settings[ALIAS]


def add(log: UUID, count: int = 1) -> list[Entry]:
    """Write entries into a log, in one transaction, and return them."""
    by = Person()
    made = [
        compose(by, "case.viewed", team=log, kind="case", object_id=str(uuid4()), given={})
        for _ in range(count)
    ]
    write(made, using="default")
    return made


def all_sealed(entries: Sequence[Entry]) -> None:
    """Seal until these are in their logs, and sign. What other tests hold open in this cluster may hold it up."""
    wanted, deadline = {entry.id for entry in entries}, time.monotonic() + PATIENCE
    while Leaf.objects.using(ALIAS).filter(entry_id__in=wanted).count() < len(wanted):
        assert time.monotonic() < deadline, "a transaction somewhere in this cluster does not end"
        seal()
        time.sleep(0.01)
    sign_due(now=True)
