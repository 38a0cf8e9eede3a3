"""A file as persons: the row of each, what is joined to it, and the rows that hang on it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.imports import mapping as mappings
from backend.imports import story
from backend.imports.errors import Reason, Unreadable
from backend.imports.rules import check_columns
from backend.imports.several import Table, read_tables
from backend.imports.tables import Row, read_rows

# What hangs on a person is kept in memory until the person's turn comes.
MAX_CELLS: Final = 4_000_000


@dataclass(frozen=True)
class Person:
    """One person of the file. `row` is theirs with what is joined to it; None, with `faults`, where that fails.

    `rows` are all rows of theirs, by table, the main one first: each of them has to be accounted for. `stray` says
    that they hang on a key which the main table does not have.
    """

    rows: Mapping[str, Sequence[Row]]
    row: Row | None = None
    faults: Sequence[Reason] = ()
    stray: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """Return table and number of the first row."""
        table, rows = next(iter(self.rows.items()))
        return table, rows[0].number


@dataclass(frozen=True)
class People:
    """The persons of a file, and how many they are where that is known before they are gone through."""

    each: Iterator[Person]
    total: int | None = None


def check(plan: mappings.Mapping, content: bytes) -> None:
    """Raise Unreadable unless the headers of the file are those that the mapping speaks of."""
    if plan.table:
        _check_tables(plan, read_tables(content))
    else:
        plan.check_header(read_rows(content)[0])


def read_people(plan: mappings.Mapping, content: bytes) -> People:
    """Return the persons of a file in the order of the main table, then the rows that belong to nobody.

    Raises Unreadable: what `check` raises, and what is wrong with a row.
    """
    if not plan.table:
        header, rows = read_rows(content)
        plan.check_header(header)
        return People(Person({"": [row]}, row=row) for row in rows)
    tables = read_tables(content)
    _check_tables(plan, tables)
    gathered = _Gathered(plan)
    main = gathered.take(tables[plan.table])
    for name in plan.tables()[1:]:
        for row in gathered.take(tables[name]):
            gathered.by_key.setdefault(row.cells[plan.row_key], {}).setdefault(name, []).append(row)
    total = len(main) + len(gathered.by_key.keys() - {row.cells[plan.row_key] for row in main})
    return People(gathered.people(main), total)


@dataclass
class _Gathered:
    """The rows of every table but the main one, by key and table."""

    plan: mappings.Mapping
    by_key: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    cells: int = 0

    def take(self, table: Table) -> list[Row]:
        rows = []
        for row in table.rows:
            self.cells += len(row.cells)
            if self.cells > MAX_CELLS:
                raise Unreadable("too_large")
            rows.append(row)
        return rows

    def people(self, main: Sequence[Row]) -> Iterator[Person]:
        seen: set[str] = set()
        for row in main:
            key = row.cells[self.plan.row_key]
            yield self._again(row) if key in seen else self._person(row, self.by_key.pop(key, {}))
            seen.add(key)
        unknown = Reason(self.plan.row_key, "row_key_unknown")
        yield from (Person(rows, faults=[unknown], stray=True) for rows in self.by_key.values())

    def _again(self, row: Row) -> Person:
        return Person({self.plan.table: [row]}, faults=[Reason(self.plan.row_key, "row_key_repeated")])

    def _person(self, row: Row, others: Mapping[str, Sequence[Row]]) -> Person:
        rows = {self.plan.table: [row], **others}
        cells, faults = dict(row.cells), []
        for name in self.plan.joined:
            found = others.get(name, ())
            if len(found) == 1:
                cells.update(found[0].cells)
            else:
                faults.append(Reason(name, "row_repeated" if found else "row_missing"))
        return Person(rows, row=None if faults else Row(row.number, cells), faults=faults)


def _check_tables(plan: mappings.Mapping, tables: Mapping[str, Table]) -> None:
    if missing := sorted(set(plan.tables()) - tables.keys()):
        raise Unreadable("table_missing", ", ".join(missing))
    if unknown := sorted(tables.keys() - set(plan.tables()) - set(plan.plan.get("ignored_tables") or ())):
        raise Unreadable("table_unknown", ", ".join(unknown))
    header = [*tables[plan.table].header]
    for name in plan.joined:
        if plan.row_key not in tables[name].header:
            raise Unreadable("column_missing", f"{name}: {plan.row_key}")
        header += [column for column in tables[name].header if column != plan.row_key]
    if repeated := sorted({column for column in header if header.count(column) > 1}):
        raise Unreadable("repeated_column", ", ".join(repeated))
    plan.check_header(header)
    for rule in plan.dependent:
        read, ignored = {plan.row_key, *story.columns(rule)}, rule.get("ignored") or ()
        check_columns(tables[rule["table"]].header, read=read, ignored=ignored, table=rule["table"])
