"""Years of releases through the gate: `python -m benchmarks.statistics_gate --years 200 --first 0`.

Each year has four quarterly releases for the Office and a yearly one for everybody, each attacked together with all
earlier ones, by everybody and by five organisations that know 1 to 5 facts in most cells. Prints a line for each year
and the sums at the end; ends with 1 when a release did not pass.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from backend.statistics.disclosure.gate import Report
from backend.statistics.disclosure.known import Number
from backend.statistics.disclosure.withholding import Outcome, withhold
from benchmarks.simulated_years import QUARTERS, counted, facts_of_a_year, insiders, quarterly, rules, yearly


@dataclass(frozen=True)
class Year:
    """What became of the releases of one year: outcomes in their order, the last two of the public one."""

    seed: int
    facts: int
    outcomes: Sequence[Outcome]
    numbers: Sequence[int]
    seconds: float

    @property
    def reports(self) -> list[Report]:
        """Of each attack the last report."""
        return [outcome.report for outcome in self.outcomes]

    @property
    def passed(self) -> bool:
        """Whether everything published kept what its tier demands."""
        return all(report.passed for report in self.reports)

    @property
    def withheld(self) -> tuple[int, int]:
        """How many numbers of tier B and of tier C were withheld."""
        *office, public, both = (len(outcome.withheld) for outcome in self.outcomes)
        return sum(office), public + both


def released(seed: int, quarters: Sequence[int] = QUARTERS) -> Year:
    """Simulate a year and publish it. Public numbers are attacked as everybody has them, then as the Office does."""
    began = perf_counter()
    draws = random.Random(seed)
    facts = facts_of_a_year(draws)
    truth, own = counted(facts), insiders(facts, draws)
    outcomes, office = [], rules()
    for quarter in quarters:
        new = quarterly(facts, quarter)
        outcomes.append(withhold([*office, *new], truth, own, "B", free=_names(new)))
        office = list(outcomes[-1].numbers)
    public = yearly(facts)
    outcomes.append(withhold([*rules(), *public], truth, own, "C", free=_names(public)))
    kept = [number for number in outcomes[-1].numbers if number.name]
    outcomes.append(withhold([*office, *kept], truth, own, "B", free=_names(kept) - outcomes[-1].withheld))
    sizes = len(_names(office)), len(public)
    return Year(seed, len(facts), outcomes, sizes, perf_counter() - began)


def _names(numbers: Sequence[Number]) -> set[str]:
    return {number.name for number in numbers if number.name}


def told(year: Year) -> str:
    """One line about a year."""
    attacked = sum(report.attacked for report in year.reports)
    solved = sum(report.solved for report in year.reports)
    office, public = year.withheld
    return (
        f"year {year.seed}: {year.facts} facts, {'passed' if year.passed else 'NOT PASSED'}, withheld "
        f"B {office}/{year.numbers[0]} C {public}/{year.numbers[1]}, {attacked} attacked, {solved} solved, "
        f"{year.seconds:.1f} s"
    )


def main() -> int:
    """Run the years asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--years", type=int, default=20)
    asked.add_argument("--first", type=int, default=0)
    wanted = asked.parse_args()
    years = []
    for seed in range(wanted.first, wanted.first + wanted.years):
        years.append(released(seed))
        print(told(years[-1]), flush=True)
    office, public = (sum(year.withheld[tier] for year in years) for tier in (0, 1))
    of_office, of_public = (sum(year.numbers[tier] for year in years) for tier in (0, 1))
    failed = sum(not year.passed for year in years)
    print(f"{len(years)} years, {failed} not passed, withheld B {office}/{of_office}, C {public}/{of_public}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
