"""The access matrix: for each operation a sample of its checks in every run, and all of them in `make test-access`.

One test is one operation, because the requests are many and the towns are built once.
"""

from collections.abc import Callable, Sequence

import pytest

from tests.access.checks import Check, everything
from tests.access.judge import LEAK
from tests.access.runner import Runner
from tests.access.sample import sample

pytestmark = pytest.mark.database

EVERY = everything()
SAMPLE = sample(EVERY)


def by_operation(checks: Sequence[Check]) -> list[object]:
    """Return the checks of each operation as one parameter under its name."""
    names = dict.fromkeys(check.operation.name for check in checks)
    return [pytest.param([one for one in checks if one.operation.name == name], id=name) for name in names]


Property = Callable[[str, object], None]


def ask(runner: Runner, checks: Sequence[Check], record: Property) -> None:
    """Make the checks, count them for the last line of the run, and fail on whatever they find."""
    before = runner.made
    found = runner.run(checks)
    record("made", runner.made - before)
    record("leaks", sum(one.sort == LEAK for one in found))
    assert not found, "leaked, or wrong:\n" + "\n".join(map(str, found))


@pytest.mark.parametrize("checks", by_operation(SAMPLE))
def test_a_sample_shows_nothing(runner: Runner, checks: list[Check], record_property: Property) -> None:
    ask(runner, checks, record_property)


@pytest.mark.full
@pytest.mark.parametrize("checks", by_operation(EVERY))
def test_all_of_it_shows_nothing(runner: Runner, checks: list[Check], record_property: Property) -> None:
    ask(runner, checks, record_property)
