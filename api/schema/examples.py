"""Makes up an example for a body from its schema, where the view gives none. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

Components = Mapping[str, Mapping[str, Any]]

_FORMATS: Final = {
    "uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "date": "2026-11-22",
    "date-time": "2026-11-22T09:30:00Z",
    "uri": "http://localhost:8000/api/v1/cases?cursor=abc",
    "email": "worker@example.org",
}
_NAMES: Final = {
    "code": "LO-7K3M-9QXF-C",
    "spoken_name": "tihi javor",
    "version": 1,
    "request_id": "6f1d2c0e-8d5c-4d0a-9a53-0c1f4c7f2b11",
    "next": None,
    "previous": None,
}
# Tried in this order where a pattern is given.
_CANDIDATES: Final = (
    "text",
    "MO,TU,WE",
    "LO",
    "08:00",
    "loznica",
    "12345",
    "70734",
    "+381111234567",
    "2026-11",
)
_DEEPEST: Final = 6


def example_of(schema: Mapping[str, Any], components: Components, *, name: str = "", depth: int = 0) -> Any:
    """Return a value that fits the schema."""
    if "$ref" in schema:
        return example_of(_resolved(schema["$ref"], components), components, name=name, depth=depth)
    if "example" in schema:
        return schema["example"]
    for choice in ("allOf", "oneOf", "anyOf"):
        if choice in schema:
            return _combined(schema, choice, components, name=name, depth=depth)
    if "enum" in schema or "const" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    return _of_type(schema, components, name=name, depth=depth)


def _resolved(reference: str, components: Components) -> Mapping[str, Any]:
    section, name = reference.removeprefix("#/components/").split("/")
    found: Mapping[str, Any] = components[section][name]
    return found


def _combined(
    schema: Mapping[str, Any], choice: str, components: Components, *, name: str, depth: int
) -> Any:
    parts = [example_of(part, components, name=name, depth=depth) for part in schema[choice]]
    if choice == "allOf" and all(isinstance(part, dict) for part in parts):
        return {key: value for part in parts for key, value in part.items()}
    return parts[0]


def _of_type(schema: Mapping[str, Any], components: Components, *, name: str, depth: int) -> Any:
    kinds = schema.get("type", "object")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "object":
        return _object(schema, components, depth=depth)
    if kind == "array":
        return (
            [] if depth > _DEEPEST else [example_of(schema["items"], components, name=name, depth=depth + 1)]
        )
    if name in _NAMES and (kind == "string") == isinstance(_NAMES[name], str | None):
        return _NAMES[name]
    if kind == "string":
        return _text(schema)
    return {"boolean": True, "integer": schema.get("minimum", 1), "number": 1.5}.get(kind)


def _text(schema: Mapping[str, Any]) -> str:
    text = str(_FORMATS.get(schema.get("format", ""), "text"))
    if "pattern" in schema:
        text = next((one for one in _CANDIDATES if re.search(schema["pattern"], one)), text)
    return text.ljust(int(schema.get("minLength", 0)), "x")


def _object(schema: Mapping[str, Any], components: Components, *, depth: int) -> dict[str, Any]:
    named = schema.get("properties", {})
    inner = schema.get("additionalProperties")
    if not named and isinstance(inner, Mapping) and inner:
        return {"name": example_of(inner, components, depth=depth + 1)}
    return {key: example_of(value, components, name=key, depth=depth + 1) for key, value in named.items()}
