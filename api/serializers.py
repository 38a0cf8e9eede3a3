"""The two bases of every serializer: what comes in is strict, what goes out is a plain shape."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class Shape(serializers.Serializer[Any]):
    """What an answer looks like. Reads attributes or keys of whatever it is given."""


class StrictSerializer(serializers.Serializer[Any]):
    """What a request may say: a field that is not declared is an error of its own, in nested objects too."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"non_field_errors": [ErrorDetail("", code="not_an_object")]})
        unknown = {name: [ErrorDetail("", code="unknown_field")] for name in data if name not in self.fields}
        try:
            known = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**dict(error.detail), **unknown}) from None  # type: ignore[arg-type]
        if unknown:
            raise serializers.ValidationError(unknown)
        return known


class Nothing(StrictSerializer):
    """A body without any field: `{}` or none at all."""
