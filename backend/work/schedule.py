"""Every job of the worker on one page: what it does, how often, and as which system account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from audit import sealing
from backend.cases.departures import release_departed
from backend.cases.duplicates import compare_new
from backend.erasure import executing, retention, team_keys
from backend.imports.runs import process_queued
from backend.referrals.appointments import wipe_appointments
from backend.referrals.lapse import record_lapses
from backend.review.topping_up import add_looks, top_up
from backend.rights.overdue import tell_overdue
from backend.statistics.releases.job import build_waiting
from backend.statistics.transparency.counting import count_quarters
from permissions.actor import Actor


@dataclass(frozen=True)
class Job:
    """One job: `run` does all that is due and returns how much it did. A `long` one keeps no other waiting."""

    name: str
    account: UUID
    every: timedelta
    run: Callable[[Actor], int]
    long: bool = False

    @property
    def actor(self) -> Actor:
        """Return the system account of this job; it holds no seat and may do only what its code does."""
        return Actor(id=self.account, kind="system")


def _account(number: int) -> UUID:
    return UUID(int=0x00000000_0000_4000_8000_000000000100 + number)


def _seal(_by: Actor) -> int:
    """Seal the audit, where this process was given what that takes; elsewhere another one does."""
    return sealing.work() if sealing.is_configured() else 0


def _finish(_by: Actor) -> int:
    """Destroy the keys of what was erased and not finished: a crash, or a keys database that did not answer."""
    return executing.finish_all() + team_keys.finish_all()


JOBS: Final = (
    Job("erasures", _account(9), timedelta(minutes=1), _finish),
    Job("sealing", _account(6), timedelta(seconds=2), _seal),
    Job("imports", _account(1), timedelta(seconds=2), process_queued),
    Job("appointments", _account(2), timedelta(hours=1), wipe_appointments),
    Job("lapses", _account(3), timedelta(minutes=5), record_lapses),
    Job("retention", _account(0x10), timedelta(days=1), retention.apply),
    Job("departures", _account(4), timedelta(minutes=5), release_departed),
    Job("duplicates", _account(20), timedelta(minutes=1), compare_new),
    Job("reviews", _account(7), timedelta(minutes=1), add_looks),
    Job("rights", _account(0x15), timedelta(hours=1), tell_overdue),
    Job("transparency", _account(0x18), timedelta(days=1), count_quarters),
    Job("releases", _account(0x17), timedelta(seconds=10), build_waiting, long=True),
    Job("review_samples", _account(8), timedelta(days=1), top_up),
)
