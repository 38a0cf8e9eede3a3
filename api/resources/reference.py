"""GET /reference, GET /reference/{list}: the code lists with their labels in three scripts, by version.

Everybody who is signed in may read them. The ETag is the digest of the list's file: it changes with the content only.
"""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.declared import SIGNED_IN
from api.endpoint import Endpoint
from api.filters import OneOf
from api.serializers import Shape
from backend.reference import lists
from backend.reference.lists import CodeList
from permissions.scope import NotFound


class ListRow(Shape):
    """One list by name."""

    name = serializers.CharField()
    version = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the packaged file, in hex.")
    entries = serializers.IntegerField(help_text="How many codes it has.")


class ListsOut(Shape):
    """Every list; not paged, there are few."""

    results = ListRow(many=True)


class EntryOut(Shape):
    """One code. `item` is set where a code is unique only within its item."""

    code = serializers.CharField()
    item = serializers.CharField(allow_blank=True)
    labels = serializers.DictField(
        child=serializers.CharField(), help_text="The label in `en`, `sr-Latn` and `sr-Cyrl`."
    )
    attributes = serializers.DictField(
        child=serializers.CharField(allow_blank=True), help_text="The other columns of the list, as text."
    )


class ListOut(Shape):
    """One list in one version, in its own order."""

    name = serializers.CharField()
    version = serializers.CharField()
    digest = serializers.CharField()
    entries = EntryOut(many=True)


class Reference(Endpoint):
    """Code lists of the product."""

    resource = "reference"
    actions = {"list": SIGNED_IN, "retrieve": SIGNED_IN}
    outputs = {"list": ListsOut, "retrieve": ListOut}
    parameters = {"retrieve": {"version": OneOf(choices=(lists.VERSION,), describe="Version of the list.")}}

    def list(self, _request: Request, **_path: str) -> Response:
        """Name every list."""
        return Response({"results": [_row(found) for found in lists.LISTS.values()]})

    def retrieve(self, _request: Request, **path: str) -> Response:
        """Answer one list with all its codes."""
        self.parameter("version")
        found = lists.LISTS.get(path["list"])
        if found is None:
            raise NotFound
        return Response(_whole(found), headers={"ETag": f'"{found.digest}"'})


def _row(found: CodeList) -> dict[str, Any]:
    return {
        "name": found.name,
        "version": found.version,
        "digest": found.digest,
        "entries": len(found.entries),
    }


def _whole(found: CodeList) -> dict[str, Any]:
    entries = [
        {"code": one.code, "item": one.item, "labels": dict(one.labels), "attributes": dict(one.attributes)}
        for one in found.entries
    ]
    return {"name": found.name, "version": found.version, "digest": found.digest, "entries": entries}
