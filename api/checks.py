"""Start-up checks: a view, an action or a relation that declares nothing does not start.

E001 a view that is none of ours; E002 an action without a policy action; E003 an action the policy does not know;
E004 a creation past the idempotency; E005 a relation field that draws from more than the caller sees; E006 a rate
limit that cannot be read; E007 an action that asks for the second factor again and is not there.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework import serializers

from api.declared import SIGNED_IN, needs_of
from api.endpoint import Endpoint
from api.fields import VisibleRelatedField
from api.operations import kind_of
from api.rates import parse_rate
from permissions.roles import POLICY

# The sign-in library answers its own routes; it is the one other door, and it only signs people in.
TRUSTED: Final = ("allauth.headless.",)
PUBLIC: Final = "public"


@register(Tags.security)
def every_view_declares(**_kwargs: Any) -> list[CheckMessage]:
    """Walk every route and name each view that does not say who may use it."""
    return [message for view in views(get_resolver().url_patterns) for message in problems_of(view)]


@register(Tags.security)
def rates_are_readable(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a limit that would only fail at the first request."""
    return [message for name, text in settings.SPONA_RATES.items() for message in _of_rate(name, text)]


def _of_rate(name: str, text: str) -> Iterator[CheckMessage]:
    try:
        parse_rate(text)
    except ValueError as error:
        yield Error(f"SPONA_RATE_{name.upper()}: {error}", id="api.E006")


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    """Yield the callback of every route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def problems_of(view: Any) -> Iterator[CheckMessage]:
    """Yield what is wrong with one view."""
    cls = getattr(view, "cls", None)
    if isinstance(cls, type) and issubclass(cls, Endpoint):
        yield from _of_actions(cls, set(view.actions.values()))
        yield from _of_relations(cls)
    elif not getattr(view, PUBLIC, False) and not view.__module__.startswith(TRUSTED):
        yield Error(f"{view.__module__}.{view.__qualname__} does not say who may use it.", id="api.E001")


def _of_actions(cls: type[Endpoint], actions: set[str]) -> Iterator[CheckMessage]:
    if cls.public:
        return
    for action in sorted(actions):
        needs = needs_of(cls.actions, action)
        if not needs:
            yield Error(f"{cls.__name__}.{action} declares no policy action.", id="api.E002")
        if unknown := [need for need in needs if need != SIGNED_IN and need not in POLICY]:
            yield Error(
                f"{cls.__name__}.{action} names {', '.join(unknown)}: no line of the policy.", id="api.E003"
            )
        if action == "create" and kind_of(getattr(cls, action)) != "creating":
            yield Error(f"{cls.__name__}.create is not decorated with `creating`.", id="api.E004")
    for name in sorted(cls.step_up - set(cls.actions)):
        yield Error(f"{cls.__name__}.{name} asks for the second factor and is no action.", id="api.E007")


def _of_relations(cls: type[Endpoint]) -> Iterator[CheckMessage]:
    shapes = [
        *cls.inputs.values(),
        *cls.outputs.values(),
        cls.serializer_class,
        getattr(cls, "row_class", None),
    ]
    for shape in shapes:
        if shape is not None:
            for name in _loose_relations(shape()):
                yield Error(f"{cls.__name__}: {name} may name what the caller does not see.", id="api.E005")


def _loose_relations(field: Any) -> Iterator[str]:
    if isinstance(field, serializers.ManyRelatedField):
        field = field.child_relation
    loose = isinstance(field, serializers.RelatedField) and not isinstance(field, VisibleRelatedField)
    if loose and not field.read_only:
        yield f"{type(field.parent).__name__}.{field.field_name or 'child'}"
    inner = field.fields.values() if isinstance(field, serializers.Serializer) else ()
    for one in (*inner, *_child(field)):
        yield from _loose_relations(one)


def _child(field: Any) -> tuple[Any, ...]:
    child = getattr(field, "child", None)
    return (child,) if child is not None else ()
