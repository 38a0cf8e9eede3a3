"""A past for the demo's statistics: its towns tally what they gave, and lock quarters that are over.

The people of the stories came today. What they count as is told once more as the facts of each past quarter, of some of
them, so that a release has something to show. Everything in it is invented, as the stories are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random
from typing import Final

from django.utils import timezone

from audit.acts import act
from backend import asker
from backend.cases.changing import author
from backend.demo.cast import Cast
from backend.directory.models import Service
from backend.statistics import tally_facts
from backend.statistics.facts import of_case, reading, writing
from backend.statistics.facts.model import Fact
from backend.statistics.models import QuarterLock, ServiceTally
from backend.statistics.periods import Quarter, day_of
from backend.statistics.quarters import LINE
from backend.statistics.tallies import record_tally
from backend.teams.models import Team

# Who tallies what in each town: its society goes out to people.
TALLYING: Final = "most"
ITEMS: Final[Mapping[str, tuple[str, int]]] = {
    "contacts": ("HR-OUT", 90),
    "syringes_out": ("HR-NSP", 800),
    "naloxone_kits": ("HR-TLN", 12),
}
# Of ten people of today, so many were there in a past quarter as well.
THERE_OF_TEN: Final = 8
MONTHS: Final = 6


def last_quarter(today: date) -> list[Quarter]:
    """Return the last quarter that is over."""
    return list(Quarter.of(today).before(1))


def year_before(today: date) -> list[Quarter]:
    """Return the quarters of the year before, the oldest first."""
    return [Quarter(today.year - 1, number) for number in range(1, 5)]


def tell_past(cast: Cast, quarters: Sequence[Quarter], *, seed: int) -> int:
    """Tally and lock what is missing of these quarters of one town; return how much is new."""
    with asker.working_as(asker.FACTS):
        locked = set(QuarterLock.objects.filter(team=cast.team).values_list("quarter", flat=True))
    missing = [one for one in quarters if str(one) not in locked]
    if not missing:
        return 0
    tallied = _tally(cast, missing, seed)
    with_people = _people(cast.team, Quarter.of(day_of(timezone.now())))
    for quarter in missing:
        _lock(cast, quarter, with_people, Random(f"{seed} {cast.slug} {quarter}"))  # noqa: S311 - invents a town
    return tallied + len(missing)


def _tally(cast: Cast, missing: Sequence[Quarter], seed: int) -> int:
    """Record what the society gave in each of the last months that are not locked."""
    organisation = cast.organisation(TALLYING)
    services = {one.code: one for one in Service.objects.filter(organisation=organisation)}
    there = set(ServiceTally.objects.filter(team=cast.team).values_list("month", "item"))
    months = [month for quarter in missing for month in _months(quarter)][-MONTHS:]
    wanted = [(month, item) for month, item in product(months, ITEMS) if (month, item) not in there]
    for month, item in wanted:
        code, usual = ITEMS[item]
        amount = Random(f"{seed} {cast.slug} {month} {item}").randint(usual // 2, usual * 2)  # noqa: S311 - as above
        by = cast.actor(cast.worker(TALLYING, 0))
        record_tally(by, service=services[code], team=cast.team, month=month, item=item, amount=amount)
    return len(wanted)


def _months(quarter: Quarter) -> Iterator[date]:
    first = quarter.span.first
    yield from (date(first.year, first.month + more, 1) for more in range(3))


def _people(team: Team, quarter: Quarter) -> list[list[Fact]]:
    """Return what each person of today counts as."""
    with reading.as_the_job():
        return [of_case.facts_of(told, quarter) for told in reading.tellings(team, quarter.span)]


def _lock(cast: Cast, quarter: Quarter, people: Sequence[Sequence[Fact]], chance: Random) -> None:
    by = cast.actor(cast.coordinator)
    row = QuarterLock(team=cast.team, quarter=str(quarter), locked_by=author(by))
    with act(by, "quarter.locked", row, needs=LINE) as current:
        there = [one for one in people if chance.randrange(10) < THERE_OF_TEN]
        facts = [replace(fact, quarter=str(quarter)) for one in there for fact in one]
        with reading.as_the_job():
            facts += tally_facts.of_quarter(cast.team.pk, str(quarter))
            rows = writing.rows_of(facts)
            writing.add(rows, writing.sums(facts))
        row.facts, row.digest = len(rows), writing.digest(rows)
        row.save(force_insert=True)
        current.note(quarter=row.quarter, facts=row.facts, digest=row.digest)
