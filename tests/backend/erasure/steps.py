"""The three steps of an erasure, as most tests begin with them."""

from backend.erasure import asking, executing
from backend.erasure.models import RIGHTS_REQUEST, Erasure
from tests.backend.referrals.loops import Loop
from tests.world import actor


def requested(loop: Loop, *, reason: str = RIGHTS_REQUEST) -> Erasure:
    return asking.request(loop.centre, loop.case, reason=reason)


def confirmed(loop: Loop, *, reason: str = RIGHTS_REQUEST) -> Erasure:
    row = requested(loop, reason=reason)
    asking.confirm(actor(loop.town.lead), row)
    return row


def erased(loop: Loop, *, reason: str = RIGHTS_REQUEST) -> Erasure:
    row = confirmed(loop, reason=reason)
    executing.execute(loop.coordinator, row)
    row.refresh_from_db()
    return row
