"""Reading the coded facts of a case: one audited opening of what is open to the reader, no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from audit import recorder
from backend.cases import classes, sealed_rows
from backend.cases.changing import check_not_erased
from backend.cases.content import Content, Need
from backend.cases.items import ItemValue
from backend.cases.models import Case
from backend.cases.standing import BREAK_GLASS, Standing, standing
from backend.cases.terms import in_order
from permissions.actor import Actor

NeedsReferred = Callable[[Case, frozenset[UUID]], frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class CaseReading:
    """What one person may see of a case now. `standing` says on what grounds."""

    standing: Standing
    purpose: str
    data_classes: tuple[str, ...]
    items: dict[str, ItemValue] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    flags: tuple[str, ...] = ()


def nothing_referred(_case: Case, _organisations: frozenset[UUID]) -> frozenset[UUID]:
    """Answer for a caller who knows of no referrals: no need was referred to anybody."""
    return frozenset()


def read_facts(by: Actor, case: Case, *, needs_referred: NeedsReferred = nothing_referred) -> CaseReading:
    """Open what role and consent allow `by` to see of `case`, in one audited read (`case.read`).

    `needs_referred` gives the ids of the needs that were referred to organisations; it is asked only where it
    decides. Raises NotFound without a live reason, Gone, KeyGone, IntegrityFailure, AuditUnavailable.
    """
    check_not_erased(case)
    stands = standing(by, case, reading=True)
    opened = in_order(stands.data_classes)
    facts = sealed_rows.open_classes(case.id, data_classes=set(opened) & set(classes.stored()))
    needs = shown_needs(case, stands=stands, facts=facts, needs_referred=needs_referred)
    flags = sorted(flag for content in facts.values() for flag in content.flags)
    recorder.record(
        by,
        "case.read",
        team=case.team_id,
        kind="case",
        object_id=str(case.id),
        purpose=stands.purpose,
        classes=list(opened),
        **under(stands),
    )
    return CaseReading(stands, stands.purpose, opened, shown_items(stands, facts), needs, tuple(flags))


def under(stands: Standing) -> dict[str, UUID]:
    """Return what an entry says of the look under which something was opened: its id."""
    looks = [one.source_id for one in stands.reasons if one.reason == BREAK_GLASS and one.source_id]
    return {"look": looks[0]} if looks else {}


def shown_items(stands: Standing, facts: Mapping[str, Content]) -> dict[str, ItemValue]:
    """Return the items to show: narrowed for some sectors, and silent about detention without its class."""
    shown: dict[str, ItemValue] = {}
    for data_class, content in facts.items():
        only = stands.items_within(data_class)
        shown |= {item: value for item, value in content.items.items() if only is None or item in only}
    if classes.JUSTICE in stands.data_classes:
        return shown
    return {item: _without_detention(item, value) for item, value in shown.items()}


def shown_needs(
    case: Case, *, stands: Standing, facts: Mapping[str, Content], needs_referred: NeedsReferred
) -> tuple[Need, ...]:
    """Return the needs to show: the class `needs` must be open, and the class of each need itself."""
    if classes.NEEDS not in stands.data_classes:
        return ()
    needs = [need for content in facts.values() for need in content.needs]
    narrow = stands.gets_only_need_referred
    if not narrow and not any(need.code in classes.REVEALS_DIAGNOSIS for need in needs):
        return tuple(needs)
    referred = needs_referred(case, stands.organisations)
    return tuple(need for need in needs if need.id in referred or (not narrow and _reads(need, stands)))


def _without_detention(item: str, value: ItemValue) -> ItemValue:
    return classes.NOT_KNOWN if classes.REVEALS_DETENTION.get(item) == value else value


def _reads(need: Need, stands: Standing) -> bool:
    return need.code not in classes.REVEALS_DIAGNOSIS or need.recorded_for in stands.organisations
