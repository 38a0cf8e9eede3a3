"""What a consent says is held against purposes, classes, bundles, givers and limits; each denial has its place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases.terms import ConsentTerms, Named, classes_of, end_of, faults, in_order, longest, within
from backend.reference.lists import codes, entry

pytestmark = pytest.mark.pure
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE = Named(uuid4())
GOOD = ConsentTerms(purposes=("referral",), data_classes=("basic_profile", "needs"), recipients=(ONE,))
CLASSES = tuple(codes("data_classes"))
PURPOSES = tuple(
    code
    for code, row in codes("consent_purposes").items()
    if row.is_yes("consent_required") and code != "research"
)


def found(terms: ConsentTerms) -> set[tuple[str, str]]:
    return {(fault.pointer, fault.code) for fault in faults(terms, now=NOW)}


def test_good_terms_have_no_fault() -> None:
    assert found(GOOD) == set()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"purposes": ()}, ("/purposes", "required")),
        ({"purposes": ("referral", "referral")}, ("/purposes", "repeated")),
        ({"purposes": ("referral", "profit")}, ("/purposes/1", "unknown_code")),
        ({"purposes": ("anonymous_statistics",)}, ("/purposes/0", "not_for_consent")),
        ({"purposes": ("research",)}, ("/purposes/0", "not_for_consent")),
        ({"data_classes": ()}, ("/data_classes", "required")),
        ({"data_classes": ("basic_profile", "dna")}, ("/data_classes/1", "unknown_code")),
        (
            {"purposes": ("outcome_feedback",), "data_classes": ("health",)},
            ("/data_classes/0", "beyond_purpose"),
        ),
        ({"given_by": "neighbour"}, ("/given_by", "unknown_code")),
        ({"how": "telepathy"}, ("/how", "unknown_code")),
        ({"recipients": ()}, ("/recipients", "required")),
        ({"recipients": (ONE, ONE)}, ("/recipients", "repeated")),
        ({"recipients": tuple(Named(uuid4()) for _ in range(4))}, ("/recipients", "too_many")),
        ({"valid_until": NOW}, ("/valid_until", "in_the_past")),
        ({"valid_until": NOW + timedelta(days=182)}, ("/valid_until", "too_long")),
        (
            {"recipients": (replace(ONE, data_classes=("health",)),)},
            ("/recipients/0/data_classes", "not_in_consent"),
        ),
        ({"recipients": (replace(ONE, data_classes=()),)}, ("/recipients/0/data_classes", "not_in_consent")),
        ({"recipients": (replace(ONE, service="TX-XXX"),)}, ("/recipients/0/service", "unknown_code")),
        ({"recipients": (replace(ONE, service="HR-DIC"),)}, ("/recipients/0/service", "not_in_consent")),
        ({"bundle": "everything"}, ("/bundle", "unknown_code")),
        ({"bundle": "full_coordination"}, ("/purposes", "not_in_bundle")),
    ],
)
def test_each_rule_has_its_denial(change: dict[str, object], fault: tuple[str, str]) -> None:
    assert fault in found(replace(GOOD, **change))  # type: ignore[arg-type]


def test_three_recipients_in_order_are_allowed_for_a_referral() -> None:
    assert found(replace(GOOD, recipients=tuple(Named(uuid4()) for _ in range(3)))) == set()


def test_coordination_alone_may_name_more_than_three() -> None:
    many = tuple(Named(uuid4()) for _ in range(6))
    assert found(replace(GOOD, purposes=("case_coordination",), recipients=many)) == set()


@pytest.mark.parametrize("bundle", codes("consent_bundles"))
def test_each_bundle_is_accepted_as_it_is_printed(bundle: str) -> None:
    row = entry("consent_bundles", bundle)
    terms = replace(
        GOOD, bundle=bundle, purposes=row.values("purposes"), data_classes=row.values("data_classes")
    )
    assert found(terms) == set()


@pytest.mark.parametrize("bundle", codes("consent_bundles"))
def test_a_bundle_takes_the_class_of_the_service_but_never_a_note(bundle: str) -> None:
    row = entry("consent_bundles", bundle)
    plain = row.values("data_classes")
    terms = replace(GOOD, bundle=bundle, purposes=row.values("purposes"))
    assert found(replace(terms, data_classes=(*plain, "substance_use"))) <= {("/data_classes", "repeated")}
    assert ("/data_classes", "not_in_bundle") in found(replace(terms, data_classes=(*plain, "narrative")))
    assert ("/data_classes", "not_in_bundle") in found(replace(terms, data_classes=plain[:-1]))


def test_a_recipient_without_classes_of_its_own_gets_its_defaults_of_the_consent() -> None:
    of, usual = ("basic_profile", "health", "narrative"), {"health", "needs", "basic_profile"}
    assert classes_of(ONE, of=of, by_default=usual) == ("basic_profile", "health")
    assert classes_of(ONE, of=of, by_default=()) == ()
    assert classes_of(replace(ONE, data_classes=("narrative",)), of=of, by_default=usual) == ("narrative",)


def test_with_a_service_goes_the_class_that_it_reveals() -> None:
    sent = replace(ONE, service="HR-DIC")
    assert classes_of(sent, of=("basic_profile",), by_default=()) == ("substance_use",)
    assert found(replace(GOOD, recipients=(sent,), data_classes=("needs", "substance_use"))) == set()


@given(st.lists(st.sampled_from(PURPOSES), min_size=1, unique=True), st.sets(st.sampled_from(CLASSES)))
def test_a_class_counts_only_where_some_purpose_may_take_it(purposes: list[str], classes: set[str]) -> None:
    kept = within(purposes, classes=classes)
    assert kept <= classes
    for code in classes:
        takes = any(code in entry("consent_purposes", one).values("max_data_classes") for one in purposes)
        assert (code in kept) == takes


@given(st.lists(st.sampled_from(PURPOSES), min_size=1, unique=True), st.integers(-400, 800))
def test_no_consent_outlives_the_shortest_of_its_purposes(purposes: list[str], days: int) -> None:
    end = NOW + timedelta(days=days)
    terms = replace(GOOD, purposes=purposes, data_classes=("basic_profile",), valid_until=end)
    codes_found = {code for pointer, code in found(terms) if pointer == "/valid_until"}
    shortest = min(int(entry("consent_purposes", one).attributes["max_validity_days"]) for one in purposes)
    if days <= 0:
        assert codes_found == {"in_the_past"}
    elif days > shortest + 1:
        assert codes_found == {"too_long"}
    else:
        assert codes_found == set()


def test_without_an_end_a_consent_lasts_as_long_as_it_may() -> None:
    assert end_of(GOOD, now=NOW) == NOW + longest(("referral",)) == NOW + timedelta(days=180)
    assert longest(("case_coordination",)) == timedelta(days=365)


@given(st.lists(st.sampled_from((*CLASSES, "dna"))))
def test_classes_come_in_the_order_of_the_list_each_once(classes: list[str]) -> None:
    ordered = in_order(classes)
    assert set(ordered) == set(classes) - {"dna"}
    assert [CLASSES.index(code) for code in ordered] == sorted({CLASSES.index(code) for code in ordered})


@given(
    st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4), st.text(max_size=8)
)
def test_no_text_whatsoever_breaks_the_check(purposes: list[str], classes: list[str], bundle: str) -> None:
    terms = replace(GOOD, purposes=purposes, data_classes=classes, bundle=bundle, given_by=bundle, how=bundle)
    assert found(terms)
