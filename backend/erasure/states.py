"""What state an erasure or a kill switch is in, by its moments and the clock. Pure."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from backend.erasure.models import (
    CONFIRMED,
    DECLINED,
    DESTROYED,
    EXECUTED,
    LAPSED,
    LAPSES_AFTER,
    REQUESTED,
    Erasure,
    KeyDestruction,
)

# The moments that end an erasure, the last first.
_ENDS: Final = (("destroyed_at", DESTROYED), ("executed_at", EXECUTED), ("declined_at", DECLINED))


def state_of(row: Erasure | KeyDestruction) -> str:
    """Return one of `models.STATES`; a kill switch is never confirmed, its custodian executes."""
    for moment, state in _ENDS:
        if getattr(row, moment) is not None:
            return state
    if isinstance(row, KeyDestruction):
        return _unless_lapsed(row.asked_at, REQUESTED)
    if row.confirmed_at is not None:
        return _unless_lapsed(row.confirmed_at, CONFIRMED)
    return _unless_lapsed(row.requested_at, REQUESTED)


def _unless_lapsed(since: datetime, state: str) -> str:
    return LAPSED if since <= timezone.now() - LAPSES_AFTER else state
