"""Steps that nobody takes: what follows when consent is withdrawn or an agreement runs out. Each job has a name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from audit.acts import act
from backend.referrals import reasons, stepping
from backend.referrals.lifecycle import SYSTEM
from backend.referrals.models import Referral
from backend.referrals.notices import tell_others
from backend.referrals.standing import standing_of
from backend.referrals.stepping import Taking
from permissions.actor import Actor

# Named system accounts: they hold no seat, and each may do only what its own code does.
WITHDRAWALS: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000001"), kind="system")
LAPSES: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000002"), kind="system")
DOCTOR: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000004"), kind="system")
WIPES: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000003"), kind="system")


@contextmanager
def system_step(by: Actor, referral: Referral, *, verb: str) -> Iterator[Taking]:
    """Take one step of the system on a referral whose case is locked; change it inside, it is saved at the end.

    Raises Conflict when the state has moved on in the meantime.
    """
    with act(by, f"referral.{stepping.DONE[verb]}", referral) as current:
        standing = standing_of(referral)
        step = stepping.find(standing, verb, side=SYSTEM)
        taken = Taking(by=by, verb=verb, side=SYSTEM, step=step, standing=standing, act=current)
        source, before = referral.status, reasons.live_reasons(referral)
        yield taken
        referral.status = step.to
        referral.save()
        stepping.record(referral, taken, source=source)
        reasons.settle(referral, before=before)
        tell_others(referral, kind=f"referral.{stepping.DONE[verb]}", side=SYSTEM)
