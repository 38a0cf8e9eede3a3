"""openapi.yaml in its parts: refusals by operation, enums by list, the sign-in library's operations under our names."""

import re
from typing import Any

import pytest
from drf_spectacular.plumbing import ComponentRegistry

from api import catalogue
from api.authentication import Sessions
from api.pagination import KeyPages
from api.schema import document, sign_in, statuses
from api.schema.examples import example_of
from api.schema.fields import Cookie, camel, code_reference
from backend.reference.lists import codes

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("public", "method", "path", "answers"),
    [
        (True, "GET", "/health/live", {400, 429, 500, 503}),
        (False, "GET", "/a", {400, 401, 403, 429, 500, 503}),
        (False, "GET", "/a/{id}", {400, 401, 403, 404, 410, 429, 500, 503}),
        (False, "POST", "/a", {400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503}),
        (False, "POST", "/a/{id}/b", {400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 503}),
        (False, "PATCH", "/a/{id}", {400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503}),
        (False, "DELETE", "/a/{id}", {400, 401, 403, 404, 409, 410, 412, 428, 429, 500, 503}),
    ],
)
def test_what_an_operation_can_answer_follows_from_its_kind(
    public: bool, method: str, path: str, answers: set[int]
) -> None:
    found = list(statuses.statuses(public=public, method=method, path=path))
    assert set(found) == answers
    assert len(found) == len(answers)


@pytest.mark.parametrize(("status", "code"), sorted(statuses.TYPICAL.items()))
def test_each_status_has_a_typical_code_of_that_status(status: int, code: str) -> None:
    assert catalogue.problems()[code].status == status


def test_each_shared_refusal_shows_itself() -> None:
    for status, code in statuses.TYPICAL.items():
        response = statuses.components()[statuses.name(status)]
        example = response["content"]["application/problem+json"]["example"]
        assert (example["status"], example["code"]) == (status, code)
        assert set(example) <= set(statuses.PROBLEM["properties"])
        assert set(statuses.PROBLEM["required"]) <= set(example)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("urgencies", "Urgencies"),
        ("tdi_items:sex", "TdiItemsSex"),
        ("need_statuses", "NeedStatuses"),
        ("a-b", "AB"),
    ],
)
def test_a_list_gives_its_enum_a_name(name: str, written: str) -> None:
    assert camel(name) == written


def test_an_enum_is_registered_once() -> None:
    registry = ComponentRegistry()
    first, second = code_reference(registry, "urgencies"), code_reference(registry, "urgencies")
    assert first == second == {"$ref": "#/components/schemas/UrgenciesCode"}
    built = registry.build({})["schemas"]
    assert built["UrgenciesCode"]["enum"] == list(codes("urgencies"))


def test_a_page_of_a_list_says_when_there_is_a_count() -> None:
    schema = KeyPages().get_paginated_response_schema({"type": "array", "items": {"type": "string"}})
    assert schema["required"] == ["next", "previous", "results"]
    assert "count" in schema["properties"]


@pytest.fixture
def merged() -> dict[str, Any]:
    found: dict[str, Any] = {"paths": {}, "components": {"schemas": {}}}
    sign_in.add(found)
    return found


def test_only_what_is_routed_of_the_library_is_described(merged: dict[str, Any]) -> None:
    paths = set(merged["paths"])
    assert "/api/v1/auth/browser/v1/auth/login" in paths
    assert all(path.startswith("/api/v1/auth/browser/v1/") for path in paths)
    for closed in ("signup", "provider", "phone", "email/verify", "tokens/refresh"):
        assert not [path for path in paths if closed in path]


def test_names_of_the_library_cannot_meet_ours(merged: dict[str, Any]) -> None:
    names = [name for section in merged["components"].values() for name in section]
    assert names
    assert all(name.startswith("SignIn") for name in names)


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(references(one) for one in value.values()))
    return set().union(*(references(one) for one in value)) if isinstance(value, list) else set()


def test_every_reference_of_the_library_is_there(merged: dict[str, Any]) -> None:
    there = {
        f"#/components/{section}/{name}" for section, found in merged["components"].items() for name in found
    }
    shared = {f"#/components/responses/{statuses.name(status)}" for status in statuses.TYPICAL}
    assert references(merged) - there <= shared
    assert there <= references(merged)


def test_nothing_of_3_0_is_left(merged: dict[str, Any]) -> None:
    assert "nullable" not in str(merged)
    assert "{client}" not in str(merged["paths"].keys())


def test_operations_of_the_library_are_named_and_need_no_token(merged: dict[str, Any]) -> None:
    for methods in merged["paths"].values():
        for operation in methods.values():
            assert operation["operationId"].startswith("sign_in_")
            assert operation["security"] == [{"session": []}, {}]
            assert {"403", "429", "500", "503"} <= set(operation["responses"])


def test_a_body_without_an_example_gets_one() -> None:
    body: dict[str, Any] = {"schema": {"type": "object", "properties": {"code": {"type": "string"}}}}
    given = {"schema": {"type": "string"}, "example": "as given"}
    path = {
        "post": {
            "requestBody": {"content": {"application/json": body}},
            "responses": {"200": {"content": {"a/b": given}}},
        }
    }
    done = document.finish({"paths": {"/x": path}, "components": {"schemas": {}}})
    assert body["example"] == {"code": "LO-7K3M-9QXF-C"}
    assert given["example"] == "as given"
    assert {"Problem", "Fault"} <= set(done["components"]["schemas"])
    assert list(done["paths"]) == sorted(done["paths"])


@pytest.mark.parametrize("pattern", [r"^[A-Z]{2}$", r"^\d\d:\d\d$", r"^[0-9]{5}$", r"^[a-z-]+$"])
def test_an_example_fits_a_pattern_where_one_is_known(pattern: str) -> None:
    found = example_of({"type": "string", "pattern": pattern}, {})
    assert re.search(pattern, found)


def test_the_cookie_that_is_described_is_the_one_that_is_set(settings: Any) -> None:
    described = Cookie(Sessions()).get_security_definition(None)
    assert described["name"] == settings.SESSION_COOKIE_NAME
