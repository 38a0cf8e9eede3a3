"""Monthly tallies of a service: recorded by the organisation that gives it, until its team locks the quarter.

No person is in a tally: it says how much was given, not to whom.
"""

from datetime import date
from typing import Final

from django.utils import timezone

from audit.acts import act
from backend import asker
from backend.directory.models import Service
from backend.errors import Conflict, Fault, Invalid, Stale
from backend.reference.lists import codes
from backend.statistics.models import QuarterLock, ServiceTally
from backend.statistics.periods import Quarter, day_of
from backend.statistics.tally_facts import EXCLUSIVE, SHARED, hold, quarter_name
from backend.statistics.tally_model import MOST
from backend.teams.models import Team
from backend.teams.writing import needed
from permissions.actor import Actor

RECORD: Final = "service_tally.record"
MONTHS_BACK: Final = 24
_MONTHS: Final = 12


def record_tally(
    by: Actor, *, service: Service, team: Team, month: date, item: str, amount: int
) -> ServiceTally:
    """Record how much of `item` a service gave in a month (its first day), in the town of `team`.

    Raises Invalid for an item that the service does not give, a month to come, one too long ago, and an amount out of
    range; Conflict `tally_exists` and `quarter_locked`; Forbidden for a service of another organisation.
    """
    _check(service, item, month, amount)
    tally = ServiceTally(
        team=team,
        organisation_id=service.organisation_id,
        service=service,
        item=item,
        month=month,
        amount=amount,
    )
    with act(by, "service_tally.recorded", tally, needs=needed(by, RECORD), item=item):
        _keep_open(tally)
        hold(EXCLUSIVE, f"tally {service.pk} {team.pk} {month} {item}")
        if ServiceTally.objects.filter(service=service, team=team, month=month, item=item).exists():
            raise Conflict("tally_exists")
        tally.save()
    return tally


def change_amount(by: Actor, tally: ServiceTally, *, amount: int, version: int | None = None) -> None:
    """Correct the amount. Raises Invalid, Stale, and Conflict `quarter_locked` once the team has locked its quarter."""
    _check_amount(amount)
    with act(by, "service_tally.changed", tally, needs=needed(by, RECORD), item=tally.item):
        if version is not None and tally.version != version:
            raise Stale
        _keep_open(tally)
        tally.amount = amount
        tally.save()


def _check(service: Service, item: str, month: date, amount: int) -> None:
    if service.code not in codes("tally_items")[item].values("service_codes"):
        raise Invalid(Fault("/item", "not_of_this_service"))
    today = day_of(timezone.now())
    gone = (today.year - month.year) * _MONTHS + today.month - month.month
    if month.day != 1 or not 0 <= gone <= MONTHS_BACK:
        raise Invalid(Fault("/month", "out_of_range"))
    _check_amount(amount)


def _check_amount(amount: int) -> None:
    if not 0 <= amount <= MOST:
        raise Invalid(Fault("/amount", "out_of_range"))


def _keep_open(tally: ServiceTally) -> None:
    """Raise Conflict where the quarter is locked; else nobody locks it before the transaction ends.

    A partner's worker is in no team and sees no lock, so the job of the lock looks.
    """
    quarter = str(Quarter.of(tally.month))
    hold(SHARED, quarter_name(tally.team_id, quarter))
    with asker.working_as(asker.FACTS):
        locked = QuarterLock.objects.filter(team_id=tally.team_id, quarter=quarter).exists()
    if locked:
        raise Conflict("quarter_locked")
