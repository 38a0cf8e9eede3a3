"""The checks of every run: about a thousand of all, the same in every run, and every corner at least once.

Corners come first: each operation, each role, each place, each channel, and each channel of each operation. What is
left is drawn by the digest of the check's name, so that one more operation moves few of the others.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from tests.access.checks import Check

SIZE: Final = 1050


def sample(every: Iterable[Check], *, size: int = SIZE) -> list[Check]:
    """Return `size` checks, in the order in which they were generated; more where the corners need more."""
    given = list(every)
    drawn = sorted(given, key=lambda check: hashlib.sha256(check.name.encode()).digest())
    chosen: dict[str, Check] = {}
    met: set[tuple[str, ...]] = set()
    for check in drawn:
        if fresh := set(corners(check)) - met:
            met |= fresh
            chosen[check.name] = check
    for check in drawn:
        if len(chosen) >= size:
            break
        chosen.setdefault(check.name, check)
    return [check for check in given if check.name in chosen]


def corners(check: Check) -> Iterator[tuple[str, ...]]:
    """Yield what a sample has to have met."""
    yield "operation and channel", check.operation.name, check.channel
    yield "caller and place", check.caller, check.place
    yield "channel and place", check.channel, check.place
