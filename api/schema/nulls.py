"""A code that may be null: naming the enums forgets it, so it is remembered before and written down after."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_MARK: Final = "x-may-be-null"


def remember(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Mark every property that holds one of some codes or null. Runs before the enums get their names."""
    for one in _properties(result["components"]["schemas"]):
        if "enum" in one and "null" in one.get("type", ()):
            one[_MARK] = True
    return result


def write(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Write what was marked as one of the codes or null."""
    for properties, name in _marked(result["components"]["schemas"]):
        one = properties[name]
        del one[_MARK]
        described = {"description": one.pop("description")} if "description" in one else {}
        (code,) = one.get("allOf", [one])
        properties[name] = {"anyOf": [code, {"type": "null"}], **described}
    return result


def _marked(schemas: Mapping[str, Any]) -> list[tuple[dict[str, Any], str]]:
    return [
        (schema["properties"], name)
        for schema in schemas.values()
        for name, one in schema.get("properties", {}).items()
        if _MARK in one
    ]


def _properties(schemas: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for schema in schemas.values():
        yield from schema.get("properties", {}).values()
