"""How a resource is given its routes, and which are left to the web app.

The names in `api/urls.py` read like the addresses that come of them.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import URLPattern, path
from django.urls.converters import StringConverter

from api.endpoint import Endpoint

METHODS: Final = {
    "list": "get",
    "create": "post",
    "retrieve": "get",
    "partial_update": "patch",
    "destroy": "delete",
}


class AppConverter(StringConverter):
    """An address of the web app, which says itself when it has nothing there.

    What has an extension is a file, and what begins like this belongs to others: no page stands in for what is absent.
    """

    regex = "(?!(?:api|health|static)(?:/|$))[^.]+"


def resource(
    at: str,
    view: type[Endpoint],
    *,
    collection: str = "",
    one: str = "",
    verbs: str = "",
    reads: str = "",
) -> Iterator[URLPattern]:
    """Yield the routes of a resource at the address `at`.

    `collection` names the actions on the collection, `one` those on a single object (`{id}`), `verbs` POSTs below it,
    `reads` GETs below it. A verb's address is its method's name with hyphens: follow_up answers at `/follow-up`.
    """
    if collection:
        yield path(at, view.as_view(_methods(collection)))
    if one:
        yield path(f"{at}/<str:id>", view.as_view(_methods(one)))
    for name in reads.split():
        yield path(f"{at}/<str:id>/{hyphened(name)}", view.as_view({"get": name}))
    for name in verbs.split():
        yield path(f"{at}/<str:id>/{hyphened(name)}", view.as_view({"post": name}))


def hyphened(name: str) -> str:
    """Return the part of an address for a method's name. A trailing `_` only avoids a word of Python's."""
    return name.rstrip("_").replace("_", "-")


def _methods(actions: str) -> dict[str, Any]:
    return {METHODS[action]: action for action in actions.split()}
