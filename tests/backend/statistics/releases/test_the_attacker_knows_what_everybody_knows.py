"""The rules of the attack, one by one: what is part of what, what adds up, what counts the same, what only grows."""

from typing import Any

import pytest

from backend.statistics.disclosure.known import Number
from backend.statistics.releases import plan
from backend.statistics.releases.attacked import additions, numbers_of, rests, rules
from backend.statistics.releases.building import document
from backend.statistics.releases.cells import SEPARATOR, Atom
from tests.backend.statistics.releases.drafts import draft

pytestmark = pytest.mark.pure


def atom(table: str, mark: str, *, period: str = "2026-Q3", **at: Any) -> Atom:
    """Return a count of Bor, or as `at` says."""
    return Atom(table, period, at.get("place", "bor"), at.get("row", ""), at.get("column", ""), mark)


def known(*atoms: Atom) -> list[Number]:
    """Return what is known of these counts and no others."""
    return list(rules(atoms, plan.current()))


def holds(number: Number, **counts: int) -> bool:
    """Say whether counts, by mark or period, fit a rule."""
    truth = {name: n for name in number.atoms for key, n in counts.items() if key in name.split(SEPARATOR)}
    return number.low <= number.value(truth) <= number.high


def test_a_part_is_never_above_its_whole() -> None:
    (rule,) = known(atom("people", "helped"), atom("people", "in_coordination"))
    assert holds(rule, helped=3, in_coordination=3)
    assert not holds(rule, helped=4, in_coordination=3)


def test_marks_that_make_up_another_add_up() -> None:
    marks = ("decided", "accepted", "rejected")
    found = known(*(atom("referral_results", mark) for mark in marks))
    assert any(not holds(rule, decided=5, accepted=2, rejected=2) for rule in found)
    assert all(holds(rule, decided=5, accepted=2, rejected=3) for rule in found)


def test_marks_that_exclude_one_another_lie_within_a_third() -> None:
    found = known(*(atom("referral_results", mark) for mark in ("ended", "rejected", "dropped")))
    assert any(not holds(rule, ended=5, rejected=3, dropped=3) for rule in found)
    assert all(holds(rule, ended=5, rejected=2, dropped=3) for rule in found)


def test_what_is_left_of_a_whole_is_a_count_to_be_attacked() -> None:
    asked, consented = atom("referral_results", "requested"), atom("referral_results", "consented")
    ((small, whole, rest),) = rests([asked, consented, atom("people", "waiting")])
    assert (small, whole, rest.mark) == (consented, asked, "requested-consented")
    assert rest._replace(mark="requested") == asked


def test_nobody_is_new_twice_in_a_year() -> None:
    quarters = [atom("people", "new", period=f"2026-Q{at}") for at in range(1, 5)]
    (rule,) = additions([*quarters, atom("people", "new", period="2026")], plan.current())
    truth = {one.name: 3 for one in quarters}
    year = atom("people", "new", period="2026").name
    assert [n for n in range(16) if rule.low <= rule.value({**truth, year: n}) <= rule.high] == [12]
    assert list(additions([*quarters[1:], atom("people", "new", period="2026")], plan.current())) == []


def test_an_answer_and_how_long_it_took_count_the_same() -> None:
    found = known(atom("referral_results", "decided"), atom("first_contact", "decision_time"))
    assert all(holds(rule, decided=4, decision_time=4) for rule in found)
    assert any(not holds(rule, decided=4, decision_time=3) for rule in found)


def test_who_counts_in_a_quarter_counts_in_the_year_and_nobody_else_does() -> None:
    quarters = [atom("people", "helped", period=f"2026-Q{at}") for at in range(1, 5)]
    found = known(*quarters, atom("people", "helped", period="2026"))
    truth = {one.name: 3 for one in quarters}
    year = atom("people", "helped", period="2026").name

    def fits(n: int) -> bool:
        return all(rule.low <= rule.value({**truth, year: n}) <= rule.high for rule in found)

    assert [n for n in range(16) if fits(n)] == list(range(3, 13))


def test_who_waits_at_the_end_of_a_quarter_says_nothing_of_the_year() -> None:
    assert known(atom("people", "waiting"), atom("people", "waiting", period="2026")) == []


def test_two_tables_of_the_same_facts_have_one_total_in_each_town() -> None:
    groups = [atom("referrals_by_service", "requested", column=one) for one in ("HR", "TX", "")]
    sectors = [atom("referrals_by_sector", "requested", column=one) for one in ("cso", "")]
    elsewhere = [atom("referrals_by_sector", "requested", column="cso", place="sabac")]
    (rule,) = known(*groups, *sectors, *elsewhere)
    sides = [{name for name, times in rule.atoms.items() if times == sign} for sign in (1, -1)]
    assert sorted(sides, key=len) == [{one.name for one in sectors}, {one.name for one in groups}]
    assert (rule.low, rule.high) == (0, 0)


def test_a_table_without_teams_is_compared_over_the_whole_country() -> None:
    towns = [atom("people", "new", period="2026", place=one) for one in ("bor", "sabac")]
    nation = [atom("substances", "new", period="2026", place="nation", column=one) for one in ("1", "2", "")]
    (rule,) = known(*towns, *nation)
    assert len(rule.atoms) == 5


def test_tables_that_count_other_facts_are_not_compared() -> None:
    assert (
        known(atom("gaps", "gap", column="HR"), atom("referrals_by_service", "requested", column="HR")) == []
    )


def test_every_published_number_has_a_name_of_its_own_and_its_true_count_fits() -> None:
    for ready in (draft(), draft("C", period="2026")):
        made = document(ready)
        found = list(numbers_of(made, ready.plan))
        assert len({number.name for number, _ in found}) == len(found) > 100
        truth = {one.name: count.n for one, count in ready.counts.all.items()}
        assert all(number.low <= number.value(truth) <= number.high for number, _ in found)
        shown = [cell for table in made["tables"] for cell in table["cells"]]
        assert len(shown) == len(found)


def test_a_number_that_is_withheld_says_nothing() -> None:
    ready = draft()
    made = document(ready)
    table = next(one for one in made["tables"] if one["id"] == "people")
    table["cells"][0] |= {"n": None, "mask": "withheld"}
    first, _ = next(iter(numbers_of(made, ready.plan)))
    assert (first.low, first.high) == (0, float("inf"))
    row, column, mark = (table["cells"][0][one] for one in ("row", "column", "mark"))
    assert first.name == SEPARATOR.join(("B", "2026-Q3", "people", row, column, mark))
