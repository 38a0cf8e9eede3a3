"""DRF's nested errors become one flat list of pointers (RFC 6901) and codes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.faults import escaped, faults_of
from api.serializers import StrictSerializer

pytestmark = pytest.mark.pure


def detail(code: str) -> ErrorDetail:
    return ErrorDetail("text that is never shown", code=code)


class Child(StrictSerializer):
    number = serializers.IntegerField(min_value=1, max_value=3)


class Parent(StrictSerializer):
    name = serializers.CharField(max_length=3)
    child = Child(required=False)
    children = Child(many=True, required=False)
    days = serializers.ListField(child=serializers.DateField(), required=False, allow_empty=False)
    choice = serializers.ChoiceField(choices=["a", "b"], required=False)
    at = serializers.DateTimeField(required=False)
    flag = serializers.BooleanField(required=False)
    by_name = serializers.DictField(child=serializers.IntegerField(), required=False)


def found(data: Any) -> set[tuple[str, str]]:
    serializer = Parent(data=data)
    assert not serializer.is_valid()
    return {(fault.pointer, fault.code) for fault in faults_of(serializer.errors)}


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({}, {("/name", "required")}),
        ({"name": None}, {("/name", "null")}),
        ({"name": ""}, {("/name", "blank")}),
        ({"name": "long"}, {("/name", "max_length")}),
        ({"name": ["a"]}, {("/name", "invalid")}),
        ({"name": "a", "child": {}}, {("/child/number", "required")}),
        ({"name": "a", "child": {"number": 0}}, {("/child/number", "min_value")}),
        ({"name": "a", "child": {"number": "many"}}, {("/child/number", "invalid")}),
        ({"name": "a", "child": []}, {("/child", "not_an_object")}),
        ({"name": "a", "children": [{"number": 1}, {"number": 4}]}, {("/children/1/number", "max_value")}),
        ({"name": "a", "children": {}}, {("/children", "not_a_list")}),
        ({"name": "a", "days": []}, {("/days", "empty")}),
        ({"name": "a", "days": ["2026-11-22", "yesterday"]}, {("/days/1", "invalid")}),
        ({"name": "a", "choice": "c"}, {("/choice", "unknown_code")}),
        ({"name": "a", "at": "22.11.2026."}, {("/at", "invalid")}),
        ({"name": "a", "flag": "perhaps"}, {("/flag", "invalid")}),
        ({"name": "a", "by_name": {"x/y": "one"}}, {("/by_name/x~1y", "invalid")}),
        ({"name": "long", "child": {"number": 9}}, {("/name", "max_length"), ("/child/number", "max_value")}),
    ],
)
def test_each_wrong_place_has_its_pointer(data: Any, faults: set[tuple[str, str]]) -> None:
    assert found(data) == faults


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("does_not_exist", "unknown_id"), ("incorrect_type", "unknown_id"), ("invalid_choice", "unknown_code")],
)
def test_their_words_become_ours(theirs: str, ours: str) -> None:
    assert [fault.code for fault in faults_of({"a": [detail(theirs)]})] == [ours]


def test_a_fault_of_the_whole_points_at_the_whole() -> None:
    assert [fault.pointer for fault in faults_of({"non_field_errors": [detail("invalid")]})] == [""]
    inner = {"child": {"non_field_errors": [detail("invalid")]}}
    assert [fault.pointer for fault in faults_of(inner)] == ["/child"]


def test_two_faults_of_one_place_are_two() -> None:
    assert len(faults_of({"a": [detail("min_length"), detail("invalid")]})) == 2


def test_a_plain_text_has_the_code_invalid() -> None:
    assert [fault.code for fault in faults_of(["something"])] == ["invalid"]


@given(st.text())
def test_a_pointer_can_be_read_back(name: str) -> None:
    part = escaped(name)
    assert "/" not in part
    assert part.replace("~1", "/").replace("~0", "~") == name


@given(
    st.recursive(
        st.lists(
            st.builds(detail, st.sampled_from(["required", "invalid", "blank"])), min_size=1, max_size=2
        ),
        lambda inner: st.dictionaries(
            st.text("abc/~", min_size=1, max_size=3), inner, min_size=1, max_size=3
        ),
        max_leaves=8,
    )
)
def test_no_fault_is_lost_and_none_shows_the_librarys_text(nested: Any) -> None:
    def leaves(value: Any) -> int:
        return sum(map(leaves, value.values())) if isinstance(value, dict) else len(value)

    faults = faults_of(nested)
    assert len(faults) == leaves(nested)
    assert not [fault for fault in faults if "never shown" in f"{fault.pointer}{fault.code}"]
