"""Declared filters: what each kind reads, what it refuses, and what of it enters the audit."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from api import filters
from api.filters import Code, Day, Filter, Flag, Id, OneOf
from api.refusals import BadParameter
from backend.cases.models import Case
from backend.reference.lists import codes
from permissions.actor import Actor

pytestmark = pytest.mark.pure

ONE = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
NOBODY = Actor(id=None)


def query(text: str) -> QueryDict:
    return QueryDict(text)


@pytest.mark.parametrize(
    ("declared", "text", "condition"),
    [
        (Code("urgencies"), "asap", Q(name__in=["asap"])),
        (Code("urgencies"), "asap,stat", Q(name__in=["asap", "stat"])),
        (Code("urgencies", path="case__urgency"), "asap", Q(case__urgency__in=["asap"])),
        (Id(), str(ONE), Q(name=ONE)),
        (Id(path="holder_id"), str(ONE), Q(holder_id=ONE)),
        (Flag(), "true", Q(name=True)),
        (Flag(path="closed_on__isnull"), "false", Q(closed_on__isnull=False)),
        (Flag(when=lambda: Q(a=1)), "true", Q(a=1)),
        (Flag(when=lambda: Q(a=1)), "false", ~Q(a=1)),
        (Day(path="opened_on__gte"), "2026-11-22", Q(opened_on__gte=date(2026, 11, 22))),
        (OneOf(choices=("sent", "received")), "sent", Q(name="sent")),
    ],
)
def test_a_value_of_its_kind_becomes_a_condition(declared: Filter, text: str, condition: Q) -> None:
    assert declared.condition("name", declared.read(text), by=NOBODY) == condition


@pytest.mark.parametrize(
    ("declared", "texts"),
    [
        (Code("urgencies"), ["", "never", "asap,", ",asap", "asap stat", "ASAP", ",".join(["asap"] * 21)]),
        (
            Id(),
            ["", "1", ONE.hex, f"{{{ONE}}}", f"urn:uuid:{ONE}", "x" * 36, f"{{{{{ONE.hex}}}}}", f"{ONE}\n"],
        ),
        (Flag(), ["", "1", "True", "yes", "null"]),
        (Day(), ["", "22.11.2026", "2026-13-01", "20261122", "2026-W47-7", "2026-11-22T00:00"]),
        (OneOf(choices=("sent",)), ["", "Sent", "received"]),
    ],
)
def test_any_other_text_is_refused(declared: Filter, texts: list[str]) -> None:
    for text in texts:
        given_ = QueryDict(mutable=True)
        given_["name"] = text
        with pytest.raises(BadParameter) as caught:
            filters.read({"name": declared}, given_)
        assert (caught.value.name, caught.value.code) == ("name", "invalid_parameter")


@given(st.text(max_size=60))
def test_no_text_gets_past_a_kind(text: str) -> None:
    for declared in (Code("urgencies"), Id(), Flag(), Day(), OneOf(choices=("sent",))):
        try:
            declared.read(text)
        except (ValueError, KeyError):
            continue
        assert text.isascii()


def test_filters_that_are_not_given_narrow_nothing() -> None:
    rows, declared = Case.objects.all(), {"urgency": Code("urgencies")}
    assert filters.read(declared, query("")) == {}
    assert filters.narrow(rows, declared, {}, by=NOBODY) is rows


def test_filters_that_are_given_are_joined() -> None:
    declared = {"urgency": Code("urgencies"), "holder": Id(path="holder_organisation_id")}
    values = filters.read(declared, query(f"urgency=asap&holder={ONE}"))
    rows = filters.narrow(Case.objects.all(), declared, values, by=NOBODY)
    assert {str(child[0]) for child in _leaves(rows.query.where)} == {"urgency", "holder_organisation"}


def test_a_filter_finds_no_row_of_which_the_caller_does_not_see_its_column() -> None:
    declared = Id(path="holder_organisation_id", unless=lambda by: Q(status=by.kind))
    rows = filters.narrow(Case.objects.all(), {"holder": declared}, {"holder": ONE}, by=NOBODY)
    hidden = Case.objects.filter(holder_organisation_id=ONE).filter(~Q(status="user"))
    assert str(rows.query) == str(hidden.query)


def _leaves(node: Any) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for child in node.children:
        if hasattr(child, "children"):
            found += _leaves(child)
        else:
            found.append((child.lhs.target.name, child.rhs))
    return found


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("b=1", "b", "unknown_parameter"),
        ("a=1&b=2", "b", "unknown_parameter"),
        ("a=1&a=1", "a", "invalid_parameter"),
        ("a=%00", "a", "invalid_parameter"),
        ("=1", "", "unknown_parameter"),
        ("a__gt=1", "a__gt", "unknown_parameter"),
    ],
)
def test_names_are_known_and_stand_once(text: str, name: str, code: str) -> None:
    with pytest.raises(BadParameter) as caught:
        filters.check_names(query(text), known=frozenset({"a"}))
    assert (caught.value.name, caught.value.code) == (name, code)


def test_what_enters_the_audit_is_the_name_and_a_closed_value() -> None:
    declared = {"urgency": Code("urgencies"), "holder": Id()}
    given_ = query(f"urgency=asap,stat&holder={ONE}&page_size=3")
    assert filters.facts(declared, given_) == ["urgency=asap,stat", f"holder={ONE}"]


@pytest.mark.parametrize(
    ("declared", "schema"),
    [
        (Id(), {"type": "string", "format": "uuid"}),
        (Flag(), {"type": "boolean"}),
        (Day(), {"type": "string", "format": "date"}),
        (OneOf(choices=("x", "y")), {"type": "string", "enum": ["x", "y"]}),
    ],
)
def test_each_kind_describes_itself(declared: Filter, schema: dict[str, Any]) -> None:
    assert declared.schema == schema


def test_a_code_describes_the_list() -> None:
    assert Code("urgencies").schema["items"]["enum"] == list(codes("urgencies"))


def test_a_kind_of_its_own_has_to_say_how_it_reads() -> None:
    with pytest.raises(TypeError, match="abstract"):
        Filter()  # type: ignore[abstract]
