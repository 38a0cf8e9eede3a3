"""Queries put into words once: Django takes ten times longer to write one than PostgreSQL to answer it.

A query is built with stand-ins where ids and values go, kept by its shape, and asked with the real ones. Only text is
kept, never a row and never a right: the condition that narrows a read is part of the text and is judged each time.
"""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ValuesIterable, ValuesListIterable

_PREFIX: Final = 0x5B0A_0000_0000_4000_8000_0000_0000_0000
_TEXT: Final = re.compile("5b0a0000-0000-4000-8000-[0-9a-f]{12}")
_FIRST_DAY: Final = datetime(1, 1, 2, tzinfo=UTC)
_WORD: Final = "\ue000"
_CONSTANT: Final = re.compile("[a-z][a-z0-9_-]*")
_NAMED: Final = re.compile("\ue000[0-9]+\ue000")
_ROWS: Final = (ValuesIterable, ValuesListIterable)
_SAME: Final = (int, float, timedelta, type(None))


class NotPreparable(TypeError):
    """The query holds a value that would be as old as the text: a mistake in the program."""


class _Text(NamedTuple):
    """A query as it was built, its SQL, and its values: each either a stand-in or always the same."""

    queryset: "QuerySet[Any, Any]"
    compiler: Any
    sql: str
    values: tuple[tuple[bool, Any], ...]
    plain: bool
    converters: Any


class Prepared:
    """A read that is asked often. `build` gets stand-ins and returns a queryset of instances or values.

    Positional arguments belong to the shape: words and numbers stay as they are, and of an actor only the ids are
    replaced. Keyword arguments are values: ids, words, moments, tuples of them, or lists for IN; None, True and False
    stay. One text is kept for each shape. A moment that `build` takes from Python's clock raises NotPreparable. A
    query that locks rows is asked inside a transaction.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], *, using: str = "default") -> None:
        self._build = build
        self._using = using
        self._texts = lru_cache(maxsize=512)(self._write)

    def rows(self, *shape: Any, **values: Any) -> list[Any]:
        """Ask now, on the connection of this thread, in its transaction."""
        found = _StandIns()
        key = tuple(found.shape(part) for part in shape)
        text = self._texts(key, tuple((name, found.value(part)) for name, part in values.items()))
        return [] if text is None else _asked(text, found.real, self._using)

    def forget(self) -> None:
        """Put every shape into words anew: something that is part of the text has changed."""
        self._texts.cache_clear()

    def first(self, *shape: Any, **values: Any) -> Any:
        """Return the first row, or None."""
        return next(iter(self.rows(*shape, **values)), None)

    def _write(self, shape: tuple[Any, ...], values: tuple[tuple[str, Any], ...]) -> _Text | None:
        queryset = self._build(*shape, **dict(values)).using(self._using)
        compiler = queryset.query.get_compiler(self._using)
        try:
            sql, given = compiler.as_sql()
        except EmptyResultSet:
            return None
        if _TEXT.search(sql) or _WORD in sql:
            raise NotPreparable("A value was written into the text of the query.")
        sql, kept = _with_constants(sql, given)
        marked = tuple((_varies(value), value) for value in kept)
        converters = compiler.get_converters(
            [column for column, _, _ in compiler.select[: compiler.col_count]]
        )
        plain = _kind(queryset) in _ROWS and not converters
        return _Text(queryset, compiler, sql, marked, plain=plain, converters=converters)


class _StandIns:
    """Gives a stand-in to each value, the same to equal ones, and knows what it stands for."""

    def __init__(self) -> None:
        self.real: dict[Any, Any] = {}
        self._given: dict[Any, Any] = {}

    def shape(self, part: Any) -> Any:
        """Return `part` with its ids replaced."""
        if isinstance(part, UUID):
            return self.value(part)
        if isinstance(part, tuple | list):
            return tuple(self.shape(one) for one in part)
        if isinstance(part, frozenset) and any(isinstance(one, UUID) for one in part):
            return frozenset(self.value(one) for one in part)
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{one.name: self.shape(getattr(part, one.name)) for one in fields(part)})
        return part

    def value(self, part: Any) -> Any:
        """Return the stand-in of a value, or of each in a list."""
        if part is None or isinstance(part, bool):
            return part
        if isinstance(part, tuple):
            return tuple(self.value(one) for one in part)
        if isinstance(part, list):
            return self._padded([self.value(one) for one in part])
        if part not in self._given:
            self._given[part] = self._new(part)
        return self._given[part]

    def _new(self, part: Any) -> Any:
        made = _made(part, len(self.real))
        self.real[made] = part
        return made

    def _padded(self, found: list[Any]) -> tuple[Any, ...]:
        """Repeat the last of a list up to a power of two, so that lists of all lengths share few texts."""
        if not found or found[-1] not in self.real:
            return tuple(found)
        missing = (1 << (len(found) - 1).bit_length()) - len(found)
        return (*found, *(self._new(self.real[found[-1]]) for _ in range(missing)))


def _made(part: Any, number: int) -> Any:
    if isinstance(part, UUID):
        return UUID(int=_PREFIX + number)
    if isinstance(part, datetime):
        return _FIRST_DAY + timedelta(seconds=number)
    if isinstance(part, date):
        return date(1, 1, 2) + timedelta(days=number)
    if isinstance(part, str):
        return f"{_WORD}{number}{_WORD}"
    raise NotPreparable(f"No stand-in for a {type(part).__name__}.")


def _varies(value: Any) -> bool:
    """Say whether a value of the query stands for another. Raises for one that does not, and would grow old."""
    if isinstance(value, list | tuple):
        return True in [_varies(one) for one in value]
    if isinstance(value, str):
        named = _WORD in value
        if named and not _NAMED.fullmatch(value):
            raise NotPreparable("A word stands inside another text of the query.")
        return named or bool(_TEXT.search(value))
    if isinstance(value, _SAME):
        return False
    if isinstance(value, UUID) and value.int >> 16 == _PREFIX >> 16:
        return True
    if isinstance(value, date) and value.year == 1:
        return True
    raise NotPreparable(f"A {type(value).__name__} in the query would never change.")


def _with_constants(sql: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """Write words that are always the same into the text: only then can PostgreSQL use an index made for them."""
    first, *rest = sql.split("%s")
    text, kept = [first], []
    for value, piece in zip(values, rest, strict=True):
        constant = isinstance(value, str) and _CONSTANT.fullmatch(value)
        if not constant:
            kept.append(value)
        text += [f"'{value}'" if constant else "%s", piece]
    return "".join(text), kept


def _put(value: Any, real: Mapping[Any, Any]) -> Any:
    """Return what goes to the database in the place of `value`."""
    if isinstance(value, list | tuple):
        return [_put(one, real) for one in value]
    if value in real:
        return real[value]
    return _TEXT.sub(lambda match: str(real[UUID(match[0])]), value) if isinstance(value, str) else value


def _kind(queryset: "QuerySet[Any, Any]") -> Any:
    return queryset._iterable_class  # noqa: SLF001 - Django has no other word for values or instances


def _asked(text: _Text, real: Mapping[Any, Any], using: str) -> list[Any]:
    values = tuple(_put(value, real) if varies else value for varies, value in text.values)
    if not text.plain:
        return list(_worded(text, values, using))
    with connections[using].cursor() as cursor:
        cursor.execute(text.sql, values)
        rows: list[Any] = cursor.fetchall()
    if _kind(text.queryset) is ValuesListIterable:
        return rows
    names = list(text.queryset.query.selected or ())
    return [dict(zip(names, row, strict=True)) for row in rows]


def _worded(text: _Text, values: tuple[Any, ...], using: str) -> "QuerySet[Any, Any]":
    """Return the queryset with its words already found. It is good for one iteration."""
    compiler = copy.copy(text.compiler)
    compiler.connection = connections[using]
    compiler.as_sql = lambda *_args, **_kwargs: (text.sql, values)
    compiler.get_converters = lambda _columns: text.converters
    query = copy.copy(text.queryset.query)
    query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
    asked: QuerySet[Any, Any] = type(text.queryset)(text.queryset.model, query=query, using=using)
    for name in ("_iterable_class", "_fields", "_known_related_objects"):
        setattr(asked, name, getattr(text.queryset, name))
    return asked
