"""Notes are sealed; a reveal with a stated purpose opens them for their authors and for whom a consent names."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from audit.acts import act
from backend.cases.consents import record_consent
from backend.cases.models import Case, Note
from backend.cases.notes import add_note, change_note
from backend.cases.reading import read_facts
from backend.cases.reveal import NOTE, REMARK_OF, name_of, reveal, stated_purposes
from backend.cases.steps import put_closed
from backend.cases.terms import ConsentTerms, Named
from backend.encryption.envelope import IntegrityFailure
from backend.errors import Conflict, Invalid, Stale
from backend.reference.lists import codes
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import Open, codes_of, entries, full, received, terms
from tests.world import BUILDER, Town, actor

TEXT = "Dogovoren razgovor o smeštaju; kanarinac-7413."


def note(town: Town, case: Case, text: str = TEXT, *, by: Any = None, organisation: Any = None) -> Note:
    organisation = organisation or town.society
    return add_note(actor(by or town.outreach), case, organisation_id=organisation.id, text=text)


def opens(by: Any, case: Case, one: Note, purpose: str = "direct_work") -> str:
    [found] = reveal(actor(by), case, fields=[name_of(NOTE, one.id)], purpose=purpose)
    return found.text


def name_for_narrative(town: Town, case: Case, organisation: Any) -> None:
    given = ConsentTerms(
        purposes=("case_coordination",),
        data_classes=("basic_profile", "narrative"),
        recipients=[Named(organisation.id, ("basic_profile", "narrative"))],
    )
    record_consent(actor(town.outreach), case, terms=given, organisation_id=town.society.id)


def test_the_author_s_organisation_opens_its_note(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    one = note(town, case)
    assert opens(town.outreach, case, one) == TEXT
    assert ("case.revealed", "success") in entries(admin, case.id)
    assert entries(admin, one.id) == [("note.added", "success")]


def test_reading_the_case_shows_a_stub_and_no_text(town: Town, opened: Open) -> None:
    case = opened()
    one = note(town, case)
    [stub] = read_facts(actor(town.outreach), case).standing.notes
    assert (stub["id"], stub["revision"]) == (str(one.id), 1)
    assert TEXT not in repr(stub)


def test_the_text_stands_in_no_row_and_no_history(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    one = note(town, case)
    change_note(actor(town.outreach), one, text=TEXT + " Drugi put.")
    for table in ("cases_note", "cases_historicalnote"):
        rows = admin.execute(f"SELECT envelope FROM {table} WHERE id = %s", (one.id,)).fetchall()
        assert rows
        assert all(b"kanarinac" not in bytes(envelope) for (envelope,) in rows)
    assert "kanarinac" not in repr(one)


def test_other_organisations_open_it_only_when_a_consent_names_them(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.centre, town.clinic))
    received(case, town.clinic)
    one = note(town, case)
    for user in (town.coordinator, town.nurse):
        with pytest.raises(Invalid) as refused:
            opens(user, case, one)
        assert codes_of(refused.value) == {("/fields/0", "unknown_id")}
        assert read_facts(actor(user), case).standing.notes == ()
    name_for_narrative(town, case, town.clinic)
    assert opens(town.nurse, case, one) == TEXT
    with pytest.raises(Invalid):
        opens(town.coordinator, case, one)


def test_a_consent_to_everything_does_not_include_notes_by_itself(town: Town, opened: Open) -> None:
    case = opened()
    everything = terms(town.centre, data_classes=("basic_profile", "narrative"))
    record_consent(actor(town.outreach), case, terms=everything, organisation_id=town.society.id)
    with pytest.raises(Invalid):
        opens(town.coordinator, case, note(town, case))


@pytest.mark.parametrize("purpose", codes("reveal_purposes"))
def test_only_a_purpose_that_is_asked_for_opens_a_note(town: Town, opened: Open, purpose: str) -> None:
    case = opened()
    one = note(town, case)
    if purpose in stated_purposes():
        assert opens(town.outreach, case, one, purpose) == TEXT
        return
    with pytest.raises(Invalid) as refused:
        opens(town.outreach, case, one, purpose)
    assert codes_of(refused.value) == {("/purpose", "unknown_code")}


def test_break_glass_is_never_just_claimed() -> None:
    assert "break_glass" not in stated_purposes()
    assert {"direct_work", "plan_review", "handover"} <= stated_purposes()


@pytest.mark.parametrize(
    ("fields", "code"),
    [([], "required"), (["note:x", "note:x"], "repeated"), ([f"note:{n}" for n in range(51)], "too_many")],
)
def test_a_list_of_fields_is_short_and_distinct(
    town: Town, opened: Open, fields: list[str], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        reveal(actor(town.outreach), opened(), fields=fields, purpose="direct_work")
    assert codes_of(refused.value) == {("/fields", code)}


def test_a_field_of_another_case_is_as_unknown_as_an_absent_one(town: Town, opened: Open) -> None:
    foreign = note(town, opened())
    case = opened()
    for name in (name_of(NOTE, foreign.id), name_of(NOTE, uuid4()), "case.health", "note:'--"):
        with pytest.raises(Invalid) as refused:
            reveal(actor(town.outreach), case, fields=[name], purpose="direct_work")
        assert codes_of(refused.value) == {("/fields/0", "unknown_id")}


def test_a_refused_reveal_opens_nothing_at_all(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    one = note(town, case)
    with pytest.raises(Invalid):
        reveal(actor(town.outreach), case, fields=[name_of(NOTE, one.id), "note:x"], purpose="direct_work")
    assert ("case.revealed", "success") not in entries(admin, case.id)


def test_a_machine_token_never_opens_a_narrative(town: Town, opened: Open) -> None:
    case = opened()
    one = note(town, case)
    seats = actor(town.outreach).seats
    token = Actor(id=town.outreach.id, kind="token", seats=seats)
    with pytest.raises(Forbidden):
        reveal(token, case, fields=[name_of(NOTE, one.id)], purpose="direct_work")


def test_for_whoever_does_not_see_the_case_it_is_absent(town: Town, opened: Open) -> None:
    case = opened()
    one = note(town, case)
    for user in (town.nurse, town.lead, Town().coordinator):
        with pytest.raises(NotFound):
            opens(user, case, one)


def test_a_note_changes_under_a_new_revision_by_its_organisation_only(town: Town, opened: Open) -> None:
    case = opened()
    one = note(town, case)
    change_note(actor(town.outreach), one, text="Novi tekst.", version=1)
    assert (one.revision, opens(town.outreach, case, one)) == (2, "Novi tekst.")
    with pytest.raises(Stale):
        change_note(actor(town.outreach), one, text="Opet.", version=1)
    with pytest.raises(Forbidden):
        change_note(actor(town.coordinator), one, text="Tuđe.")
    with pytest.raises(NotFound):
        change_note(actor(town.nurse), one, text="Tuđe.")


def test_a_note_is_not_written_where_it_does_not_belong(town: Town, opened: Open) -> None:
    case = opened()
    received(case, town.clinic)
    with pytest.raises(Forbidden):
        note(town, case, by=town.nurse, organisation=town.clinic)
    with pytest.raises(Invalid) as refused:
        note(town, case, organisation=town.clinic)
    assert codes_of(refused.value) == {("/organisation", "unknown_id")}
    with pytest.raises(Invalid) as refused:
        note(town, case, "zvati na 064/123-4567")
    assert codes_of(refused.value) == {("/text", "identifier_found")}


def test_a_closed_case_takes_no_note(town: Town, opened: Open) -> None:
    case = opened()
    one = note(town, case)
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)
    with pytest.raises(Conflict):
        note(town, case)
    with pytest.raises(Conflict):
        change_note(actor(town.outreach), one, text="Kasno.")
    assert opens(town.outreach, case, one) == TEXT


def test_an_envelope_moved_from_another_note_does_not_open(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    one, other = note(town, case, "Prva."), note(town, case, "Druga.")
    admin.execute(
        "UPDATE cases_note SET envelope = (SELECT envelope FROM cases_note WHERE id = %s) WHERE id = %s",
        (other.id, one.id),
    )
    with pytest.raises(IntegrityFailure):
        opens(town.outreach, case, one)


def test_a_remark_on_a_consent_opens_to_who_recorded_it(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.centre, remark="Želi pratnju."))
    [consent] = case.consent_set.all()
    field = name_of(REMARK_OF, consent.id)
    [found] = reveal(actor(town.outreach), case, fields=[field], purpose="plan_review")
    assert (found.field, found.text) == (field, "Želi pratnju.")
    with pytest.raises(Invalid):
        reveal(actor(town.coordinator), case, fields=[field], purpose="plan_review")
