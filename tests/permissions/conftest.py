"""A window of spona_app's, twice: with the reach worked out once in a transaction, and in every statement."""

from collections.abc import Iterator

import pytest

from tests.databases import Clones
from tests.permissions.window import Window, window


@pytest.fixture(params=[True, False], ids=["once", "each"])
def shown(request: pytest.FixtureRequest, database: Clones) -> Iterator[Window]:
    with window(database, known=request.param) as found:
        yield found
