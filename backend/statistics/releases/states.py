"""What becomes of a release: building, then refused or prepared, then published or declined. Pure."""

from collections.abc import Mapping
from typing import Final

BUILDING, REFUSED, PREPARED, PUBLISHED, DECLINED = STATES = (
    "building", "refused", "prepared", "published", "declined",
)  # fmt: skip
# What is under way: of a tier and period there is one at a time.
OPEN: Final = (BUILDING, PREPARED)
# Whose figures the Office has read, or can.
SEEN: Final = (PREPARED, PUBLISHED, DECLINED)
NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    BUILDING: (REFUSED, PREPARED, DECLINED),
    PREPARED: (PUBLISHED, DECLINED),
    REFUSED: (),
    PUBLISHED: (),
    DECLINED: (),
}
# The code of the refusal to somebody who wants a step that is not legal.
CODES: Final[Mapping[str, str]] = {
    BUILDING: "release_building",
    REFUSED: "release_refused",
    PUBLISHED: "already_released",
    DECLINED: "declined",
}


def may_become(status: str, wanted: str) -> bool:
    """Say whether the step is legal."""
    return wanted in NEXT[status]
