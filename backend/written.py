"""Rows whose INSERT and UPDATE are put into words once for each class, as `prepared` does for reads.

Saving goes its usual way through Django, with all its signals; only the last step, which would compile the same forty
columns again for every row, is taken from here. A value that is an expression goes through Django's own.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from django.db import connections, models
from django.db.models.expressions import DatabaseDefault

_DEFAULT = object()


class Written(models.Model):
    """A row of ours. Used as the first base of every abstract model of the house."""

    # Whether a new row is told to somebody who may not see it: then the database is asked nothing back of it.
    unseen: ClassVar[bool] = False

    class Meta:
        abstract = True

    def _do_insert(
        self,
        manager: Any,
        using: str,
        fields: Any,
        returning_fields: Any,
        raw: bool,  # noqa: FBT001 - Django's
    ) -> Any:
        given = [_given(self, field, raw=raw) for field in fields]
        if any(_is_expression(value) for value in given):
            return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]
        by_default = tuple(value is _DEFAULT for value in given)
        returning_fields = () if self.unseen else returning_fields
        text = _insert(type(self), tuple(fields), by_default, tuple(returning_fields))
        connection = connections[using]
        values = [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, given, strict=True)
            if value is not _DEFAULT
        ]
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if returning_fields else []

    def _do_update(  # type: ignore[override]  # noqa: PLR0917 - Django's; the stubs are those of the next one
        self,
        base_qs: Any,
        using: str,
        pk_val: Any,
        values: Sequence[tuple[Any, None, Any]],
        update_fields: Any,
        forced_update: bool,  # noqa: FBT001 - Django's
    ) -> bool:
        if not values or any(_is_expression(value) for _, _, value in values):
            usual: Any = super()._do_update
            return bool(usual(base_qs, using, pk_val, values, update_fields, forced_update))
        connection = connections[using]
        text = _update(type(self), tuple(field for field, _, _ in values))
        new = [field.get_db_prep_save(value, connection) for field, _, value in values]
        with connection.cursor() as cursor:
            cursor.execute(text, [*new, self._meta.pk.get_db_prep_save(pk_val, connection)])
            return bool(cursor.rowcount > 0)


def _given(row: models.Model, field: Any, *, raw: bool) -> Any:
    value = getattr(row, field.attname) if raw else field.pre_save(row, add=True)
    return _DEFAULT if isinstance(value, DatabaseDefault) else value


def _is_expression(value: Any) -> bool:
    return hasattr(value, "resolve_expression")


@cache
def _insert(
    model: type[models.Model],
    fields: tuple[Any, ...],
    by_default: tuple[bool, ...],
    returning: tuple[Any, ...],
) -> str:
    values = ("DEFAULT" if left else _place(field) for field, left in zip(fields, by_default, strict=True))
    text = f"INSERT INTO {_name(model._meta.db_table)} ({_names(fields)}) VALUES ({', '.join(values)})"  # noqa: S608 - names of ours
    return f"{text} RETURNING {_names(returning)}" if returning else text


@cache
def _update(model: type[models.Model], fields: tuple[Any, ...]) -> str:
    changes = ", ".join(f"{_name(field.column)} = {_place(field)}" for field in fields)
    key = _name(str(model._meta.pk.column))
    return f"UPDATE {_name(model._meta.db_table)} SET {changes} WHERE {key} = %s"  # noqa: S608 - names of ours


def _place(field: Any) -> str:
    """Return the place of a value; an array says its type, which an empty one could not tell."""
    connection = connections["default"]
    return str(field.get_placeholder(None, None, connection)) if hasattr(field, "get_placeholder") else "%s"


def _names(fields: Sequence[Any]) -> str:
    return ", ".join(_name(field.column) for field in fields)


def _name(name: str) -> str:
    return connections["default"].ops.quote_name(name)
