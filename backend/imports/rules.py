"""The small rules that every part of a mapping is made of: cells looked up, codes, columns accounted for. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from backend.imports.errors import Reason, Unreadable
from backend.imports.tables import Row


def columns_of(rule: Mapping[str, Any]) -> list[str]:
    """Return the columns that a rule reads."""
    return list(rule["columns"]) if "columns" in rule else [rule["column"]]


def look_up(values: Mapping[str, str | None], row: Row, *, column: str, faults: list[Reason]) -> str | None:
    """Return what a cell means, None for nothing; a cell that `values` does not know becomes a fault."""
    cell = row.cells[column]
    if cell not in values:
        faults.append(Reason(column, "value_unknown"))
        return None
    return values[cell]


def codes(rules: Sequence[Mapping[str, Any]], row: Row) -> list[str]:
    """Return the code of each rule that applies, each once."""
    return list(dict.fromkeys(rule["code"] for rule in rules if _applies(rule, row.cells[rule["column"]])))


def texts_of(rules: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """Return what rules with a `code` hold besides their column. Raises KeyError for what is not there."""
    for rule in rules:
        yield rule["code"]
        yield from (rule["when"] if "when" in rule else rule["unless"])


def check_columns(
    header: Sequence[str], *, read: Iterable[str], ignored: Iterable[str], table: str = ""
) -> None:
    """Raise Unreadable unless the header has every column read, and no column nobody has decided about."""
    wanted, at = set(read), f"{table}: " if table else ""
    if missing := sorted(wanted - set(header)):
        raise Unreadable("column_missing", at + ", ".join(missing))
    if unknown := sorted(set(header) - wanted - set(ignored)):
        raise Unreadable("column_unknown", at + ", ".join(unknown))


def _applies(rule: Mapping[str, Any], cell: str) -> bool:
    return cell in rule["when"] if "when" in rule else cell not in rule["unless"]
