"""A mapping says, in a file a statistician can read, which column becomes which coded fact. Pure."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any

import yaml

from backend.errors import Invalid
from backend.imports import story
from backend.imports.errors import Reason, RowRefused, Unreadable
from backend.imports.rules import check_columns, codes, columns_of, look_up, texts_of
from backend.imports.story import Story
from backend.imports.tables import Row

KNOWN_KEYS = frozenset(
    {
        "version",
        "name",
        "row_key",
        "urgency",
        "given_by",
        "minors",
        "items",
        "needs",
        "flags",
        "referral",
        "ignored",
        "table",
        "joined",
        "ignored_tables",
        "day_zero",
        "referrals",
        "events",
    }
)
TEXTS = ("name", "row_key", "urgency", "given_by")
MAX_KEY = 64
MAX_NAME = 64
MAX_DEPTH = 20
MAX_MERGED = 5000
# What YAML's own constructors let through: a 99th month, a number of 5,000 digits, `!!bool maybe`, 900 brackets.
BROKEN = (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


@dataclass(frozen=True)
class MappedCase:
    """What one row says: TDI items, needs, flags, and the service the person was referred to ("" for none)."""

    row_key: str
    items: MappingType[str, str | list[str]]
    needs: Sequence[str]
    flags: Sequence[str]
    urgency: str
    given_by: str
    service_code: str
    referral_need: str
    story: Story | None = None


@dataclass(frozen=True)
class Mapping:
    """A parsed mapping file; `apply` turns a row into a MappedCase or raises RowRefused with every reason."""

    name: str
    row_key: str
    plan: MappingType[str, Any]

    @property
    def table(self) -> str:
        """Return the name of the table in which one row is one person; "" where the file is that table."""
        return str(self.plan.get("table", ""))

    @property
    def joined(self) -> Sequence[str]:
        """Return the tables that have one row for each person, read as more columns of the main one."""
        return tuple(self.plan.get("joined") or ())

    @property
    def dependent(self) -> Sequence[MappingType[str, Any]]:
        """Return the rules of the tables that have any number of rows for each person."""
        return story.rules(self.plan)

    def tables(self) -> list[str]:
        """Return every table that is read."""
        return [self.table, *self.joined, *(rule["table"] for rule in self.dependent)]

    def columns(self) -> set[str]:
        """Return every column of the main table and those joined to it that the mapping reads."""
        rules = [*self.plan["items"].values(), *self.plan["needs"], *self.plan["flags"]]
        rules += [self.plan[part] for part in ("referral", "minors") if self.plan.get(part)]
        return {self.row_key, *(column for rule in rules for column in columns_of(rule))}

    def check_header(self, header: Sequence[str]) -> None:
        """Raise Unreadable unless the header has every column read, and no column nobody has decided about."""
        check_columns(header, read=self.columns(), ignored=self.plan.get("ignored") or ())

    def apply(self, row: Row, rows: story.Rows | None = None) -> MappedCase:
        """Map one person's row, and the `rows` that hang on it, by table.

        Raises RowRefused naming each column of the person's row that says something the mapping does not know.
        """
        faults: list[Reason] = []
        key = row.cells[self.row_key]
        if not key or len(key) > MAX_KEY:
            faults.append(Reason(self.row_key, "row_key_missing" if not key else "row_key_too_long"))
        items = {name: self._item(rule, row, faults) for name, rule in self.plan["items"].items()}
        service, need = self._service(row, faults), (self.plan.get("referral") or {}).get("need", "")
        told = story.story_of(self.plan, rows or {})
        if told is not None:
            service, need = told.service_code, told.need
        if faults:
            raise RowRefused(*faults)
        return MappedCase(
            row_key=key,
            items={name: value for name, value in items.items() if value},
            needs=codes(self.plan["needs"], row),
            flags=codes(self.plan["flags"], row),
            urgency=self.plan["urgency"],
            given_by=self._given_by(row),
            service_code=service,
            referral_need=need if service else "",
            story=told,
        )

    def _item(self, rule: MappingType[str, Any], row: Row, faults: list[Reason]) -> str | list[str]:
        values = [
            value
            for column in columns_of(rule)
            if (value := look_up(rule["values"], row, column=column, faults=faults)) is not None
        ]
        if "columns" in rule:
            return list(dict.fromkeys(values)) or [rule["empty"]]
        return values[0] if values else ""

    def _service(self, row: Row, faults: list[Reason]) -> str:
        rule = self.plan.get("referral")
        if not rule or not row.cells[rule["column"]]:
            return ""
        return look_up(rule["values"], row, column=rule["column"], faults=faults) or ""

    def _given_by(self, row: Row) -> str:
        minors = self.plan.get("minors")
        if minors and row.cells[minors["column"]] in minors["values"]:
            return str(minors["given_by"])
        return str(self.plan["given_by"])


def parse_mapping(text: str) -> Mapping:
    """Parse a mapping file. Raises Unreadable (bad_mapping) naming what is missing or unknown."""
    plan = _read(text)
    if not isinstance(plan, dict) or not all(isinstance(key, str) for key in plan):
        raise Unreadable("bad_mapping")
    if unknown := sorted(plan.keys() - KNOWN_KEYS):
        raise Unreadable("bad_mapping", ", ".join(unknown))
    if missing := sorted({"items", *TEXTS} - plan.keys()):
        raise Unreadable("bad_mapping", ", ".join(missing))
    if wrong := [name for name in TEXTS if not isinstance(plan[name], str)]:
        raise Unreadable("bad_mapping", ", ".join(wrong))
    if len(plan["name"]) > MAX_NAME:
        raise Unreadable("bad_mapping", "name")
    plan.setdefault("needs", [])
    plan.setdefault("flags", [])
    mapping = Mapping(name=plan["name"], row_key=plan["row_key"], plan=plan)
    _check_shape(mapping)
    return mapping


class _Loader(yaml.SafeLoader):
    """YAML whose merged mappings stay small, and without text that no database takes."""

    merged = 0

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Take in what `<<` names. Merges of merges multiply, so all of them together are counted."""
        before = len(node.value)
        super().flatten_mapping(node)
        self.merged += len(node.value) - before
        if self.merged > MAX_MERGED:
            raise ValueError

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        text = super().construct_scalar(node)
        if "\0" in str(text).encode().decode():
            raise ValueError
        return text


def _read(text: str) -> Any:
    """Read YAML. Deep nesting is refused before: the time it takes grows with the square of the depth."""
    depth = deepest = 0
    for letter in text:
        depth += (letter in "[{") - (letter in "]}")
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise Unreadable("bad_mapping")
    try:
        return _Loader(text).get_single_data()
    except BROKEN as error:
        raise Unreadable("bad_mapping") from error


def _check_shape(mapping: Mapping) -> None:
    plan = mapping.plan
    try:
        rules = [*plan["items"].values(), *filter(None, [plan.get("referral")]), *mapping.dependent]
        cells = (pair for rule in rules for pair in rule["values"].items())
        fits = all(isinstance(cell, str) and isinstance(code, str | None) for cell, code in cells)
        texts = [*mapping.columns(), *(plan.get("ignored") or ()), *_texts(plan), *story.check(plan)]
        texts += [*mapping.tables(), *(plan.get("ignored_tables") or ())]
        fits = fits and _tables_fit(mapping)
    except (AttributeError, KeyError, TypeError, ValueError, Invalid) as error:
        raise Unreadable("bad_mapping") from error
    if not fits or not all(isinstance(text, str) for text in texts):
        raise Unreadable("bad_mapping")


def _tables_fit(mapping: Mapping) -> bool:
    """Say whether each table has one part in the mapping, and a referral one place to come from."""
    several = bool(mapping.joined or mapping.dependent or mapping.plan.get("ignored_tables"))
    named = mapping.tables()
    return (
        isinstance(mapping.plan.get("table", ""), str)
        and len(set(named)) == len(named)
        and (bool(mapping.table) or not several)
        and not ("referral" in mapping.plan and "referrals" in mapping.plan)
    )


def _texts(plan: MappingType[str, Any]) -> Iterator[Any]:
    """Return what the rules read besides columns and values. Raises KeyError for what is not there."""
    yield from (rule["empty"] for rule in plan["items"].values() if "columns" in rule)
    yield from texts_of((*plan["needs"], *plan["flags"]))
    if referral := plan.get("referral"):
        yield from (referral["column"], referral.get("need", ""))
    if minors := plan.get("minors"):
        yield from (minors["column"], minors["given_by"], *minors["values"])
