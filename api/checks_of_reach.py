"""Start-up checks of what a view reaches: a list that is not narrowed, an id of nobody knows what, a loose filter.

E020 rows that somebody without any role would see; E021 an id in a body that does not say whose id it is; E022 a
filter that is none of ours, or looks through a relation at rows of another model.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db.models import Model
from django.urls import get_resolver
from rest_framework import serializers

from api import attempt
from api.base import Resource
from api.checks import views
from api.endpoint import Endpoint
from api.fields import NamesARow
from api.filters import Filter
from permissions.actor import Actor
from permissions.roles import POLICY
from permissions.scope import reach_of

NOBODY: Final = Actor(id=UUID(int=0))
# Fields of text under these names hold an id or a code, and have to say of what.
NAMES: Final = frozenset({"case", "consent", "need", "organisation", "question", "referral", "team", "user"})


@register(Tags.security)
def every_view_narrows(**_kwargs: Any) -> list[CheckMessage]:
    """Walk every route and name each view that reaches further than it says."""
    found = (getattr(view, "cls", None) for view in views(get_resolver().url_patterns))
    classes = dict.fromkeys(cls for cls in found if isinstance(cls, type) and issubclass(cls, Endpoint))
    return [message for cls in classes for message in problems_of_reach(cls)]


def problems_of_reach(cls: type[Endpoint]) -> Iterator[CheckMessage]:
    """Yield what is wrong with the reach of one view."""
    for shape in dict.fromkeys(cls.inputs.values()):
        for name in _unexplained(shape()):
            yield Error(f"{cls.__name__}: {name} does not say whose id it is.", id="api.E021")
    if issubclass(cls, Resource):
        yield from _of_rows(cls)
        yield from _of_filters(cls)


def _of_rows(cls: type[Resource]) -> Iterator[CheckMessage]:
    """Ask for the rows as somebody without any role: before the database is asked it must be plain that there are none.

    What `visible_to` returns to such a caller is empty whatever comes after it, so nothing but a narrowed view passes.
    """
    for action in sorted(cls.actions):
        if not _empty_for_nobody(cls, action):
            yield Error(f"{cls.__name__}.{action} shows rows to somebody without any role.", id="api.E020")


def _empty_for_nobody(cls: type[Resource], action: str) -> bool:
    view = cls()
    view.action, view.kwargs, view.args = action, {}, ()
    if cls.above is not None:
        view.parent = cls.above.model()
    known = attempt.current.set(attempt.Attempt(by=NOBODY))
    try:
        view.get_queryset().order_by().values("pk").query.get_compiler("default").as_sql()
    except EmptyResultSet:
        return True
    finally:
        attempt.current.reset(known)
    return False


def _unexplained(field: Any) -> Iterator[str]:
    """Yield each field below this one that takes an id and does not say of what."""
    inner = field.fields.values() if isinstance(field, serializers.Serializer) else ()
    child = getattr(field, "child", None)
    for one in (*inner, *([child] if child is not None else [])):
        if not one.read_only and _is_unexplained(one):
            yield f"{type(one.parent).__name__}.{one.field_name or 'child'}"
        yield from _unexplained(one)


def _is_unexplained(field: Any) -> bool:
    if isinstance(field, NamesARow):
        return field.action not in POLICY
    as_text = isinstance(field, serializers.CharField) and field.field_name in NAMES
    return as_text or isinstance(field, serializers.UUIDField)


def _of_filters(cls: type[Resource]) -> Iterator[CheckMessage]:
    model = cls.queryset.model if cls.queryset is not None else None
    declared: Mapping[str, Any] = cls.filters
    for name, one in declared.items():
        if not isinstance(one, Filter):
            yield Error(f"{cls.__name__}: the filter {name} is none of ours.", id="api.E022")
        elif model is not None and one.path and not _stays_with(model, one.path):
            yield Error(f"{cls.__name__}: the filter {name} looks at what the row is not.", id="api.E022")


def _stays_with(model: type[Model], path: str) -> bool:
    """Say whether a path looks at a column of the model, or of one that holds nothing to protect."""
    here = model
    for step in path.split("__"):
        try:
            field = here._meta.get_field(step.removesuffix("_id"))
        except FieldDoesNotExist:
            return _is_column(here, step) or step in {"gte", "lte", "isnull", "in"}
        if not field.is_relation or step.endswith("_id"):
            continue
        here = field.related_model  # type: ignore[assignment]
        if _protected(here):
            return False
    return True


def _is_column(model: type[Model], name: str) -> bool:
    return name in {field.attname for field in model._meta.concrete_fields}


def _protected(model: Any) -> bool:
    try:
        return bool(reach_of(model))
    except AttributeError:
        return False
