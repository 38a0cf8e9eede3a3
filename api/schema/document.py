"""The last step: the sign-in library's operations, the shared refusals, and an example for every body."""

from collections.abc import Iterator, Mapping
from typing import Any

from api import notice
from api.schema import links, sign_in, statuses
from api.schema.examples import example_of


def finish(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Complete the generated document."""
    components = result["components"]
    for schema in _sent(result["paths"], components["schemas"]):
        schema.setdefault("additionalProperties", False)  # an undeclared name is refused
    components["schemas"].update(
        {"Problem": statuses.PROBLEM, "Fault": statuses.FAULT, notice.NAME: notice.SCHEMA}
    )
    components.setdefault("responses", {}).update(statuses.components())
    sign_in.add(result)
    for media_type in list(_bodies(result["paths"])) + list(_bodies(components)):
        if "example" not in media_type and "examples" not in media_type:
            media_type["example"] = example_of(media_type.get("schema", {}), components)
    components["schemas"] = dict(sorted(components["schemas"].items()))
    result["paths"] = dict(sorted(result["paths"].items()))
    links.add(result["paths"])
    return result


def _sent(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schema of every object in the body of a request."""
    waiting = [
        one.get("requestBody") for path in paths.values() for one in path.values() if isinstance(one, dict)
    ]
    seen: set[str] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        if not isinstance(value, dict):
            continue
        name = str(value.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            waiting.append(schemas[name])
        if value.get("type") == "object":
            yield value
        waiting.extend(one for key, one in value.items() if key not in {"example", "examples", "$ref"})


def _bodies(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every media type object."""
    if isinstance(value, list):
        for one in value:
            yield from _bodies(one)
    if not isinstance(value, dict):
        return
    for name, one in value.items():
        if name == "content" and isinstance(one, dict):
            yield from (body for body in one.values() if isinstance(body, dict))
        elif name not in {"example", "examples", "properties"}:
            yield from _bodies(one)
