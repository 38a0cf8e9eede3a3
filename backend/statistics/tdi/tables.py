"""The tables of the TDI template that the register's own values can fill, and who counts in each.

Numbers of tables are those of the template. Tables of means (11.1) need exact ages, which this service
does not keep; they are named in `NOT_FILLED` and stay empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

DRUG, DRUG_GROUP, ANY_DRUG, OST_GROUP = "drug", "drug_group", "any_drug", "ost_group"
SECONDARY_FIRST, SECONDARY_SECOND, SECONDARY_ANY = "secondary_first", "secondary_second", "secondary_any"
EVERYBODY: Final = (("", ""),)
BY_STATUS: Final = (("", ""), ("treatment_status", "1"), ("treatment_status", "2"))
BY_SEX: Final = (("", ""), ("sex", "1"), ("sex", "2"))
TOTAL: Final = "total"
NOT_FILLED: Final = {
    "11.1": "means of exact ages: this service keeps age bands only",
    "3.1": "units reporting and existing: a description of centres, not of persons",
}


@dataclass(frozen=True, slots=True)
class TdiTable:
    """One table: its axes by name, whose value a person must have to count (`item`, `code`; empty: all),
    and the family of tables that count the same people in the same cells, all of them first.
    """

    code: str
    rows: str
    columns: str
    item: str = ""
    value: str = ""
    family: str = ""

    @property
    def counts_persons_apart(self) -> bool:
        """Whether the total of persons is counted by itself, because a person may stand in several rows."""
        return self.rows in {ANY_DRUG, SECONDARY_ANY}


_SECTIONS: Final = (
    ("8.1", "treatment_status", "centre_type", BY_SEX),
    ("9.1", DRUG, "centre_type", BY_STATUS),
    ("10.1", DRUG, "sex", BY_STATUS),
    ("12.1", DRUG, "age_band", BY_STATUS),
    ("13.1", DRUG_GROUP, "referral_source", BY_STATUS),
    ("14.1", DRUG_GROUP, "living_with", BY_SEX),
    ("15.1", DRUG_GROUP, "with_children", BY_SEX),
    ("16.1", DRUG_GROUP, "accommodation", BY_STATUS),
    ("17.1", DRUG_GROUP, "education", BY_STATUS),
    ("18.1", DRUG_GROUP, "labour", BY_STATUS),
    ("19.1", DRUG, "route", BY_STATUS),
    ("20.1", DRUG, "frequency", BY_STATUS),
    ("21.1", DRUG, "age_first_use_band", BY_STATUS),
    ("22.1", ANY_DRUG, "injecting", BY_STATUS),
    ("23.1", "age_band", "years_since_first_injection", BY_STATUS),
    ("24.1", "treatment_status", "polydrug_problem", EVERYBODY),
    ("26.1", "hiv_test", "injecting", BY_STATUS),
    ("27.1", "hcv_test", "injecting", BY_STATUS),
    ("28.1", "sharing", "injecting", EVERYBODY),
)
_OTHERS: Final = (
    *(TdiTable(f"25.1.{group}", SECONDARY_SECOND, SECONDARY_FIRST) for group in range(1, 6)),
    TdiTable("25.1.6", SECONDARY_ANY, DRUG),
    TdiTable("29.1.1", DRUG, "ost_status"),
    TdiTable("29.1.2", OST_GROUP, "years_since_first_ost"),
)


def _of_sections() -> Iterator[TdiTable]:
    for section, rows, columns, parts in _SECTIONS:
        for position, (item, value) in enumerate(parts, start=1):
            yield TdiTable(f"{section}.{position}", rows, columns, item, value, family=section)


TABLES: Final[dict[str, TdiTable]] = {table.code: table for table in (*_of_sections(), *_OTHERS)}


def families() -> dict[str, list[TdiTable]]:
    """Return the tables that count the same people in the same cells together, the one of all people first."""
    found: dict[str, list[TdiTable]] = {}
    for table in TABLES.values():
        found.setdefault(table.family or table.code, []).append(table)
    return found
