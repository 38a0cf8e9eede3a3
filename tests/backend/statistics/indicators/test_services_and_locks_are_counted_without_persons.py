"""The indicators without persons: by hand, over a small directory of three towns."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.statistics.indicators import directory, registry
from backend.statistics.indicators.directory import Count, Entry, Facts, core, counts, measured

BOR, SABAC, BARAJEVO = "70327", "71269", "70092"
ON = date(2027, 1, 1)
DAYS = timedelta(days=1)


def entry(code: str, *towns: str, name: str = "", **values: Any) -> Entry:
    said = {"is_active": True, "assured_on": ON - 30 * DAYS, "funded_until": None, **values}
    return Entry(id=name or f"{code} {towns}", code=code, towns=frozenset(towns), **said)


def facts(*services: Entry, **values: Any) -> Facts:
    said: dict[str, Any] = {
        "on": ON, "yearly": True, "teams": {"bor": BOR, "sabac": SABAC}, "absent": 1, "services": services,
        "before": (), "locked_after": (), "quarters": 4, "ages": {}, "days_to_release": None,
    }  # fmt: skip
    return Facts(**{**said, **values})


def of(code: str, found: Facts, name: str = "") -> dict[tuple[str, str], Count]:
    return {
        (one["row"], one["column"]): one for one in counts(found) if (one["id"], one["name"]) == (code, name)
    }


def members(number: int) -> list[str]:
    """Services that stand for so many members of the core set."""
    return list({member: code for code, member in core().items()}.values())[:number]


def values(code: str, found: Facts, name: str = "") -> dict[str, Any]:
    return {row: one["value"] for (row, _column), one in of(code, found, name).items()}


def test_every_rule_of_the_registry_is_there_and_no_other() -> None:
    named = {part.rule for one in registry.registry().values() for part in one.parts if part.rule}
    assert named == directory.RULES.keys()
    assert (len(core()), len(set(core().values()))) == (15, 12)


def test_availability_on_paper_is_a_share_of_the_core_set() -> None:
    first, second = members(2)
    found = facts(
        entry(first, BOR), entry(second, BOR), entry("HR-OUT", BOR), entry(first, SABAC, is_active=False)
    )
    assert values("A1p", found) == {"bor": 17, "sabac": 0}
    assert of("A1p", found)["bor", ""]["denominator"] == 12


def test_of_a_member_of_the_core_set_one_service_is_enough() -> None:
    twice = next(member for member in core().values() if list(core().values()).count(member) > 1)
    found = facts(*(entry(code, BOR) for code, member in core().items() if member == twice))
    assert of("A1p", found)["bor", ""]["numerator"] == 1


def test_availability_in_practice_asks_for_a_fresh_entry() -> None:
    first, second, third = members(3)
    old, never = {"assured_on": ON - 181 * DAYS}, {"assured_on": None}
    found = facts(
        entry(first, BOR, assured_on=ON - 180 * DAYS), entry(second, BOR, **old), entry(third, BOR, **never)
    )
    assert values("A1f", found, "assured") == {"bor": 8, "sabac": 0}
    assert values("D4", found) == {"bor": 33, "sabac": None, "total": 33}


def test_coverage_is_told_for_each_core_service() -> None:
    first = members(1)[0]
    found = of("A2", facts(entry(first, BOR)))
    assert (found["total", first]["value"], found["total", members(2)[1]]["value"]) == (50, 0)
    assert len(found) == 15


def test_a_service_given_in_two_towns_counts_once_in_the_total() -> None:
    found = of("D4", facts(entry("HR-OUT", BOR, SABAC)))
    assert {row: one["denominator"] for (row, _column), one in found.items()} == {
        "bor": 1,
        "sabac": 1,
        "total": 1,
    }


def test_population_is_that_of_towns_whose_population_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {BOR: 40, SABAC: 60, BARAJEVO: None}
    monkeypatch.setattr(directory, "population", known.get)
    teams = {"bor": BOR, "sabac": SABAC, "barajevo": BARAJEVO}
    first = members(1)[0]
    found = facts(entry(first, BOR), entry(first, BARAJEVO), teams=teams)
    assert of("A3", found)["total", first]["value"] == 40
    assert values("A4", found) == {"total": None}


def test_the_capital_is_compared_where_its_population_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "population", {BOR: 100, BARAJEVO: 50}.get)
    teams = {"bor": BOR, "barajevo": BARAJEVO}
    services = (entry("HR-OUT", BOR), entry("HR-DIC", BOR), entry("HR-OUT", BARAJEVO, name="b"))
    assert values("A4", facts(*services, teams=teams)) == {"total": 1.0}
    assert values("A4", facts(services[0], teams=teams)) == {"total": None}


def test_closures_are_of_those_that_were_there() -> None:
    before = [
        entry("HR-OUT", BOR, name="1"),
        entry("HR-DIC", BOR, name="2"),
        entry("HR-NSP", SABAC, name="3"),
    ]
    now = [
        entry("HR-OUT", BOR, name="1"),
        entry("HR-NSP", SABAC, name="3", is_active=False),
        entry("HR-HIV", BOR),
    ]
    assert values("A6", facts(*now, before=before)) == {"bor": 50, "sabac": 100, "total": 67}


def test_secured_funding_is_a_year_ahead() -> None:
    ahead = {"funded_until": ON + 365 * DAYS}
    short = {"funded_until": ON + 364 * DAYS}
    found = facts(entry("HR-OUT", BOR, **ahead), entry("HR-DIC", BOR, **short), entry("HR-HIV", BOR))
    assert values("B1", found)["bor"] == 33


def test_a_lock_is_in_time_within_thirty_days_and_missing_teams_are_late() -> None:
    after = [("bor", 30 * DAYS), ("bor", 31 * DAYS), ("sabac", DAYS)]
    found = of("D1", facts(locked_after=after, quarters=2))
    assert {row: one["numerator"] for (row, _column), one in found.items()} == {
        "bor": 1,
        "sabac": 1,
        "total": 2,
    }
    assert found["total", ""]["denominator"] == 6


def test_recency_goes_by_what_was_published_before() -> None:
    told = {"N1": 3, "N2": 40}
    found = facts(ages=told, days_to_release=71)
    assert {column: one["value"] for (_row, column), one in of("C1", found).items()} == told
    assert values("C2", found) == {"total": round((1 - 3 / 36) / len(measured()), 2)}
    assert values("C3", found) == {"total": (200 + len(measured())) // (2 * len(measured()))}
    assert values("D3", found) == {"total": 71}
    assert values("D3", facts()) == {"total": None}


def test_what_is_told_once_a_year_is_in_no_quarter() -> None:
    assert {one["id"] for one in counts(facts(yearly=False))} == {"A1p", "A2", "C2", "C3", "D1", "D3", "D4"}
    assert {"A3", "A4", "A6", "B1"} <= {one["id"] for one in counts(facts())}
