"""Takes the operations of the sign-in library into our document: those that are routed, under our addresses.

The library ships its description (OpenAPI 3.0). Its components get the prefix `SignIn`, so that no name collides.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from allauth.headless import spec

from api import sign_in

SOURCE: Final = Path(str(spec.__file__)).with_name("doc") / "openapi.yaml"
PREFIX: Final = "SignIn"
OURS: Final = "/api/v1/auth/"
_THEIRS: Final = "/_allauth/{client}/v1/"
_REFERENCE: Final = re.compile(r"#/components/(\w+)/(\w+)")
_CLIENT: Final = {"$ref": f"#/components/parameters/{PREFIX}Client"}
_SESSION_TOKEN: Final = {"$ref": f"#/components/parameters/{PREFIX}SessionToken"}


def add(document: dict[str, Any]) -> None:
    """Add paths and the components they need to `document`."""
    source = _renamed(_source())
    paths = {f"{OURS}{route}": _path(route, source) for route in _routes()}
    document["paths"].update(paths)
    for section, name in sorted(_needed(paths, source)):
        document["components"].setdefault(section, {})[f"{PREFIX}{name}"] = source["components"][section][
            name
        ]


@cache
def _source() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return found


def _routes() -> Iterator[str]:
    return (str(pattern.pattern) for pattern in sign_in.urlpatterns)


def _path(route: str, source: Mapping[str, Any]) -> dict[str, Any]:
    methods = source["paths"][f"{_THEIRS}{route.removeprefix('browser/v1/')}"]
    return {
        method: _operation(method, route, operation)
        for method, operation in methods.items()
        if method in {"get", "post", "patch", "delete"}
    }


def _operation(method: str, route: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    name = re.sub(r"[^a-z0-9]+", "_", route.removeprefix("browser/v1/").removeprefix("auth/"))
    parameters = [one for one in operation.get("parameters", ()) if one not in (_CLIENT, _SESSION_TOKEN)]
    responses = {str(status): response for status, response in operation["responses"].items()}
    for status in (403, 413, 429, 500, 503):
        responses.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    return {
        **{key: value for key, value in operation.items() if key not in {"tags", "parameters", "responses"}},
        "operationId": f"sign_in_{name}_{method}",
        "tags": ["sign_in"],
        "security": [{"session": []}, {}],
        "parameters": parameters,
        "responses": dict(sorted(responses.items())),
    }


def _renamed(value: Any) -> Any:
    """Return a copy with our names of components, and `nullable` written as 3.1 writes it."""
    if isinstance(value, list):
        return [_renamed(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {str(key): _renamed(one) for key, one in value.items()}
    if isinstance(value.get("$ref"), str):
        found["$ref"] = _REFERENCE.sub(rf"#/components/\1/{PREFIX}\2", value["$ref"])
    if found.pop("nullable", False):
        if "$ref" in found:
            return {"anyOf": [found, {"type": "null"}]}
        if "type" in found:
            found["type"] = [found["type"], "null"]
    return found


def _needed(value: Any, source: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return every component that `value` refers to, and what these refer to."""
    found: set[tuple[str, str]] = set()
    waiting = [value]
    while waiting:
        for section, name in set(_references(waiting.pop())) - found:
            found.add((section, name))
            waiting.append(source["components"][section][name])
    return found


def _references(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        match = _REFERENCE.fullmatch(str(value.get("$ref", "")))
        if match and match[2].startswith(PREFIX):
            yield match[1], match[2].removeprefix(PREFIX)
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _references(one)
