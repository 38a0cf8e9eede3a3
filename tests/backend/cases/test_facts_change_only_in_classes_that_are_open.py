"""Items, flags and needs change under the next revision, in open classes only, and never in a closed case."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from audit.acts import OutsideAct, act
from backend.cases.facts import add_need, change_items, change_need, set_flags, settle_need
from backend.cases.models import Case, CaseFacts
from backend.cases.reading import read_facts
from backend.cases.steps import put_closed
from backend.encryption.envelope import revision_of
from backend.errors import Conflict, Invalid, Stale
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import Open, codes_of, entries, full, received, terms
from tests.world import BUILDER, Town, actor


def row(case: Case, data_class: str) -> CaseFacts:
    return CaseFacts.objects.get(case=case, data_class=data_class)


def closed(case: Case) -> Case:
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)
    return case


def test_items_change_and_only_their_classes_are_sealed_again(town: Town, opened: Open) -> None:
    case = opened(items={"sex": "1", "accommodation": "1"})
    before = {one.data_class: bytes(one.envelope) for one in CaseFacts.objects.filter(case=case)}
    by = actor(town.outreach)
    change_items(by, case, given={"accommodation": "2", "sex": None, "year": "2024"})
    assert read_facts(by, case).items == {"accommodation": "2", "year": 2024}
    after = {one.data_class: bytes(one.envelope) for one in CaseFacts.objects.filter(case=case)}
    assert {name for name in after if after[name] != before[name]} == {
        "basic_profile",
        "social",
        "substance_use",
    }
    changed = row(case, "social")
    assert (changed.revision, revision_of(changed.envelope)) == (2, 2)


def test_the_case_counts_each_change_of_its_facts(town: Town, opened: Open) -> None:
    case = opened()
    change_items(actor(town.outreach), case, given={"sex": "1"}, version=1)
    assert Case.objects.get(pk=case.pk).version == 2


def test_who_read_an_older_version_is_told_so(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.outreach)
    change_items(by, case, given={"sex": "1"})
    for attempt in (
        lambda: change_items(by, case, given={"sex": "2"}, version=1),
        lambda: set_flags(by, case, flags=[], version=1),
        lambda: add_need(by, case, code="housing", version=1),
    ):
        with pytest.raises(Stale):
            attempt()
    assert read_facts(by, case).items == {"sex": "1"}


def test_nobody_writes_into_a_class_that_is_closed_to_them(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society), needs=("housing",))
    by = actor(town.coordinator)
    with pytest.raises(Invalid) as refused:
        change_items(by, case, given={"sex": "1", "hiv_test": "1"})
    assert codes_of(refused.value) == {("/items/hiv_test", "class_not_open")}
    with pytest.raises(Invalid):
        add_need(by, case, code="income")
    with pytest.raises(Invalid):
        set_flags(by, case, flags=["child"])
    assert read_facts(actor(town.outreach), case).items == {}


def test_every_fault_is_named_at_once(town: Town, opened: Open) -> None:
    case = opened(items={"primary_drug": "11"})
    with pytest.raises(Invalid) as refused:
        change_items(actor(town.outreach), case, given={"sex": "9", "shoe_size": "44", "year": 1800})
    assert codes_of(refused.value) == {
        ("/items/sex", "unknown_code"),
        ("/items/shoe_size", "unknown_field"),
        ("/items/year", "not_a_year"),
    }
    with pytest.raises(Invalid) as together:
        change_items(actor(town.outreach), case, given={"secondary_drugs": ["11"]})
    assert codes_of(together.value) == {("/items/secondary_drugs", "same_as_primary")}


def test_flags_are_set_as_given_and_closed_classes_keep_theirs(town: Town, opened: Open) -> None:
    case = opened(flags=("overdose", "child"), consent=full(town.society))
    by = actor(town.outreach)
    set_flags(by, case, flags=["homelessness", "child"])
    assert read_facts(by, case).flags == ("child", "homelessness")
    set_flags(actor(town.coordinator), case, flags=[])
    assert read_facts(by, case).flags == ("child", "homelessness")


def test_a_need_is_added_once_and_moves_along_its_states(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.outreach)
    need = add_need(by, case, code="housing")
    assert need.status == "open"
    with pytest.raises(Conflict, match="need_already_open"):
        add_need(by, case, code="housing")
    change_need(by, case, need_id=need.id, status="met")
    with pytest.raises(Conflict) as refused:
        change_need(by, case, need_id=need.id, status="gap")
    assert refused.value.legal == ("open",)
    second = add_need(by, case, code="housing")
    assert [(one.id, one.status) for one in read_facts(by, case).needs] == [
        (need.id, "met"),
        (second.id, "open"),
    ]


def test_a_need_that_does_not_show_is_not_there(town: Town, opened: Open) -> None:
    case = opened(needs=("housing",), consent=full(town.society))
    [need] = read_facts(actor(town.outreach), case).needs
    for by, need_id in ((town.coordinator, need.id), (town.outreach, uuid4())):
        with pytest.raises(NotFound):
            change_need(actor(by), case, need_id=need_id, status="met")


def test_the_effect_of_an_answer_settles_a_need_without_showing_it(town: Town, opened: Open) -> None:
    case = opened(needs=("housing",))
    [need] = read_facts(actor(town.outreach), case).needs
    with pytest.raises(OutsideAct):
        settle_need(case, need_id=need.id, status="gap")
    with act(BUILDER, "test.answer", case):
        settle_need(case, need_id=need.id, status="gap")
        settle_need(case, need_id=need.id, status="gap")
        settle_need(case, need_id=uuid4(), status="met")
    assert [one.status for one in read_facts(actor(town.outreach), case).needs] == ["gap"]


def test_a_recipient_reads_and_does_not_edit(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    received(case, town.clinic)
    with pytest.raises(Forbidden):
        change_items(actor(town.nurse), case, given={"sex": "1"})
    with pytest.raises(Forbidden):
        add_need(actor(town.nurse), case, code="housing")


@pytest.mark.parametrize("who", ["social_worker", "partner_worker", "lead", "officer"])
def test_for_whoever_has_no_reason_the_case_is_absent(town: Town, opened: Open, who: str) -> None:
    with pytest.raises(NotFound):
        change_items(actor(getattr(town, who)), opened(), given={"sex": "1"})


def test_a_closed_case_keeps_its_facts_as_they_are(town: Town, opened: Open) -> None:
    case, by = closed(opened(items={"sex": "1"})), actor(town.outreach)
    with pytest.raises(Conflict) as refused:
        change_items(by, case, given={"sex": "2"})
    assert (refused.value.code, refused.value.legal) == ("case_closed", ("reopen",))
    with pytest.raises(Conflict):
        set_flags(by, case, flags=[])
    with pytest.raises(Conflict):
        add_need(by, case, code="housing")
    assert read_facts(by, case).items == {"sex": "1"}


def test_history_and_rows_hold_envelopes_only(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case, by = opened(items={"accommodation": "1"}, needs=("discrimination",)), actor(town.outreach)
    change_items(by, case, given={"accommodation": "2"})
    columns = "envelope FROM {} WHERE case_id = %s"
    for table in ("cases_casefacts", "cases_historicalcasefacts"):
        for (envelope,) in admin.execute(f"SELECT {columns.format(table)}", (case.id,)):
            assert b"accommodation" not in bytes(envelope)
            assert b"discrimination" not in bytes(envelope)
            assert len(bytes(envelope)) > 1024


def test_each_change_is_one_entry_that_names_items_and_no_value(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case, by = opened(), actor(town.outreach)
    change_items(by, case, given={"accommodation": "2"})
    assert [verb for verb, _ in entries(admin, case.id)] == ["case.opened", "case.profile_changed"]
    body = admin.execute(
        "SELECT convert_from(body, 'UTF8') FROM audit_entry WHERE verb = 'case.profile_changed'"
        " AND object_id = %s",
        (str(case.id),),
    ).fetchone()
    assert body is not None
    assert '"items":["accommodation"]' in body[0]


def test_a_consent_given_later_opens_a_class_for_writing(town: Town, opened: Open) -> None:
    from_start = terms(town.society)
    case = opened(consent=from_start)
    with pytest.raises(Invalid):
        change_items(actor(town.outreach), case, given={"hiv_test": "1"})
