"""A cluster of their own for these tests, and Django's connections pointed there."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from audit.models import Leaf
from backend.database_roles import APP
from backend.database_url import parse_database_url
from tests.apart import cluster_apart
from tests.databases import Clone, Clones
from tests.sealed import ADDRESS, sealer_of

Admin = psycopg.Connection[Any]


@pytest.fixture(scope="session")
def cluster(database: Clones, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    """The cluster, for all files of this folder: they run in one group."""
    with cluster_apart(tmp_path_factory.mktemp("apart"), like=database.main.superuser_url) as clone:
        yield clone


@pytest.fixture
def apart(cluster: Clone) -> Iterator[Clone]:
    """Point `default`, `outside` and the sealer's alias at the cluster, for one test."""
    before = {alias: dict(connections.settings[alias]) for alias in ("default", "outside")}
    found = parse_database_url(cluster.url(APP))
    for alias in before:
        connections.settings[alias].update({name: found[name] for name in ADDRESS})
    connections.close_all()
    with sealer_of(cluster):
        yield cluster
    connections.close_all()
    for alias, kept in before.items():
        connections.settings[alias].update(kept)


@pytest.fixture
def admin(apart: Clone) -> Iterator[Admin]:
    """A superuser's connection to the cluster, in autocommit."""
    with psycopg.connect(apart.superuser_url, autocommit=True) as connection:
        yield connection


def leaves_of(log: UUID) -> list[UUID]:
    """Return the entries of a log by their places; these must be dense from 0."""
    rows = list(
        Leaf.objects.using("sealer").filter(log_id=log).order_by("index").values_list("index", "entry_id")
    )
    assert [index for index, _ in rows] == list(range(len(rows)))
    return [entry for _, entry in rows]


def root_as_defined(hashes: Sequence[bytes]) -> bytes:
    """Return the root as RFC 6962, 2.1, defines it, by recursion over leaf hashes."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256().digest()
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + root_as_defined(hashes[:half]) + root_as_defined(hashes[half:])).digest()
