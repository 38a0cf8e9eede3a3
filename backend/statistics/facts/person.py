"""Where a case stood at a moment: what was known, in which states it had been, what was a gap. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.cases.classes import NOT_KNOWN, REVEALS_DIAGNOSIS
from backend.cases.content import Need
from backend.cases.items import ItemValue
from backend.reference.lists import codes
from backend.statistics.facts import marks
from backend.statistics.facts.model import MINOR
from backend.statistics.facts.said import State, Told
from backend.statistics.periods import Span, day_of

COORDINATED = frozenset({"active", "on_hold"})
MINORS = frozenset({"lt15", "15-17"})
_AGES: Mapping[str, tuple[str, ...]] = {
    "lt25": ("lt15", "15-17", "18-19", "20-24"),
    "25-34": ("25-29", "30-34"),
    "35-44": ("35-39", "40-44"),
    "ge45": ("45-49", "50-54", "55-59", "60-64", "ge65"),
}
_EVER_INJECTED = frozenset({"2", "2.1", "2.2", "2.3"})
_DECLINED, _RECENT = "3", "2.2"
GAP = "gap"
WOMAN = "2"


@dataclass(frozen=True, slots=True)
class Dimensions:
    """By what a person is counted: codes of coarse groups. `minor` shows in national figures alone."""

    age_group: str
    sex: str
    substance_group: str
    referral_source: str
    is_minor: bool


def known_items(told: Told, *, until: datetime) -> dict[str, ItemValue]:
    """Return the items as they stood just before a moment, of all classes."""
    latest: dict[str, Mapping[str, ItemValue]] = {}
    for one in sorted((found for found in told.revisions if found.at < until), key=lambda found: found.at):
        latest[one.data_class] = one.items
    return {item: value for items in latest.values() for item, value in items.items()}


def is_known(value: ItemValue) -> bool:
    """Say whether something is known: it was recorded, and not as unknown."""
    return value not in (None, "", NOT_KNOWN, [], [NOT_KNOWN])


def dimensions(items: Mapping[str, ItemValue]) -> Dimensions:
    """Return the coarse groups of a person; what is not known is 99."""
    band = items.get("age_band")
    drug = codes("substances").get(str(items.get("primary_drug")))
    return Dimensions(
        age_group=next((group for group, bands in _AGES.items() if band in bands), NOT_KNOWN),
        sex=_code(items, "sex"),
        substance_group=(drug.attributes["tdi_group"] if drug else "") or NOT_KNOWN,
        referral_source=_code(items, "referral_source"),
        is_minor=band in MINORS,
    )


def national_age(found: Dimensions) -> str:
    """Return the age group as the country counts: minors apart."""
    return MINOR if found.is_minor else found.age_group


def _code(items: Mapping[str, ItemValue], item: str) -> str:
    value = items.get(item)
    return str(value) if is_known(value) else NOT_KNOWN


def item_marks(items: Mapping[str, ItemValue]) -> Iterator[str]:
    """Yield what is known and unknown of a person, and whether they were tested lately where it matters."""
    for item in marks.ITEMS:
        yield marks.known(item) if is_known(items.get(item)) else marks.unknown(item)
    if items.get("injecting") not in _EVER_INJECTED:
        return
    for item, testable, tested in (
        ("hiv_test", marks.TESTABLE_HIV, marks.TESTED_HIV),
        ("hcv_test", marks.TESTABLE_HCV, marks.TESTED_HCV),
    ):
        if is_known(items.get(item)) and items[item] != _DECLINED:
            yield testable
            if items[item] == _RECENT:
                yield tested


def was_coordinated(told: Told, span: Span) -> bool:
    """Say whether the case was active or on hold on a day of the span, or one that was joined to it."""
    return any(_coordinated(one.states, span) for one in (told, *told.joined))


def _coordinated(states: Iterable[State], span: Span) -> bool:
    """A state that begins and ends on one day counts on that day."""
    ordered = sorted(states, key=lambda state: state.at)
    for place, state in enumerate(ordered):
        after = ordered[place + 1].at if place + 1 < len(ordered) else None
        begins, ends = day_of(state.at), day_of(after) if after else span.last
        if state.status in COORDINATED and begins <= span.last and ends >= span.first:
            return True
    return False


def became_active(told: Told) -> datetime | None:
    """Return when the person was taken into coordination for the first time, in whichever of the joined cases."""
    begun = [state.at for one in (told, *told.joined) for state in one.states if state.status == "active"]
    return min(begun, default=None)


def state_at(told: Told, *, until: datetime) -> State | None:
    """Return the plain row as it stood just before a moment."""
    return max((one for one in told.states if one.at < until), key=lambda one: one.at, default=None)


def needs_at(told: Told, *, until: datetime) -> dict[UUID, Need]:
    """Return the needs as they stood just before a moment."""
    latest: dict[str, tuple[Need, ...]] = {}
    for one in sorted((found for found in told.revisions if found.at < until), key=lambda found: found.at):
        latest[one.data_class] = one.needs
    return {need.id: need for needs in latest.values() for need in needs}


def new_gaps(told: Told, span: Span) -> tuple[Need, ...]:
    """Return the needs that were set to gap in the span, each once, whatever became of them since."""
    every = [one for part in (told, *told.joined) for one in part.revisions if one.at < span.end]
    were: dict[UUID, str] = {}
    found: dict[UUID, Need] = {}
    for one in sorted(every, key=lambda one: one.at):
        for need in one.needs:
            if need.status == GAP != were.get(need.id) and one.at >= span.begin:
                found.setdefault(need.id, need)
            were[need.id] = need.status
    return tuple(found.values())


def is_restricted(need: Need) -> bool:
    """Say whether the code of a need is counted in the country alone: a diagnosis, violence, prison, a minor."""
    row = codes("needs")[need.code].attributes
    return (
        need.code in REVEALS_DIAGNOSIS
        or row["data_class"] in {"justice_transition", "violence"}
        or bool(row["statistics_restriction"])
    )
