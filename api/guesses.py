"""Which row a request meant by an id of its body that only a service could look up, and did not find.

The service says at which pointer; the shape of the body says of what the id there is. The denied entry then names the
object as it does for one in a path, and goes to the log of the team whose it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from api.attempt import Target
from api.fields import NamesARow

LONGEST = 64


def meant(shape: Any, pointer: str) -> Target | None:
    """Return what stands at a JSON pointer of the body that `shape` was given, if the field there names a row."""
    field, value = shape, getattr(shape, "initial_data", None)
    for token in pointer.strip("/").split("/"):
        field, value = _below(field, token), _at(value, token)
    if not isinstance(field, NamesARow) or not isinstance(value, str):
        return None
    # A sealed field is named by its kind and the id of what it stands in.
    return Target(field.of, value.rpartition(":")[2][:LONGEST])


def _below(field: Any, token: str) -> Any:
    if isinstance(field, serializers.ListField | serializers.ListSerializer):
        return field.child
    return field.fields.get(token) if isinstance(field, serializers.Serializer) else None


def _at(value: Any, token: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(token)
    if isinstance(value, Sequence) and not isinstance(value, str) and token.isdecimal():
        return value[int(token)] if int(token) < len(value) else None
    return None
