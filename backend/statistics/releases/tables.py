"""What a table of the plan is: whom it counts, by what, and how finely it may ever be published. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from backend.reference.lists import codes
from backend.statistics.releases import periods

TIERS: Final = ("B", "C")
TEAM, GROUP, NATIONAL = GEOGRAPHIES = ("team", "group", "national")
CASE, NATION = "case", "nation"
# One who is counted nowhere by this dimension: a confidential service, or a value that is empty.
UNSTATED: Final = ""
TOTAL: Final = "total"
AGES: Final = ("lt25", "25-34", "35-44", "ge45", "99")


def _items(item: str) -> tuple[str, ...]:
    return tuple(codes(f"tdi_items:{item}"))


def _substances() -> tuple[str, ...]:
    found = (entry.attributes["tdi_group"] for entry in codes("substances").values())
    return tuple(dict.fromkeys(one for one in found if one))


# What each dimension may say, in the order of its list; each is a column of `statistics.fact`.
DIMENSIONS: Final[Mapping[str, Callable[[], tuple[str, ...]]]] = {
    "service_group": lambda: tuple(codes("service_groups")),
    "sector_to": lambda: tuple(codes("sectors")),
    "age_group": lambda: AGES,
    "sex": lambda: _items("sex"),
    "substance_group": _substances,
}


@dataclass(frozen=True)
class Rate:
    """A share of two marks."""

    id: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Table:
    """One table. `rows` is team, nation or a dimension; `sums` says which marks make up another."""

    id: str
    label: Mapping[str, str]
    caveat: Mapping[str, str]
    kinds: tuple[str, ...]
    rows: str
    columns: str
    marks: tuple[str, ...]
    tiers: tuple[str, ...]
    geography: str
    period: str
    periods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sums: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    grows: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    medians: Mapping[str, str] = field(default_factory=dict)
    # By the mark of a median: what marks those who still wait, in the last quarter of the period.
    still: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_teams(self) -> bool:
        """Say whether its facts say of which team they are."""
        return "national" not in self.kinds

    @property
    def row_codes(self) -> tuple[str, ...]:
        """Return the rows that are codes of a dimension; none where rows are places."""
        return DIMENSIONS[self.rows]() if self.rows in DIMENSIONS else ()

    @property
    def column_codes(self) -> tuple[str, ...]:
        """Return the columns, without the total."""
        return DIMENSIONS[self.columns]() if self.columns else ()

    def marks_of(self, kind: str) -> tuple[str, ...]:
        """Return the marks that a release of this kind of period shows; none before the table's own period."""
        if periods.KINDS.index(kind) < periods.KINDS.index(self.period):
            return ()
        return tuple(one for one in self.marks if kind in self.periods.get(one, periods.KINDS))

    def grain(self, kind: str) -> str:
        """Return the shortest period that a count of this kind is put together from.

        Cases are counted anew for each kind of period, because one who is there in two quarters is one person in the
        year. Everything else adds up over quarters, and is kept by quarter where it may be published so.
        """
        if CASE in self.kinds:
            return kind
        return self.period

    def fact_kinds(self, kind: str) -> tuple[str, ...]:
        """Return the kinds of facts that it counts for this kind of period."""
        return tuple(f"case_{kind}" if one == CASE else one for one in self.kinds)


@dataclass(frozen=True)
class Plan:
    """All tables of a version. `digest` is the SHA-256 of the file in hex; `same` names what counts the same facts."""

    version: int
    digest: str
    tables: tuple[Table, ...]
    same: tuple[tuple[tuple[str, str], ...], ...]

    def table(self, name: str) -> Table:
        return next(one for one in self.tables if one.id == name)
