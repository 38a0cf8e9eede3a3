"""openapi.yaml at the root is what the code generates, is valid, and says for each operation all it must say."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from openapi_spec_validator import validate

from api.schema.examples import example_of
from tests.api.client import Api
from tests.committed import OPENAPI, document

pytestmark = pytest.mark.pure


Operation = tuple[str, str, dict[str, Any]]


@cache
def generated() -> str:
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()


def operations() -> Iterator[Operation]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


OURS = [one for one in operations() if not one[2]["operationId"].startswith("sign_in_")]
NAMES = [operation["operationId"] for _path, _method, operation in OURS]


def test_it_equals_what_the_code_generates() -> None:
    renew = "python -m backend spectacular --file openapi.yaml --validate --fail-on-warn"
    assert generated() == OPENAPI.read_text(encoding="utf-8"), f"Renew it: {renew}"


def test_what_is_answered_promises_every_name() -> None:
    """A generated client then need not ask of each whether it is there; of a page the count is asked for."""
    schemas = document()["components"]["schemas"]
    ours = {name for name in schemas if name.endswith(("Out", "Row"))}
    assert "CaseOut" in ours
    assert [
        name for name in sorted(ours) if schemas[name]["required"] != sorted(schemas[name]["properties"])
    ] == []


def test_it_is_generated_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, capsys.readouterr().err


def test_it_is_valid_openapi_3_1() -> None:
    assert document()["openapi"].startswith("3.1")
    validate(document())


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for *_path, operation in operations()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)


@pytest.mark.parametrize("operation", OURS, ids=NAMES)
def test_every_operation_names_its_refusals(operation: Operation) -> None:
    path, method, said = operation
    answered = set(said["responses"])
    assert answered & {"200", "201", "202", "204"}
    assert {"400", "429", "500", "503"} <= answered
    if said["security"] != [{}]:
        assert {"401", "403"} <= answered
    if "{" in path:
        assert "404" in answered
    if method == "patch":
        assert {"409", "412", "413", "415", "422", "428"} <= answered


@pytest.mark.parametrize("operation", OURS, ids=NAMES)
def test_every_operation_takes_the_headers_it_heeds(operation: Operation) -> None:
    _path, method, said = operation
    headers = {one["name"]: one["required"] for one in said["parameters"] if one["in"] == "header"}
    assert "Accept-Language" in headers
    if method in {"patch", "delete"} and "If-Match" in headers:
        assert headers["If-Match"]
    if "Idempotency-Key" in headers:
        assert "Location" in said["responses"]["201"]["headers"]


def contents(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            if name == "content":
                yield from one.values()
            elif name != "properties":
                yield from contents(one)
    elif isinstance(value, list):
        for one in value:
            yield from contents(one)


def test_every_body_has_an_example() -> None:
    bodies = list(contents(document()))
    assert len(bodies) > 20
    assert all("example" in body or "examples" in body for body in bodies)


@pytest.mark.parametrize("operation", OURS, ids=NAMES)
def test_every_example_fits_its_schema(operation: Operation) -> None:
    for body in contents(operation[2]):
        if "example" in body and "schema" in body:
            schema = {**body["schema"], "components": document()["components"]}
            jsonschema.validate(json.loads(json.dumps(body["example"], default=str)), schema)


def test_codes_are_named_enums() -> None:
    enums = {name for name, schema in document()["components"]["schemas"].items() if "enum" in schema}
    assert "UrgenciesCode" in enums


def test_the_doors_are_described() -> None:
    assert set(document()["components"]["securitySchemes"]) == {"machine_token", "session"}
    assert "/api/v1/auth/browser/v1/auth/login" in document()["paths"]
    assert not [path for path in document()["paths"] if "_allauth" in path]


def test_no_address_has_a_slash_at_its_end() -> None:
    assert not [path for path in document()["paths"] if path.endswith("/")]


@pytest.mark.database
def test_it_is_served_as_committed(stranger: Api) -> None:
    answer = stranger.get("/api/v1/openapi.yaml")
    assert (answer.status, answer.raw) == (200, OPENAPI.read_bytes())
    assert answer.headers["Content-Type"] == "application/yaml"


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string", "enum": ["b", "a"]}, "b"),
        ({"const": 4}, 4),
        ({"type": ["string", "null"], "format": "date"}, "2026-11-22"),
        ({"type": "array", "items": {"type": "boolean"}}, [True]),
        ({"type": "object", "properties": {"version": {"type": "integer"}}}, {"version": 1}),
        (
            {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"y": {"type": "number"}}}]},
            {"x": "text", "y": 1.5},
        ),
        ({"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}, {"x": "text"}),
        ({"type": "object", "additionalProperties": {"type": "integer", "minimum": 3}}, {"name": 3}),
        ({"type": "string", "minLength": 6}, "textxx"),
        ({"example": 7, "type": "integer"}, 7),
    ],
)
def test_an_example_is_made_up_from_a_schema(schema: dict[str, Any], example: Any) -> None:
    components = {"schemas": {"A": {"type": "object", "properties": {"x": {"type": "string"}}}}}
    assert example_of(schema, components) == example


def test_a_schema_that_holds_itself_comes_to_an_end() -> None:
    node = {
        "type": "object",
        "properties": {"inner": {"type": "array", "items": {"$ref": "#/components/schemas/N"}}},
    }
    assert example_of(node, {"schemas": {"N": node}})
