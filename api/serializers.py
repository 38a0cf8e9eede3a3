"""The two bases of every serializer: what comes in is strict, what goes out is a plain shape."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty

_Read = Callable[["Shape", Any], Any]


class Shape(serializers.Serializer[Any]):
    """What an answer looks like. Reads attributes or keys of whatever it is given; the renderer writes the values.

    The fields are looked at once for each class: copying them for every object takes longer than to read it.
    """

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {name: read(self, instance) for name, read in _readers(type(self))}

    @property
    def data(self) -> dict[str, Any]:  # type: ignore[override]
        return self.to_representation(self.instance)


@cache
def _readers(shape: type[Shape]) -> tuple[tuple[str, _Read], ...]:
    declared: Mapping[str, serializers.Field[Any, Any, Any, Any]] = shape._declared_fields  # noqa: SLF001 - DRF's own place
    return tuple((name, _reader(name, field)) for name, field in declared.items())


def _reader(name: str, field: serializers.Field[Any, Any, Any, Any]) -> _Read:
    if isinstance(field, serializers.SerializerMethodField):
        return lambda shape, instance: getattr(shape, f"get_{name}")(instance)
    path, default = (field.source or name).split("."), field.default
    shown = _shown(field)

    def read(_shape: Shape, instance: Any) -> Any:
        try:
            value = instance
            for part in path:
                value = value[part] if isinstance(value, Mapping) else getattr(value, part)
        except (KeyError, AttributeError, ObjectDoesNotExist):
            if default is empty:
                raise
            return default
        return None if value is None else shown(value)

    return read


def _shown(field: serializers.Field[Any, Any, Any, Any]) -> Callable[[Any], Any]:
    """Return what turns a value into its part of the answer."""
    if isinstance(field, Shape):
        return field.to_representation
    if isinstance(field, serializers.ListSerializer) and isinstance(field.child, Shape):
        child = field.child.to_representation
        return lambda values: [child(value) for value in values]
    return list if isinstance(field, serializers.ListField) else lambda value: value


NAMES_CHECKED: Final = "names_checked"


class StrictSerializer(serializers.Serializer[Any]):
    """What a request may say: a field that is not declared is an error of its own, in nested objects too.

    A shape with free text, in itself or in an object in it, also takes `names_checked`: the person has looked at what
    seemed to be a name. It is heeded here and not passed on.
    """

    names_checked = False

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if any(map(_asks_about_names, fields.values())):
            fields[NAMES_CHECKED] = serializers.BooleanField(
                default=False, help_text="The person has looked at what may be a name and keeps the text."
            )
        return fields

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"non_field_errors": [ErrorDetail("", code="not_an_object")]})
        unknown = {name: [ErrorDetail("", code="unknown_field")] for name in data if name not in self.fields}
        self.names_checked = NAMES_CHECKED in self.fields and data.get(NAMES_CHECKED) is True
        try:
            known = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**dict(error.detail), **unknown}) from None  # type: ignore[arg-type]
        if unknown:
            raise serializers.ValidationError(unknown)
        known.pop(NAMES_CHECKED, None)
        return known


def _asks_about_names(field: Any) -> bool:
    inner = getattr(field, "child", field)
    return getattr(inner, "asks_about_names", False) or NAMES_CHECKED in getattr(inner, "fields", ())


class Nothing(StrictSerializer):
    """A body without any field: `{}` or none at all."""
