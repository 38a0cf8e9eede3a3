"""Rows on their way into tables by COPY: as dictionaries by the models' own fields, with their history rows."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.db.models import AutoField, Model
from psycopg import sql


class Sheet:
    """The rows of one table that wait for the next COPY, and the values that a row has unless told."""

    def __init__(self, model: type[Model]) -> None:
        fields = [one for one in model._meta.concrete_fields if not isinstance(one, AutoField)]
        empty = model()
        self.table = model._meta.db_table
        self.names = tuple(one.attname for one in fields)
        self.columns = tuple(str(one.column) for one in fields)
        self.usual = {one.attname: getattr(empty, one.attname) for one in fields if one.has_default()}
        self.usual |= {
            one.attname: None if one.null else "" for one in fields if one.attname not in self.usual
        }
        self.rows: list[tuple[Any, ...]] = []

    def add(self, values: Mapping[str, Any]) -> None:
        full = {**self.usual, **values}
        self.rows.append(tuple([full[name] for name in self.names]))

    def flush(self, connection: psycopg.Connection) -> None:
        """Write all rows, in binary, and forget them."""
        if not self.rows:
            return
        types: dict[str, int] = dict(
            connection.execute(
                "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
                [self.table],
            ).fetchall()
        )
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(sql.Identifier(self.table), names)
        with connection.cursor() as cursor, cursor.copy(command) as copy:
            copy.set_types([types[column] for column in self.columns])
            for row in self.rows:
                copy.write_row(row)
        self.rows.clear()


class Sheets:
    """All tables being filled. Ids are drawn from `rng`, so that the same seed gives the same rows."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._sheets: dict[type[Model], Sheet] = {}
        self._histories: dict[Any, type[Model]] = {}

    def new_id(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128), version=4)

    def add(self, model: type[Model], **values: Any) -> None:
        """Add a row; one with a random id gets it here unless it is given."""
        self.put(model, values)

    def put(self, model: type[Model], values: Mapping[str, Any]) -> None:
        sheet = self._sheets.get(model)
        if sheet is None:
            sheet = self._sheets[model] = Sheet(model)
        if "id" in sheet.usual and "id" not in values:
            values = {**values, "id": self.new_id()}
        sheet.add(values)

    def remember(
        self, model: Any, values: Mapping[str, Any], *, sign: str, at: datetime, who: UUID, why: str
    ) -> None:
        """Add the history row of `values` as they stand, as simple-history writes it."""
        history = {
            "history_id": self.new_id(),
            "history_date": at,
            "history_type": sign,
            "history_user_id": who,
            "history_change_reason": why,
        }
        if model not in self._histories:
            self._histories[model] = model.history.model  # looking it up makes a class each time
        self.put(self._histories[model], {**values, **history})

    def flush(self, connection: psycopg.Connection, *models: type[Model]) -> None:
        """Write the rows of `models`, or of all tables, in one transaction."""
        with connection.transaction():
            for model in models or tuple(self._sheets):
                if model in self._sheets:
                    self._sheets[model].flush(connection)
