"""The generator asks every operation of openapi.yaml, by every channel, or does not begin."""

import copy
from typing import Any

import pytest

from tests.access.checks import CHANNELS, RULES, Uncovered, every_check, everything
from tests.access.operations import committed, operations
from tests.access.reach import CALLERS, KINDS, RELATIONS
from tests.access.rules import NAMES, Rule
from tests.access.sample import SIZE, corners, sample
from tests.committed import document

pytestmark = pytest.mark.pure

EVERY = everything()
SAMPLE = sample(EVERY)
WRITTEN = document()


def changed(path: str, method: str, **more: Any) -> dict[str, Any]:
    """Return the document with one operation added or changed."""
    document: dict[str, Any] = copy.deepcopy(dict(WRITTEN))
    document["paths"].setdefault(path, {}).setdefault(method, {"security": [{"session": []}]}).update(more)
    return document


def test_every_operation_is_asked_by_everybody() -> None:
    asked = {(check.operation.name, check.caller) for check in EVERY}
    assert asked == {(one.name, caller) for one in committed() for caller in CALLERS}


def test_there_are_more_checks_than_were_asked_for() -> None:
    assert len({check.name for check in EVERY}) == len(EVERY) > 5000


def test_every_role_place_and_channel_is_tried() -> None:
    assert {check.place for check in EVERY} == set(RELATIONS)
    assert {check.channel for check in EVERY} == set(CHANNELS)


def test_every_object_is_asked_for_in_every_place() -> None:
    for operation in committed():
        if operation.path_ids:
            tried = {
                one.place for one in EVERY if one.operation.name == operation.name and one.channel == "path"
            }
            assert tried == set(RELATIONS), operation.name


def test_a_new_operation_without_a_rule_is_refused() -> None:
    document = changed("/api/v1/secrets", "get", operationId="secrets_list")
    with pytest.raises(Uncovered, match="secrets_list"):
        next(every_check(tuple(operations(document))))


def test_a_rule_without_an_operation_is_refused() -> None:
    document: dict[str, Any] = copy.deepcopy(dict(WRITTEN))
    del document["paths"]["/api/v1/inbox"]
    with pytest.raises(Uncovered, match="inbox_retrieve"):
        next(every_check(tuple(operations(document))))


def test_a_new_filter_by_id_without_a_meaning_is_refused() -> None:
    known = WRITTEN["paths"]["/api/v1/cases"]["get"]["parameters"]
    new = {"in": "query", "name": "sibling", "schema": {"type": "string", "format": "uuid"}}
    document = changed("/api/v1/cases", "get", parameters=[*known, new])
    with pytest.raises(Uncovered, match="sibling"):
        list(every_check(tuple(operations(document))))


def test_a_new_id_in_a_body_without_a_meaning_is_refused() -> None:
    document: dict[str, Any] = copy.deepcopy(dict(WRITTEN))
    fields = document["components"]["schemas"]["NoteInRequest"]["properties"]
    fields["seen_by"] = {"type": "array", "items": {"type": "string", "format": "uuid"}}
    with pytest.raises(Uncovered, match="seen_by"):
        list(every_check(tuple(operations(document))))


def test_a_new_id_in_a_path_without_a_meaning_is_refused() -> None:
    document: dict[str, Any] = copy.deepcopy(dict(WRITTEN))
    document["paths"]["/api/v1/inbox/{whose}"] = document["paths"].pop("/api/v1/inbox")
    with pytest.raises(Uncovered, match="inbox_retrieve"):
        list(every_check(tuple(operations(document))))


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_speaks_of_known_kinds(name: str) -> None:
    rule: Rule = RULES[name]
    assert {*rule.path.values(), *([rule.shows] if rule.shows else [])} <= set(KINDS)


def test_every_name_of_an_id_has_a_known_kind() -> None:
    assert set(NAMES.values()) <= set(KINDS)


def test_the_sample_meets_every_corner_and_is_the_same_each_time() -> None:
    assert {one for check in EVERY for one in corners(check)} == {
        one for check in SAMPLE for one in corners(check)
    }
    assert len(SAMPLE) == SIZE
    assert [one.name for one in sample(reversed(EVERY))] == [one.name for one in reversed(SAMPLE)]


def test_one_more_operation_leaves_most_of_the_sample_as_it_is() -> None:
    fewer = [check for check in EVERY if check.operation.name != "notes_update"]
    kept = {check.name for check in SAMPLE} & {check.name for check in sample(fewer)}
    assert len(kept) > 0.9 * SIZE
