"""Changing the coded facts of a case: items, flags and needs, each class sealed again under its next
revision.

Nobody writes into a class that is not open to them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

from django.utils import timezone

from audit.acts import Act, act
from backend.cases import classes, items, need_states, sealed_rows
from backend.cases.changing import check_open, check_version, refuse, touch
from backend.cases.content import Content, Need
from backend.cases.items import ItemValue
from backend.cases.models import Case
from backend.cases.reading import NeedsReferred, nothing_referred, shown_needs
from backend.cases.standing import Standing, standing
from backend.errors import Conflict, Fault
from backend.reference.lists import code_exists
from permissions.actor import Actor
from permissions.scope import NotFound

EDIT: Final = "case.edit"


@contextmanager
def _changing(by: Actor, case: Case, verb: str, version: int | None) -> Iterator[tuple[Act, Standing]]:
    with act(by, verb, case, needs=EDIT) as current:
        check_version(case, version)
        check_open(case)
        yield current, standing(by, case)
        touch(case)


def change_items(
    by: Actor, case: Case, *, given: Mapping[str, ItemValue], version: int | None = None
) -> None:
    """Set coded items; None clears one.

    Raises Stale, Conflict when the case is closed, Invalid with a fault for each place: unknown_field,
    unknown_code, not_a_year, not_a_list, too_many, repeated, same_as_primary, class_not_open.
    """
    with _changing(by, case, "case.profile_changed", version) as (current, stands):
        refuse([*items.faults(given, this_year=timezone.now().year), *_closed_items(given, stands)])
        by_class = sorted_out(given)
        for data_class, (row, content) in sealed_rows.open_for_change(case, data_classes=by_class).items():
            changed = content.with_items(by_class[data_class])
            refuse(items.together_faults(changed.items))
            sealed_rows.seal_again(row, content=changed)
        current.note(items=sorted(given), classes=sorted(by_class))


def sorted_out(given: Mapping[str, ItemValue]) -> dict[str, dict[str, ItemValue]]:
    """Return known items by their class, each in the form in which it is sealed."""
    by_class: dict[str, dict[str, ItemValue]] = {}
    for item, value in given.items():
        by_class.setdefault(classes.item_class(item), {})[item] = items.normal(item, value)
    return by_class


def _closed_items(given: Iterable[str], stands: Standing) -> Iterator[Fault]:
    for item in given:
        if code_exists("tdi_fields", item) and not _writes_item(item, stands):
            yield Fault(f"/items/{item}", "class_not_open")


def _writes_item(item: str, stands: Standing) -> bool:
    data_class = classes.item_class(item)
    only = stands.items_within(data_class)
    return data_class in stands.data_classes and (only is None or item in only)


def set_flags(by: Actor, case: Case, *, flags: Collection[str], version: int | None = None) -> None:
    """Set exactly these risk flags, as far as their classes are open to `by`; those of other classes stay.

    Raises Stale, Conflict when the case is closed, Invalid: unknown_code, class_not_open.
    """
    with _changing(by, case, "case.flags_set", version) as (current, stands):
        refuse(flag_faults(flags, open_classes=stands.data_classes))
        rows = sealed_rows.open_for_change(case, data_classes=stands.data_classes)
        changed = {name for name, (_row, content) in rows.items() if content.flags != of_class(flags, name)}
        for name in changed:
            row, content = rows[name]
            sealed_rows.seal_again(row, content=content.with_flags(of_class(flags, name)))
        current.note(classes=sorted(changed))


def of_class(flags: Iterable[str], data_class: str) -> frozenset[str]:
    """Return those of some known flags that belong to a class."""
    return frozenset(flag for flag in flags if classes.flag_class(flag) == data_class)


def flag_faults(
    flags: Iterable[str], *, open_classes: Collection[str], at: str = "/flags"
) -> Iterator[Fault]:
    """Yield what is wrong with some flags, for somebody to whom these classes are open."""
    for place, flag in enumerate(flags):
        if not code_exists("risk_flags", flag):
            yield Fault(f"{at}/{place}", "unknown_code")
        elif classes.flag_class(flag) not in open_classes:
            yield Fault(f"{at}/{place}", "class_not_open")


def add_need(
    by: Actor, case: Case, *, code: str, organisation_id: UUID | None = None, version: int | None = None
) -> Need:
    """Add a need, open. `organisation_id` is for whom it is recorded; kept only for a diagnosis.

    Raises Stale, Conflict (closed case, `need_already_open`), Invalid: unknown_code, class_not_open.
    """
    with _changing(by, case, "need.added", version) as (current, stands):
        refuse(need_faults(code, open_classes=stands.data_classes))
        need = new_need(code, organisation_id=organisation_id or _some(stands.organisations))
        [(row, content)] = sealed_rows.open_for_change(case, data_classes=[classes.need_class(code)]).values()
        _refuse_second(content, code)
        sealed_rows.seal_again(row, content=content.with_need(need))
        current.note(need=need.id)
        return need


def new_need(code: str, *, organisation_id: UUID | None) -> Need:
    """Return a new open need."""
    named = organisation_id if code in classes.REVEALS_DIAGNOSIS else None
    return Need(id=uuid4(), code=code, status=need_states.OPEN, recorded_for=named)


def need_faults(code: str, *, open_classes: Collection[str], at: str = "/code") -> Iterator[Fault]:
    """Yield what is wrong with adding a need, for somebody to whom these classes are open."""
    if not code_exists("needs", code):
        yield Fault(at, "unknown_code")
    elif not {classes.NEEDS, classes.need_class(code)} <= set(open_classes):
        yield Fault(at, "class_not_open")


def _refuse_second(content: Content, code: str) -> None:
    if any(need.code == code and need.status in need_states.UNFINISHED for need in content.needs):
        raise Conflict("need_already_open")


def _some(organisations: frozenset[UUID]) -> UUID | None:
    return min(organisations, default=None)


def change_need(
    by: Actor,
    case: Case,
    *,
    need_id: UUID,
    status: str,
    version: int | None = None,
    needs_referred: NeedsReferred = nothing_referred,
) -> Need:
    """Move a need that the caller can see into another state of `need_statuses.csv`.

    Raises NotFound for a need that is not there or not shown, Stale, Conflict with the legal states, Invalid.
    """
    with _changing(by, case, "need.changed", version) as (current, stands):
        rows = sealed_rows.open_for_change(case, data_classes=stands.data_classes)
        contents = {name: content for name, (_row, content) in rows.items()}
        seen = shown_needs(case, stands=stands, facts=contents, needs_referred=needs_referred)
        before = _by_id(seen, need_id)
        need_states.check_change(before.status, after=status)
        after = replace(before, status=status)
        row, content = rows[classes.need_class(before.code)]
        sealed_rows.seal_again(row, content=content.with_need(after))
        current.note(need=need_id)
        return after


def settle_need(case: Case, *, need_id: UUID, status: str) -> None:
    """Move a need as the effect of something else (an answer to a referral), inside the act of that.

    No right on the class of the need is asked: the one who acts is shown nothing. A need that is not there,
    or that cannot take this step, stays as it is.
    """
    facts = sealed_rows.open_for_change(case, data_classes=classes.stored())
    for row, content in facts.values():
        for need in content.needs:
            if need.id == need_id and status in need_states.FOLLOWING[need.status]:
                sealed_rows.seal_again(row, content=content.with_need(replace(need, status=status)))


def _by_id(needs: Iterable[Need], need_id: UUID) -> Need:
    for need in needs:
        if need.id == need_id:
            return need
    raise NotFound
