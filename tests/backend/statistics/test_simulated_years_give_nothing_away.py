"""Seven towns, year after year: of what is published nobody learns a small count, not even who knows a part of it."""

import random

import pytest

from backend.statistics.disclosure.attacker import Attacker
from backend.statistics.disclosure.demands import RULES
from backend.statistics.disclosure.gate import judge
from backend.statistics.disclosure.system import system
from backend.statistics.disclosure.withholding import withhold
from benchmarks.simulated_years import KNOWN, Fact, counted, facts_of_a_year, insiders, quarterly, rules
from benchmarks.statistics_gate import Year, main, released, told

MOST_WITHHELD = 0.05, 0.15  # of tier B, of tier C


def assert_safe(year: Year) -> None:
    assert year.passed
    assert [report.tier for report in year.reports] == ["B"] * (len(year.reports) - 2) + ["C", "B"]
    for withheld, numbers, most in zip(year.withheld, year.numbers, MOST_WITHHELD, strict=True):
        assert withheld / numbers < most


def test_a_quarter_and_its_year() -> None:
    year = released(3, quarters=(1,))
    assert_safe(year)
    assert "passed" in told(year)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
def test_twenty_years(seed: int) -> None:
    assert_safe(released(seed))


def test_organisations_know_so_many_facts_of_a_cell_and_no_more() -> None:
    draws = random.Random(3)
    facts = facts_of_a_year(draws)
    truth = counted(facts)
    for most, own in zip(KNOWN, insiders(facts, draws).values(), strict=True):
        assert max(own.values()) == most
        assert all(truth[atom] >= count for atom, count in own.items())


def test_one_planted_person_may_as_well_not_be_there() -> None:
    """The only one of a service in the smallest town: for everybody the count may be 0, and may be 3 and more."""
    draws = random.Random(6)
    facts = [fact for fact in facts_of_a_year(draws) if (fact.town, fact.codes[0]) != ("majd", "WV")]
    planted = Fact("majd", 1, ("WV", "unmet", "police"), draws.randrange(4096))
    facts.append(planted)
    numbers = [*rules(), *quarterly(facts, 1)]
    free = {number.name for number in numbers if number.name}
    outcome = withhold(numbers, counted(facts), {}, "B", free=free)
    assert outcome.report.passed
    whole = system(outcome.numbers)
    for name in planted.atoms():
        target = {whole.position[name]: 1}
        assert Attacker(whole).least(target) == 0
        assert Attacker(whole).greatest(target) >= 3


@pytest.mark.full
@pytest.mark.parametrize("who", [None, "knows 5"])
def test_the_solver_alone_finds_no_more_than_the_quick_proofs_did(who: str | None) -> None:
    """Every small count of a quarter is least and greatest by the solver: the same cells fail."""
    draws = random.Random(4)
    facts = facts_of_a_year(draws)
    truth, everyone = counted(facts), insiders(facts, draws)
    own = everyone[who] if who else {}
    numbers = [*rules(), *quarterly(facts, 1)]
    report = judge(numbers, truth, {who: own} if who else {}, "B")
    whole = system(numbers).without(own)
    attacker, rule = Attacker(whole), RULES["B"]
    failing = {
        atom
        for at, atom in enumerate(whole.atoms)
        if truth[atom] - own.get(atom, 0) < rule.of_others
        and not rule.met(attacker.least({at: 1}), attacker.greatest({at: 1}))
    }
    assert failing == {cell.name for cell in report.cells if cell.organisation == who and cell.name in truth}


@pytest.mark.full
def test_the_benchmark_tells_of_each_year(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["statistics_gate", "--years", "1", "--first", "5"])
    assert main() == 0
    told_lines = capsys.readouterr().out.splitlines()
    assert told_lines[0].startswith("year 5:")
    assert told_lines[-1].startswith("1 years, 0 not passed")
