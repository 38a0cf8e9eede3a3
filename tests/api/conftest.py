"""Fixtures of the API's tests. `counted` compares the number of queries of an operation with the committed one."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.api.audit import Audit
from tests.api.client import Api
from tests.databases import Clones
from tests.world import Town

COUNTS = Path(__file__).with_name("query_counts.json")
Counted = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def town(database: Clones) -> Town:
    return Town()


@pytest.fixture
def stranger() -> Api:
    """A client without any credentials."""
    return Api()


@pytest.fixture
def audit(database: Clones) -> Iterator[Audit]:
    """The entries written since the test began, read as the database's administrator."""
    with Audit.since_now(database.main.superuser_url) as entries:
        yield entries


@pytest.fixture
def counted() -> Counted:
    """`with counted("cases_list"): ...` fails above the committed number of queries on `default`.

    SPONA_TEST_WRITE_COUNTS=1 writes the numbers down instead.
    """
    return _counted


@contextmanager
def _counted(operation: str) -> Iterator[None]:
    with CaptureQueriesContext(connections["default"]) as queries:
        yield
    made = sum(1 for query in queries.captured_queries if not _is_frame(query["sql"]))
    known = json.loads(COUNTS.read_text(encoding="utf-8"))
    if os.environ.get("SPONA_TEST_WRITE_COUNTS") == "1":
        COUNTS.write_text(
            json.dumps({**known, operation: made}, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
        return
    assert operation in known, (
        f"{operation} made {made} queries: write it down with SPONA_TEST_WRITE_COUNTS=1"
    )
    statements = "\n".join(query["sql"] for query in queries.captured_queries)
    assert made <= known[operation], (
        f"{operation} made {made} queries, {known[operation]} are allowed:\n{statements}"
    )


def _is_frame(statement: str) -> bool:
    return statement.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
