"""The access matrix: for each operation a sample of its checks in every run, and all of them in `make test-access`.

One test is one operation, because the requests are many and the towns are built once.
"""

from collections.abc import Sequence

import pytest

from tests.access.checks import Check, everything
from tests.access.runner import Runner
from tests.access.sample import sample

pytestmark = pytest.mark.database

EVERY = everything()
SAMPLE = sample(EVERY)


def by_operation(checks: Sequence[Check]) -> list[object]:
    """Return the checks of each operation as one parameter under its name."""
    names = dict.fromkeys(check.operation.name for check in checks)
    return [pytest.param([one for one in checks if one.operation.name == name], id=name) for name in names]


@pytest.mark.parametrize("checks", by_operation(SAMPLE))
def test_a_sample_shows_nothing(runner: Runner, checks: list[Check]) -> None:
    found = [str(one) for one in runner.run(checks)]
    assert not found, "leaked, or wrong:\n" + "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("checks", by_operation(EVERY))
def test_all_of_it_shows_nothing(runner: Runner, checks: list[Check]) -> None:
    found = [str(one) for one in runner.run(checks)]
    assert not found, "leaked, or wrong:\n" + "\n".join(found)
