"""What can be done with an object just created: links of OpenAPI from its answer to the operations on it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_METHODS: Final = ("get", "post", "patch", "delete")
_ITS_ID: Final = {"id": "$response.body#/id"}


def add(paths: Mapping[str, Any]) -> None:
    """Link each creation (POST answered with 201) at `/x` to the operations under `/x/{id}`."""
    for path, item in paths.items():
        created = item.get("post", {}).get("responses", {}).get("201", {})
        found = {
            name: {"operationId": name, "parameters": _ITS_ID} for name in _under(f"{path}/{{id}}", paths)
        }
        if created and found:
            created["links"] = found


def _under(start: str, paths: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the operations whose only parameter in the path is the id."""
    for path, item in paths.items():
        if path == start or (path.startswith(f"{start}/") and "{" not in path[len(start) :]):
            yield from (item[method]["operationId"] for method in _METHODS if method in item)
