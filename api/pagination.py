"""Pages by key, never by number: a cursor says after which row to go on, and cannot be made up or moved elsewhere.

The answer is {"next": address or null, "previous": address or null, "results": [...]}, and "count" when asked for.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import orjson
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from rest_framework.pagination import BasePagination

from api.refusals import BadParameter

DEFAULT_SIZE: Final = 50
LARGEST: Final = 100
PARAMETERS: Final = frozenset({"cursor", "page_size", "count"})
_SIZE: Final = re.compile(r"[1-9][0-9]{0,2}")
_MAC: Final = 16
_LONGEST: Final = 1000


class KeyPages(BasePagination):
    """Tells the documentation what a page looks like; `Resource.list` makes it."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": address,
                "previous": address,
                "results": schema,
                "count": {"type": "integer", "description": "Only with `count=true`."},
            },
        }


# Fetches so many rows in this order, beyond the row with these values.
Fetch = Callable[[tuple[str, ...], int, tuple[Any, ...]], list[Any]]
M = TypeVar("M", bound=Model)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Cursor:
    """After (or, backwards, before) the row that has these values in the ordering's fields."""

    backwards: bool
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """One page, in the list's order, and the cursors around it."""

    rows: list[Any]
    next: Cursor | None
    previous: Cursor | None


def page_size(given: QueryDict) -> int:
    """Return the size asked for, 50 unless told. Raises BadParameter above 100."""
    text = given.get("page_size", str(DEFAULT_SIZE))
    if not _SIZE.fullmatch(text) or int(text) > LARGEST:
        raise BadParameter("page_size")
    return int(text)


def take(fetch: Fetch, *, ordering: tuple[str, ...], cursor: Cursor | None, size: int) -> Page:
    """Fetch one page in one query. `ordering` ends with a unique field, and its fields are never null."""
    backwards = cursor is not None and cursor.backwards
    order = tuple(_turned(name) for name in ordering) if backwards else ordering
    rows = fetch(order, size + 1, cursor.values if cursor else ())
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    return _page(
        rows, ordering, more_ahead=more or backwards, more_behind=more if backwards else cursor is not None
    )


def top(
    parts: Sequence[QuerySet[M, Row]], *, order: tuple[str, ...], most: int, after: Sequence[Any]
) -> QuerySet[M, Row]:
    """Return the first rows of all parts together. Each part is cut by itself, so that an index gives it in order."""
    beyond = _beyond(order, after) if after else Q()
    first, *rest = [part.filter(beyond).order_by(*order)[:most] for part in parts]
    return first.union(*rest, all=True).order_by(*order)[:most] if rest else first


def _page(rows: list[Any], ordering: tuple[str, ...], *, more_ahead: bool, more_behind: bool) -> Page:
    if not rows:
        return Page(rows, None, None)
    following = Cursor(backwards=False, values=_values(rows[-1], ordering)) if more_ahead else None
    preceding = Cursor(backwards=True, values=_values(rows[0], ordering)) if more_behind else None
    return Page(rows, following, preceding)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: tuple[str, ...], values: Sequence[Any]) -> Q:
    """Return "after these values", led by a plain bound on the first field so that an index can be entered there."""
    condition, equal = Q(), Q()
    for position, (name, value) in enumerate(zip(order, values, strict=True)):
        field, word = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        step = equal & Q(**{f"{field}__{word}": value})
        condition = condition | step if position else step
        equal &= Q(**{field: value})
    first, word = (order[0][1:], "lte") if order[0].startswith("-") else (order[0], "gte")
    return Q(**{f"{first}__{word}": values[0]}) & condition


def _values(row: Any, ordering: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_value(row, name.lstrip("-")) for name in ordering)


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    return row


def encode(cursor: Cursor, *, scope: str) -> str:
    """Return the cursor as text. `scope` names the list, its filters and its ordering: it fits nowhere else."""
    said = orjson.dumps([cursor.backwards, *cursor.values])
    return base64.urlsafe_b64encode(_mac(said, scope) + said).decode().rstrip("=")


def decode(text: str, *, scope: str, model: type[Model], ordering: tuple[str, ...]) -> Cursor:
    """Read what `encode` wrote. Raises BadParameter for anything else."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadParameter("cursor", code="invalid_cursor") from None
    mac, said = raw[:_MAC], raw[_MAC:]
    if len(text) > _LONGEST or not hmac.compare_digest(mac, _mac(said, scope)):
        raise BadParameter("cursor", code="invalid_cursor")
    backwards, *values = orjson.loads(said)
    return Cursor(backwards, tuple(_typed(model, *pair) for pair in zip(ordering, values, strict=True)))


def _typed(model: type[Model], name: str, value: Any) -> Any:
    """Return the value as the field's own type, so that the comparison is made on what was read."""
    field = model
    for part in name.lstrip("-").split("__"):
        found: Any = field._meta.get_field(part) if part != "pk" else field._meta.pk
        field = found.related_model
    return found.to_python(value)


def _mac(said: bytes, scope: str) -> bytes:
    return salted_hmac("api.cursor", scope.encode() + b"\0" + said, algorithm="sha256").digest()[:_MAC]


def address(base: str, given: QueryDict, cursor: str) -> str:
    """Return the address of another page of the same list."""
    kept = [(name, given[name]) for name in sorted(given) if name not in {"cursor", "count"}]
    return f"{base}?{urlencode([*kept, ('cursor', cursor)])}"


def scope_of(path: str, given: QueryDict, ordering: tuple[str, ...]) -> str:
    """Return what a cursor is bound to: the list, its filters and its ordering, but not the size of the page."""
    kept = [f"{name}={given[name]}" for name in sorted(given) if name not in PARAMETERS]
    return "\n".join([path, *ordering, *kept])
