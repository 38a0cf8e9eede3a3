"""Of sealed facts the history names what the reader would have seen change in the case, and nothing besides."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from backend.cases import facts, steps
from backend.cases.consents import record_consent
from backend.cases.history import read_history
from backend.cases.models import Case, Consent
from backend.cases.reading import nothing_referred
from backend.encryption import vault
from backend.errors import Gone
from permissions.scope import NotFound
from tests.backend.cases.looks import look, over
from tests.backend.cases.papers import Open, entries, full, overwrite, received, terms, withdraw
from tests.world import Town, actor, ago


def always(_referrals: Collection[UUID]) -> datetime | None:
    return ago(days=3650)


def history(by: Any, case: Case, *, received_at: Any = always, referred: Any = nothing_referred) -> list[Any]:
    return read_history(actor(by), case, needs_referred=referred, received_at=received_at)


def named(found: list[Any]) -> list[list[str]]:
    """Return the names of the facts that changed, newest first."""
    return [[field.field for field in one.fields] for one in found if one.kind == "facts"]


def change(town: Town, case: Case, **items: Any) -> None:
    facts.change_items(actor(town.outreach), Case.objects.get(pk=case.pk), given=items)


def test_items_needs_and_flags_are_named_and_never_said(town: Town, opened: Open) -> None:
    case = opened(items={"sex": "1"})
    change(town, case, sex="2", living_with="1")
    by = actor(town.outreach)
    facts.add_need(by, case, code="housing")
    facts.set_flags(by, case, flags=["child"])
    found = history(town.outreach, case)
    assert named(found) == [["flags"], ["needs"], ["items.living_with"], ["items.sex"]] or named(found) == [
        ["flags"], ["needs"], ["items.sex"], ["items.living_with"],
    ]  # fmt: skip
    assert all(one.sealed and one.was is None for row in found if row.kind == "facts" for one in row.fields)
    assert [row.verb for row in found][:2] == ["case.flags_set", "need.added"]


def test_a_class_that_is_not_open_is_not_named(town: Town, opened: Open) -> None:
    case = opened(items={"sex": "1"}, consent=full(town.society))
    change(town, case, living_with="1")
    change(town, case, sex="2")
    assert named(history(town.coordinator, case)) == [["items.sex"]]
    assert len(named(history(town.outreach, case))) == 2


def test_a_class_closes_with_the_consent(town: Town, opened: Open) -> None:
    case = opened()
    change(town, case, living_with="1")
    assert named(history(town.outreach, case)) == [["items.living_with"]]
    withdraw(Consent.objects.get(case=case))
    assert named(history(town.outreach, case)) == []


def test_a_need_that_is_a_diagnosis_leaves_no_trace_for_those_to_whom_it_does_not_show(
    town: Town, opened: Open
) -> None:
    case = opened()
    need = facts.add_need(actor(town.outreach), case, code="hiv_hcv_care")
    assert named(history(town.outreach, case)) == [["needs"]]
    found = history(town.coordinator, case)
    assert named(found) == []
    assert "need.added" not in {one.verb for one in found}
    assert named(history(town.coordinator, case, referred=lambda *_: frozenset({need.id}))) == [["needs"]]


def test_a_code_that_reveals_detention_leaves_no_trace_without_that_class(town: Town, opened: Open) -> None:
    case = opened(items={"living_with": "99"}, consent=full(town.society))
    change(town, case, living_with="5")
    assert named(history(town.outreach, case)) == []
    with_class = terms(
        town.society, purposes=("transition_planning",), data_classes=("basic_profile", "justice_transition")
    )
    record_consent(actor(town.outreach), case, terms=with_class, organisation_id=town.society.id)
    assert named(history(town.outreach, case)) == [["items.living_with"]]


def test_whoever_was_let_in_by_a_referral_reads_from_then_on(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    change(town, case, sex="1")
    received(case, town.clinic)
    moment = ago()
    change(town, case, sex="2")
    found = history(town.nurse, case, received_at=lambda _referrals: moment)
    assert named(found) == [["items.sex"]]
    assert {one.kind for one in found} == {"facts"}
    assert history(town.nurse, case, received_at=lambda _referrals: None) == []


def test_a_look_reads_it_all_and_says_so_until_it_is_over(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened(consent=full(town.society))
    change(town, case, living_with="1")
    with pytest.raises(NotFound):
        history(town.nurse, case)
    row = look(town.nurse, case)
    assert named(history(town.nurse, case)) == [["items.living_with"]]
    [body] = admin.execute(
        "SELECT body FROM audit_entry WHERE object_id = %s AND verb = 'case.history_read'", (str(case.pk),)
    ).fetchall()
    assert json.loads(bytes(body[0]))["facts"]["look"] == str(row.pk)
    over(admin, row)
    with pytest.raises(NotFound):
        history(town.nurse, case)


def test_the_column_that_changed_says_both_values_and_the_version_none(town: Town, opened: Open) -> None:
    case = opened()
    steps.edit(actor(town.outreach), case, urgency="urgent", review_due=None)
    newest, opening = history(town.outreach, case)
    assert [(one.field, one.was, one.becomes) for one in newest.fields] == [("urgency", "routine", "urgent")]
    assert (newest.verb, newest.author) == ("case.changed", town.outreach.id)
    assert {"status", "opened_by", "holder"} <= {one.field for one in opening.fields}
    assert "version" not in {one.field for one in (*newest.fields, *opening.fields)}


def test_authors_of_other_organisations_are_for_the_coordinator(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    colleague = town.worker("member", town.society)
    received(case, town.clinic)
    change(town, case, sex="2")
    assert {one.author for one in history(town.coordinator, case)} == {town.outreach.id}
    assert {one.author for one in history(colleague, case)} == {town.outreach.id}
    assert {one.author for one in history(town.nurse, case)} == {None}


def test_it_is_one_recorded_read_with_its_classes(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    before = len(entries(admin, case.pk))
    history(town.outreach, case)
    assert entries(admin, case.pk)[before:] == [("case.history_read", "success")]


def test_an_erased_case_has_no_history(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    case = opened()
    overwrite(admin, "cases_case", case.pk, status="erased")
    vault.destroy(owner_id=case.pk)
    with pytest.raises(Gone):
        history(town.outreach, Case.objects.get(pk=case.pk))
