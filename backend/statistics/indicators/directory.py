"""Indicators that count services, locks and releases, and no person: exact, as at the day after the period. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from backend.reference.lists import codes
from backend.statistics.indicators.numbers import PER_CENT, TOTAL
from backend.statistics.indicators.registry import registry

FRESH: Final = timedelta(days=180)
A_YEAR: Final = timedelta(days=365)
IN_TIME: Final = timedelta(days=30)
USABLE_MONTHS: Final = 36
CAPITAL: Final = "RS-00"
YEAR: Final = "year"


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of the directory as it stood on a day; `towns` are where it is given, by code."""

    id: str
    code: str
    towns: frozenset[str]
    is_active: bool
    assured_on: date | None
    funded_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the indicators are worked out from. `on` is the first day after the period, which is `yearly` or not.

    `teams` gives the town of each included team, `absent` says how many teams are not included. `before` are the
    services at the beginning of the period. `locked_after` has, for each lock of an included team, its team and how
    long after the quarter it came. `ages` are months since the end of the last published period of each indicator, and
    `days_to_release` is how long the last public release took.
    """

    on: date
    yearly: bool
    teams: Mapping[str, str]
    absent: int
    services: Sequence[Entry]
    before: Sequence[Entry]
    locked_after: Sequence[tuple[str, timedelta]]
    quarters: int
    ages: Mapping[str, int]
    days_to_release: int | None

    def of(self, town: str) -> list[Entry]:
        """Return the active services of one town."""
        return [one for one in self.services if one.is_active and town in one.towns]

    @property
    def places(self) -> dict[str, list[Entry]]:
        """Return the active services of each team's town, and of all of them."""
        by_team = {team: self.of(town) for team, town in self.teams.items()}
        return {**by_team, TOTAL: _together(by_team.values())}


Count = dict[str, Any]


def counts(facts: Facts) -> list[Count]:
    """Return every count of this kind that a release of this period may hold, in the order of the list."""
    found: list[Count] = []
    for indicator in registry().values():
        for part in indicator.parts:
            due = facts.yearly or indicator.entry.attributes["finest_period"] != YEAR
            if part.rule and due:
                said = {"id": indicator.code, "name": part.name, "mask": ""}
                found += ({**said, **one} for one in RULES[part.rule](facts))
    return found


def core() -> dict[str, str]:
    """Return the codes of the core services, each with the member of the core set that it stands for.

    The set has twelve members; of some of them there are several services, and one is enough.
    """
    return {code: member for code, one in codes("services").items() if (member := one.attributes["core_set"])}


def core_on_paper(facts: Facts) -> Iterator[Count]:
    for team, town in facts.teams.items():
        yield _core_share(team, facts.of(town))


def core_assured(facts: Facts) -> Iterator[Count]:
    for team, town in facts.teams.items():
        yield _core_share(team, [one for one in facts.of(town) if _is_fresh(one, facts.on)])


def towns_with_service(facts: Facts) -> Iterator[Count]:
    for code in core():
        with_it = [town for town in facts.teams.values() if _has(facts, town, code)]
        yield _share(TOTAL, len(with_it), len(facts.teams), column=code)


def population_with_service(facts: Facts) -> Iterator[Count]:
    people = {town: n for town in facts.teams.values() if (n := population(town)) is not None}
    for code in core():
        reached = sum(n for town, n in people.items() if _has(facts, town, code))
        yield _share(TOTAL, reached, sum(people.values()), column=code, parts=False)


def outside_capital(facts: Facts) -> Iterator[Count]:
    """Services for each inhabitant outside the capital over those in it; None where a population is not known."""
    inside = [town for town in facts.teams.values() if _is_capital(town)]
    outside = [town for town in facts.teams.values() if not _is_capital(town)]
    rates = [_per_head(facts, towns) for towns in (outside, inside)]
    value = round(rates[0] / rates[1], 2) if rates[0] is not None and rates[1] else None
    yield {"row": TOTAL, "column": "", "value": value, "unit": "ratio"}


def closures(facts: Facts) -> Iterator[Count]:
    now = {one.id for one in facts.services if one.is_active}
    for place, towns in _places(facts):
        before = [one for one in facts.before if one.is_active and one.towns & towns]
        yield _share(place, sum(one.id not in now for one in before), len(before))


def funded_a_year_ahead(facts: Facts) -> Iterator[Count]:
    for place, there in facts.places.items():
        secured = [one for one in there if one.funded_until and one.funded_until >= facts.on + A_YEAR]
        yield _share(place, len(secured), len(there))


def fresh(facts: Facts) -> Iterator[Count]:
    for place, there in facts.places.items():
        yield _share(place, sum(_is_fresh(one, facts.on) for one in there), len(there))


def ages(facts: Facts) -> Iterator[Count]:
    for code, months in facts.ages.items():
        yield {"row": TOTAL, "column": code, "value": months, "unit": "months"}


def recency(facts: Facts) -> Iterator[Count]:
    parts = [max(0.0, 1 - facts.ages[code] / USABLE_MONTHS) for code in measured() if code in facts.ages]
    value = round(sum(parts) / len(measured()), 2)
    yield {"row": TOTAL, "column": "", "value": value, "unit": "index"}


def available(facts: Facts) -> Iterator[Count]:
    usable = [code for code in measured() if facts.ages.get(code, USABLE_MONTHS + 1) <= USABLE_MONTHS]
    yield _share(TOTAL, len(usable), len(measured()))


def locked_in_time(facts: Facts) -> Iterator[Count]:
    in_time = [team for team, after in facts.locked_after if after <= IN_TIME]
    for team in facts.teams:
        yield _share(team, in_time.count(team), facts.quarters)
    yield _share(TOTAL, len(in_time), (len(facts.teams) + facts.absent) * facts.quarters)


def days_to_release(facts: Facts) -> Iterator[Count]:
    yield {"row": TOTAL, "column": "", "value": facts.days_to_release, "unit": "days"}


RULES: Final[Mapping[str, Callable[[Facts], Iterable[Count]]]] = {
    rule.__name__: rule
    for rule in (
        core_on_paper, core_assured, towns_with_service, population_with_service, outside_capital, closures,
        funded_a_year_ahead, fresh, ages, recency, available, locked_in_time, days_to_release,
    )
}  # fmt: skip


def measured() -> tuple[str, ...]:
    """Return the codes of the indicators of which there may be a figure."""
    return tuple(code for code, one in registry().items() if one.is_measured)


def population(town: str) -> int | None:
    """Return the inhabitants of a town (census of 2022), None where the list does not know them."""
    return int(codes("municipalities")[town].attributes["population_2022"] or 0) or None


def _share(row: str, part: int, whole: int, *, column: str = "", parts: bool = True) -> Count:
    """Return a share in whole per cent; None of nothing. `parts`: whether both numbers are said."""
    value = (200 * part + whole) // (2 * whole) if whole else None
    said = {"row": row, "column": column, "value": value, "unit": PER_CENT}
    return {**said, "numerator": part, "denominator": whole} if parts and whole else said


def _core_share(team: str, services: Iterable[Entry]) -> Count:
    there = {core()[one.code] for one in services if one.code in core()}
    return _share(team, len(there), len(set(core().values())))


def _places(facts: Facts) -> Iterator[tuple[str, frozenset[str]]]:
    yield from ((team, frozenset({town})) for team, town in facts.teams.items())
    yield TOTAL, frozenset(facts.teams.values())


def _together(several: Iterable[Iterable[Entry]]) -> list[Entry]:
    """Return each service once: one may be given in several towns."""
    return list({one.id: one for some in several for one in some}.values())


def _is_fresh(one: Entry, on: date) -> bool:
    return one.assured_on is not None and one.assured_on >= on - FRESH


def _has(facts: Facts, town: str, code: str) -> bool:
    return any(one.code == code for one in facts.of(town))


def _is_capital(town: str) -> bool:
    return codes("municipalities")[town].attributes["iso_3166_2"] == CAPITAL


def _per_head(facts: Facts, towns: Sequence[str]) -> float | None:
    people = [population(town) for town in towns]
    known = [n for n in people if n is not None]
    if not known or len(known) < len(people):
        return None
    return len(_together(facts.of(town) for town in towns)) / sum(known)
