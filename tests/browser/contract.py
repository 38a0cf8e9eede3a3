"""Whether what the app asked is in `openapi.yaml`, and whether what it was answered fits there."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.committed import document

NAME: Final = "urn:spona:openapi"
# Problems are long to quote: the beginning says what is wrong.
LONGEST: Final = 300


@cache
def _addresses() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what each path of the document looks like; those without a variable first."""
    paths = sorted(document()["paths"], key=lambda path: (path.count("{"), path))
    return tuple((re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path) for path in paths)


def path_of(address: str) -> str | None:
    """Return the path of the document that an address without its query belongs to."""
    return next((path for pattern, path in _addresses() if pattern.fullmatch(address)), None)


def beside(method: str, address: str, status: int, *, kind: str, body: bytes | None) -> str | None:
    """Return what does not fit the document; None when all does. A `body` of None could not be read."""
    path = path_of(address)
    said = document()["paths"].get(path, {}).get(method.lower()) if path else None
    if said is None:
        return f"{method} {address} is not in openapi.yaml"
    answers = said["responses"]
    if str(status) not in answers:
        return f"{method} {address}: {status} is not documented"
    contents = _resolved(answers[str(status)]).get("content", {})
    if not contents or body is None or method == "HEAD":
        return None
    return _wrong_body(f"{method} {address} {status}", contents, kind=kind.partition(";")[0], body=body)


def _wrong_body(asked: str, contents: Mapping[str, Any], *, kind: str, body: bytes) -> str | None:
    if kind not in contents:
        return f"{asked}: {kind!r} is not documented"
    if not kind.endswith("json"):
        return None
    schema = contents[kind].get("schema", {})
    error = next(_validator(json.dumps(schema, sort_keys=True)).iter_errors(json.loads(body)), None)
    return f"{asked}: {error.json_path}: {error.message[:LONGEST]}" if error else None


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to another place of the document."""
    if "$ref" not in part:
        return part
    found: Any = document()
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


@cache
def _validator(schema: str) -> Draft202012Validator:
    whole = Resource.from_contents(document(), default_specification=DRAFT202012)
    pointed = json.loads(schema.replace('"#/', f'"{NAME}#/'))
    return Draft202012Validator(pointed, registry=Registry().with_resource(NAME, whole))
