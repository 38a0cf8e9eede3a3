"""Which codes an axis of a TDI table has, and where one person stands on it. Pure, from the code lists."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from backend.cases.items import NONE_USED, PRIMARY, SECONDARY, ItemValue
from backend.reference.lists import codes
from backend.statistics.tdi import tables

UNKNOWN: Final = "99"
ALCOHOL: Final = "8"
NO_SECOND, NOT_KNOWN_SECOND = "11", "12"
HEROIN, OTHER_OPIOIDS, OTHER_SUBSTANCES = "heroin", "other_opioids", "other"
OST_ROWS: Final = (HEROIN, OTHER_OPIOIDS, "2", "3", OTHER_SUBSTANCES, UNKNOWN)
HEROIN_ROW: Final = "1.1"


@cache
def leaves(axis: str) -> tuple[str, ...]:
    """Return the codes of an axis without its groups and totals, in the order of the template."""
    if axis in {tables.DRUG, tables.ANY_DRUG, tables.SECONDARY_ANY}:
        return tuple(code for code in _drug_rows() if code != ALCOHOL or axis == tables.SECONDARY_ANY)
    if axis == tables.DRUG_GROUP:
        return tuple(dict.fromkeys(group_of(code) for code in leaves(tables.DRUG)))
    if axis == tables.OST_GROUP:
        return OST_ROWS
    item = "secondary_group" if axis in {tables.SECONDARY_FIRST, tables.SECONDARY_SECOND} else axis
    return tuple(dict.fromkeys(_as_in_tdi(item, code) for code in codes(f"tdi_items:{item}")))


def group_of(drug_row: str) -> str:
    """Return the group to which a row of the drug list belongs: `1.1` is in `1`, `6` is in `6`."""
    return codes("tdi_drug_rows")[drug_row].attributes["tdi_group"]


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Return each group that the template shows as a sum, with the rows that add up to it."""
    named = [row.code for row in codes("tdi_drug_rows").values() if row.is_yes("is_total")]
    return {
        group: tuple(row for row in _drug_rows() if group_of(row) == group)
        for group in named
        if group in codes("tdi_drug_rows") and group_of(group) == group
    }


def places(axis: str, items: Mapping[str, ItemValue]) -> tuple[str, ...]:
    """Return the codes of `axis` at which a person with these items stands; most axes have one."""
    if axis in _OWN_PLACES:
        return _OWN_PLACES[axis](items)
    return (_as_in_tdi(axis, _told(items, axis)),)


def _drug_rows() -> tuple[str, ...]:
    return tuple(row.code for row in codes("tdi_drug_rows").values() if not row.is_yes("is_total"))


def _as_in_tdi(item: str, code: str) -> str:
    """Bands that are finer here than in the template fold into its own."""
    return codes(f"tdi_items:{item}")[code].attributes["tdi_code"] or code


def _told(items: Mapping[str, ItemValue], item: str) -> str:
    value = items.get(item)
    return value if isinstance(value, str) and value in codes(f"tdi_items:{item}") else UNKNOWN


def _row(substance: ItemValue) -> str:
    return codes("substances")[str(substance)].attributes["tdi_row"]


def _ost_row(drug_row: str) -> str:
    group = group_of(drug_row)
    if group == "1":
        return HEROIN if drug_row == HEROIN_ROW else OTHER_OPIOIDS
    return group if group in OST_ROWS else OTHER_SUBSTANCES


def _secondary(items: Mapping[str, ItemValue]) -> list[str]:
    told = items.get(SECONDARY)
    return [code for code in told if code != NONE_USED] if isinstance(told, list) else []


def _second_group(items: Mapping[str, ItemValue], *, place: int) -> str:
    told = items.get(SECONDARY)
    if not isinstance(told, list) or not told:
        return NOT_KNOWN_SECOND
    used = _secondary(items)[place:]
    return codes("substances")[used[0]].attributes["secondary_group"] if used else NO_SECOND


def _any_drug(items: Mapping[str, ItemValue]) -> tuple[str, ...]:
    rows = dict.fromkeys((_row(items[PRIMARY]), *map(_row, _secondary(items))))
    return (*(row for row in rows if row != ALCOHOL), tables.TOTAL)


_OWN_PLACES: Final[Mapping[str, Callable[[Mapping[str, ItemValue]], tuple[str, ...]]]] = {
    tables.DRUG: lambda items: (_row(items[PRIMARY]),),
    tables.DRUG_GROUP: lambda items: (group_of(_row(items[PRIMARY])),),
    tables.OST_GROUP: lambda items: (_ost_row(_row(items[PRIMARY])),),
    tables.ANY_DRUG: _any_drug,
    tables.SECONDARY_ANY: lambda items: (*dict.fromkeys(map(_row, _secondary(items))), tables.TOTAL),
    tables.SECONDARY_FIRST: lambda items: (_second_group(items, place=0),),
    tables.SECONDARY_SECOND: lambda items: (_second_group(items, place=1),),
}
