"""What the workbook says about itself: what it is not, how its numbers are made, and what stays empty. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from backend.reference.translit import latin
from backend.statistics.tdi.tables import NOT_FILLED

NAME: Final = "Spona method"
HONEST: Final = {
    "en": (
        "This is not a TDI report. Referrals are not treatment entries, and the service does not file TDI. The tables "
        "have the layout of the TDI so that they can be compared; the people in them are those who were newly taken "
        "into coordination in the year, in the teams that are included."
    ),
    "sr-Cyrl": (
        "Ово није извештај ТДИ. Упућивање није почетак лечења и сервис не подноси ТДИ. Табеле имају распоред ТДИ да "
        "би се могле поредити; особе у њима су оне које су те године први пут примљене у координацију, у тимовима "
        "који су обухваћени."
    ),
}
_RULES: Final = (
    (
        "numbers",
        "National. Every lowest cell is perturbed by its cell key, the same each time, and then masked.",
    ),
    (
        "empty cells",
        "An empty cell is masked ({mask}) or nobody was counted there; the two are not told apart.",
    ),
    (
        "groups and totals",
        (
            "Sums of the cells that are shown, and of nothing else: substances add up to their groups. A sum is at "
            "least: masked cells are not in it, so it need not agree with the same sum in another table."
        ),
    ),
    (
        "totals of 22.1 and 25.1.6",
        "Unique persons, counted and protected by themselves: they are not the sum of their rows.",
    ),
    ("who is left out", "Whoever has no primary drug on record, such as people with primary alcohol use."),
    (
        "values",
        "Those of the Serbian treatment register, mapped to the TDI by the code lists of the service.",
    ),
    (
        "template",
        (
            "The numbers that the template's authors had left in cells of tables were cleared; nothing else of it "
            "changed but the remarks under 7.1.1."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class About:
    """The release out of which a workbook is made; `number` is None until it is published."""

    number: int | None
    sha256: str
    tier: str
    period: str
    mask: str
    included: int
    teams: int


def remark(about: About) -> str:
    """Return what stands among the template's own remarks."""
    return f"{HONEST['en']} See the sheet '{NAME}'. Year {about.period}, {_release(about)}."


def rows(about: About) -> Iterator[Sequence[str]]:
    """Yield the lines of the added sheet: a name and what it says."""
    yield ("Spona", "National aggregate in the layout of the TDI template")
    yield ("", HONEST["en"])
    yield ("", latin(HONEST["sr-Cyrl"]))
    yield ("", HONEST["sr-Cyrl"])
    yield ("release", _release(about))
    yield ("year", about.period)
    yield ("tier", about.tier)
    yield ("teams included", f"{about.included} of {about.teams}")
    for name, said in _RULES:
        yield (name, said.format(mask=about.mask))
    for section, why in NOT_FILLED.items():
        yield (f"left empty: {section}", why)


def _release(about: About) -> str:
    number = f"release {about.number}" if about.number is not None else "release not published"
    return f"{number}, SHA-256 {about.sha256}"
