"""Reads openapi.yaml as the matrix needs it: every operation, and every place in it that takes an id.

What is written here knows nothing of the application: an operation that the document names is asked, however it was
built.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tests.committed import document

PAGING: Final = frozenset({"cursor", "page_size", "count", "ordering"})
# What else names a row: a person by the name of the account, a sealed field by the id of what it stands in.
NAMED_IDS: Final = frozenset({"username", "fields"})
# How the document describes an id in whose place a code may stand.
DESCRIBED: Final = "The id of "
SIGN_IN: Final = "sign_in_"


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of the document. `document` is the whole of it, to follow references."""

    name: str
    method: str
    path: str
    said: Mapping[str, Any]
    document: Mapping[str, Any]

    @cached_property
    def path_ids(self) -> tuple[str, ...]:
        """Return the names between braces, in the order of the path."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    @cached_property
    def query(self) -> dict[str, Mapping[str, Any]]:
        """Return the schema of each query parameter by its name."""
        given = self.said.get("parameters", ())
        return {one["name"]: one["schema"] for one in given if one.get("in") == "query"}

    @cached_property
    def filters(self) -> dict[str, Mapping[str, Any]]:
        """Return the query parameters that narrow a list."""
        return {name: schema for name, schema in self.query.items() if name not in PAGING}

    @cached_property
    def orderings(self) -> tuple[str, ...]:
        """Return the orders in which a list may be asked for."""
        return tuple(self.query.get("ordering", {}).get("enum", ()))

    @cached_property
    def media(self) -> str:
        """Return the media type of the body, or nothing."""
        return next(iter(self.said.get("requestBody", {}).get("content", {})), "")

    @cached_property
    def body_ids(self) -> tuple[str, ...]:
        """Return a pointer to each place of the body that takes an id; `*` stands for each row of a list."""
        content = self.said.get("requestBody", {}).get("content", {})
        return tuple(sorted(_ids_in(content[self.media]["schema"], self.document))) if content else ()

    @property
    def is_list(self) -> bool:
        return "page_size" in self.query

    @property
    def is_public(self) -> bool:
        return list(self.said.get("security", ())) == [{}]

    @property
    def is_sign_in(self) -> bool:
        return self.name.startswith(SIGN_IN)

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield every operation of a document."""
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            yield Operation(said["operationId"], method.upper(), path, said, document)


def committed() -> tuple[Operation, ...]:
    """Return every operation of the committed document."""
    return tuple(operations(document()))


def enumerated(schema: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values that a parameter may have, where the document names them."""
    schema = _resolved(schema, document)
    if schema.get("type") == "array":
        schema = _resolved(schema["items"], document)
    if schema.get("type") == "boolean":
        return "true", "false"
    return tuple(str(one) for one in schema.get("enum", ()))


def _ids_in(schema: Mapping[str, Any], document: Mapping[str, Any], at: str = "") -> Iterator[str]:
    schema = _resolved(schema, document)
    for name, field in schema.get("properties", {}).items():
        found = _resolved(field, document)
        pointer = f"{at}/{name}"
        if found.get("type") == "array":
            inner = _resolved(found["items"], document)
            yield from _ids_in(inner, document, f"{pointer}/*")
            found, pointer = inner, f"{pointer}/*"
        if _is_id(name, found):
            yield pointer
        elif "properties" in found and not pointer.endswith("*"):
            yield from _ids_in(found, document, pointer)


def _is_id(name: str, schema: Mapping[str, Any]) -> bool:
    described = str(schema.get("description", "")).startswith(DESCRIBED)
    return schema.get("format") == "uuid" or described or (name in NAMED_IDS and "properties" not in schema)


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references, and the one part of an `allOf` or of a choice between something and null."""
    while True:
        parts = schema.get("allOf") or [
            one for one in schema.get("oneOf", schema.get("anyOf", ())) if one.get("type") != "null"
        ]
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif len(parts) == 1:
            schema = parts[0]
        else:
            return schema
