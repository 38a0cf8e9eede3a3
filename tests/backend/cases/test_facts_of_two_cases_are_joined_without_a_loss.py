"""Any two sets of facts: no value of the case that stays changes, and nothing of the other is lost unsaid. Pure."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from backend.cases.content import Content, Need
from backend.cases.items import PRIMARY, SECONDARY, together_faults
from backend.cases.joining import join
from backend.cases.need_states import UNFINISHED

STATES = ("open", "being_met", "gap", "met", "withdrawn")
DRUGS = ("11", "21", "31")


def contents() -> st.SearchStrategy[Content]:
    plain = st.dictionaries(st.sampled_from(["sex", "age_band", "hiv_test"]), st.sampled_from(["1", "2"]))
    drugs = st.fixed_dictionaries(
        {},
        optional={
            PRIMARY: st.sampled_from(DRUGS),
            SECONDARY: st.lists(st.sampled_from(DRUGS), min_size=1, max_size=3, unique=True),
        },
    ).filter(lambda items: not any(together_faults(items)))
    items = st.builds(lambda one, other: {**one, **other}, plain, drugs)
    needs = st.lists(
        st.builds(
            Need, st.uuids(), st.sampled_from(["housing", "income", "health"]), st.sampled_from(STATES)
        ),
        max_size=4,
        unique_by=lambda need: need.code,
    )
    flags = st.frozensets(st.sampled_from(["a", "b", "c"]))
    return st.builds(Content, items, needs.map(tuple), flags)


@given(contents(), contents())
def test_the_one_that_stays_is_right_and_the_other_adds(stays: Content, goes: Content) -> None:
    joined = join({"x": stays}, {"x": goes})
    after = joined.facts["x"]
    assert {item: after.items[item] for item in stays.items} == stays.items
    assert not any(together_faults(after.items))
    differ = sum(stays.items[item] != value for item, value in goes.items.items() if item in stays.items)
    lost = [
        item for item, value in goes.items.items()
        if item not in stays.items and after.items.get(item) != value
    ]  # fmt: skip
    assert set(lost) <= {PRIMARY, SECONDARY}, (
        "a drug that is the primary one of the one, a secondary of the other"
    )
    assert joined.conflicts == differ + bool(lost)
    assert all(_drugs({item: goes.items[item]}) <= _drugs(after.items) for item in lost)
    assert after.flags == stays.flags | goes.flags


@given(contents(), contents())
def test_no_need_is_lost_or_closed(stays: Content, goes: Content) -> None:
    joined = join({"x": stays}, {"x": goes})
    after = {need.id: need for need in joined.facts["x"].needs}
    assert [need.id for need in stays.needs] == [pk for pk in after if pk in _ids(stays)]
    assert len({need.code for need in after.values()}) == len(after)
    assert set(joined.needs) == _ids(goes)
    for need in goes.needs:
        assert after[joined.needs[need.id]].code == need.code
    for need in (*stays.needs, *goes.needs):
        kept = next(one for one in after.values() if one.code == need.code)
        assert need.status not in UNFINISHED or kept.status in UNFINISHED
        assert kept.status != "being_met" or kept in stays.needs, "nothing is under way of what comes over"


def test_a_case_that_knows_nothing_takes_all_and_one_with_nothing_adds_nothing() -> None:
    full = Content({"sex": "1"}, (Need(uuid4(), "housing", "open"),), frozenset({"a"}))
    assert join({}, {"x": full}).facts["x"] == full
    again = join({"x": full}, {"x": Content()})
    assert (again.facts["x"], again.taken, again.conflicts) == (full, 0, 0)


def _ids(content: Content) -> set[UUID]:
    return {need.id for need in content.needs}


def _drugs(items: dict[str, Any]) -> set[str]:
    named = [items.get(PRIMARY), *items.get(SECONDARY, [])]
    return {drug for drug in named if drug}
