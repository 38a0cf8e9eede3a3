"""The coded items of a person's profile: which values an item takes. Pure, from `tdi_fields.csv`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from backend.errors import Fault
from backend.reference.lists import codes

ItemValue: TypeAlias = str | int | list[str] | None

FIRST_YEAR: Final = 1950
YEAR: Final = re.compile(r"[0-9]{4}")
NONE_USED: Final = "none"
PRIMARY, SECONDARY = "primary_drug", "secondary_drugs"


def faults(items: Mapping[str, ItemValue], *, this_year: int, at: str = "/items") -> Iterator[Fault]:
    """Yield what is wrong with `items`, one fault for each place. None clears an item and is always right."""
    for item, value in items.items():
        if item not in codes("tdi_fields"):
            yield Fault(f"{at}/{escaped(item)}", "unknown_field")
        elif value is not None:
            yield from _value_faults(item, value, this_year=this_year, at=f"{at}/{item}")


def escaped(name: str) -> str:
    """Return `name` as one token of a JSON pointer (RFC 6901), at most 64 characters of it."""
    return name[:64].replace("~", "~0").replace("/", "~1")


def _value_faults(item: str, value: ItemValue, *, this_year: int, at: str) -> Iterator[Fault]:
    field = codes("tdi_fields")[item].attributes
    if field["kind"] == "year":
        yield from _year_faults(value, this_year=this_year, at=at)
    elif int(field["max_values"]) > 1:
        yield from _list_faults(item, value, most=int(field["max_values"]), at=at)
    elif not isinstance(value, str) or not _is_allowed(item, value):
        yield Fault(at, "unknown_code")


def _year_faults(value: ItemValue, *, this_year: int, at: str) -> Iterator[Fault]:
    year = as_year(value)
    if year is None or not FIRST_YEAR <= year <= this_year:
        yield Fault(at, "not_a_year")


def as_year(value: ItemValue) -> int | None:
    """Return a year given as a number or as four digits, otherwise None."""
    if isinstance(value, str) and YEAR.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def normal(item: str, value: ItemValue) -> ItemValue:
    """Return a faultless value in the form in which it is sealed: a year as a number, everything else as
    given.
    """
    return as_year(value) if codes("tdi_fields")[item].attributes["kind"] == "year" else value


def _list_faults(item: str, value: ItemValue, *, most: int, at: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(at, "not_a_list")
        return
    if len(value) > most:
        yield Fault(at, "too_many")
    unlike = set(map(str, value))
    if len(unlike) != len(value) or (NONE_USED in unlike and len(value) > 1):
        yield Fault(at, "repeated")
    yield from (Fault(f"{at}/{place}", "unknown_code") for place in _unknown(item, value))


def _unknown(item: str, value: Sequence[object]) -> Iterator[int]:
    for place, code in enumerate(value):
        if not isinstance(code, str) or not _is_allowed(item, code):
            yield place


def _is_allowed(item: str, code: str) -> bool:
    found = codes(codes("tdi_fields")[item].attributes["code_list"]).get(code)
    if found is None:
        return False
    column = {PRIMARY: "allowed_primary", SECONDARY: "allowed_secondary"}.get(item)
    return column is None or found.is_yes(column)


def together_faults(items: Mapping[str, ItemValue], *, at: str = "/items") -> Iterator[Fault]:
    """Yield what is wrong between items as they will stand: a secondary drug that is the primary one."""
    secondary = items.get(SECONDARY)
    if isinstance(secondary, list) and items.get(PRIMARY) in secondary:
        yield Fault(f"{at}/{SECONDARY}", "same_as_primary")
