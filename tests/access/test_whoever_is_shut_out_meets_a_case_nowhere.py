"""The relation "excluded" on its own: every operation and channel for somebody shut out of the case that is asked for.

The matrix draws its sample from all relations. Here those ask whom their role alone would let in. With one wall
switched off, as scripts/tests does, it is the other one that refuses.
"""

from collections.abc import Sequence

import pytest

from tests.access.checks import Check, everything
from tests.access.reach import CALLERS, EXCLUDED, OWN, within_reach
from tests.access.runner import Runner
from tests.access.sample import sample

pytestmark = pytest.mark.database

SIGNED_IN = {name for name, caller in CALLERS.items() if caller.role and caller.signed_in}
EVERY = [check for check in everything() if check.place == EXCLUDED and check.caller in SIGNED_IN]
FEW = sample(EVERY, size=150)


def ask(runner: Runner, checks: Sequence[Check]) -> None:
    found = runner.run(checks)
    assert not found, "leaked, or wrong:\n" + "\n".join(map(str, found))


def test_their_role_alone_would_show_it() -> None:
    """Else the checks would prove nothing: each of these reaches the same row in a case that shuts them not out."""
    reached = {name for name in SIGNED_IN if within_reach(CALLERS[name], "case", OWN)}
    assert reached == {"coordinator", "deputy_coordinator", "member", "partner_worker", "machine"}
    assert not any(within_reach(caller, "case", EXCLUDED) for caller in CALLERS.values())


def test_a_few_of_each_sort_show_nothing(runner: Runner) -> None:
    ask(runner, FEW)


@pytest.mark.full
@pytest.mark.parametrize("caller", sorted(SIGNED_IN))
def test_no_operation_shows_anything(runner: Runner, caller: str) -> None:
    ask(runner, [check for check in EVERY if check.caller == caller])
