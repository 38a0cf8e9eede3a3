"""What is known of one person in two cases, put together: the one that stays is right, the other adds to it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from backend.cases.content import Content, Need
from backend.cases.items import PRIMARY, SECONDARY, ItemValue, together_faults
from backend.cases.need_states import BEING_MET, OPEN, UNFINISHED


@dataclass(slots=True)
class Joined:
    """The facts by class, how many items were taken over and how many were said otherwise by the two cases.

    `needs` leads from each need of the case that goes to the one in the case that stays.
    """

    facts: dict[str, Content] = field(default_factory=dict)
    taken: int = 0
    conflicts: int = 0
    needs: dict[UUID, UUID] = field(default_factory=dict)


def join(stays: Mapping[str, Content], goes: Mapping[str, Content]) -> Joined:
    """Return the facts of both, class by class. No value of the one that stays changes; nothing unknown is lost."""
    found = Joined(dict(stays))
    for name, adds in goes.items():
        here = found.facts.get(name, Content())
        items = _items(found, here.items, adds.items)
        needs = _needs(found, here.needs, adds.needs)
        found.facts[name] = Content(items, needs, here.flags | adds.flags)
    return found


def _items(found: Joined, stays: dict[str, ItemValue], goes: dict[str, ItemValue]) -> dict[str, ItemValue]:
    new = {item: value for item, value in goes.items() if item not in stays}
    found.conflicts += sum(stays[item] != value for item, value in goes.items() if item in stays)
    if any(together_faults({**stays, **new})):
        found.conflicts += 1
        _part(stays, new)
    found.taken += len(new)
    return {**stays, **new}


def _part(stays: Mapping[str, ItemValue], new: dict[str, Any]) -> None:
    """Keep a drug from being primary and secondary at once: what stays has said which it is."""
    if PRIMARY in new:
        del new[PRIMARY]
        return
    others = [drug for drug in new[SECONDARY] if drug != stays[PRIMARY]]
    new[SECONDARY] = others
    if not others:
        del new[SECONDARY]


def _needs(found: Joined, stays: tuple[Need, ...], goes: tuple[Need, ...]) -> tuple[Need, ...]:
    """Unite by code. What is still open stays open, and nothing is under way of what comes from the other case."""
    by_code = {need.code: need for need in reversed(stays)}
    by_code |= {need.code: need for need in stays if need.status in UNFINISHED}
    changed: dict[UUID, Need] = {need.id: need for need in stays}
    for need in goes:
        status = OPEN if need.status == BEING_MET else need.status
        known = by_code.get(need.code)
        kept = replace(need, status=status) if known is None else _of_both(known, status)
        by_code[need.code] = changed[kept.id] = kept
        found.needs[need.id] = kept.id
    return tuple(changed.values())


def _of_both(known: Need, status: str) -> Need:
    is_over = known.status not in UNFINISHED and status in UNFINISHED
    return replace(known, status=OPEN) if is_over else known
