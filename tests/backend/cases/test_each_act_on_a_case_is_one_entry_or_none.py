"""Every service writes one success entry under its own verb, and a refused one writes none and changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from audit import recorder
from audit.acts import OutsideAct, act
from audit.recorder import AuditUnavailable
from backend.cases.assignment import assign
from backend.cases.consents import record_consent
from backend.cases.facts import add_need, change_items, change_need, set_flags
from backend.cases.models import Case, CaseFacts, Note
from backend.cases.notes import add_note, change_note
from backend.cases.reading import read_facts
from backend.cases.reveal import NOTE, name_of, reveal
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.cases.steps import edit, hold, put_closed, reopen, resume, triage
from backend.errors import Refusal
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import Open, full, terms
from tests.world import BUILDER, Town, actor

SOON = timezone.localdate() + timedelta(days=9)
Run = Callable[[Town, Case], Any]


def need_of(town: Town, case: Case) -> Any:
    return read_facts(actor(town.outreach), case).needs[0].id


def note_of(town: Town, case: Case) -> Note:
    return add_note(actor(town.outreach), case, organisation_id=town.society.id, text="Prva beleška.")


def held(town: Town, case: Case) -> None:
    hold(actor(town.outreach), case, review_due=SOON)


def closed(_town: Town, case: Case) -> None:
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)


# verb of the entry -> (what goes before, the act itself)
ACTS: dict[str, tuple[Run | None, Run]] = {
    "case.profile_changed": (
        None,
        lambda town, case: change_items(actor(town.outreach), case, given={"sex": "1"}),
    ),
    "case.flags_set": (None, lambda town, case: set_flags(actor(town.outreach), case, flags=["child"])),
    "need.added": (None, lambda town, case: add_need(actor(town.outreach), case, code="income")),
    "need.changed": (
        None,
        lambda town, case: change_need(actor(town.outreach), case, need_id=need_of(town, case), status="met"),
    ),
    "case.changed": (None, lambda town, case: edit(actor(town.outreach), case, urgency="urgent")),
    "case.held": (None, held),
    "case.resumed": (held, lambda town, case: resume(actor(town.outreach), case)),
    "case.reopened": (closed, lambda town, case: reopen(actor(town.coordinator), case)),
    "case.assigned": (
        None,
        lambda town, case: assign(actor(town.coordinator), case, user_id=town.outreach.id),
    ),
    "case.read": (None, lambda town, case: read_facts(actor(town.outreach), case)),
}
# what must be refused, whoever is named -> the exception is any refusal
REFUSED: dict[str, Run] = {
    "profile": lambda town, case: change_items(actor(town.outreach), case, given={"sex": "x"}),
    "flags": lambda town, case: set_flags(actor(town.outreach), case, flags=["x"]),
    "need": lambda town, case: add_need(actor(town.outreach), case, code="housing"),
    "urgency": lambda town, case: edit(actor(town.outreach), case, urgency="x"),
    "resume": lambda town, case: resume(actor(town.outreach), case),
    "reopen": lambda town, case: reopen(actor(town.coordinator), case),
    "triage": lambda town, case: triage(actor(town.coordinator), case, outcome="agenda", eligible=True),
    "assign": lambda town, case: assign(actor(town.coordinator), case, user_id=uuid4()),
    "stranger": lambda town, case: edit(actor(town.nurse), case, urgency="urgent"),
    "lead": lambda town, case: read_facts(actor(town.lead), case),
    "consent": lambda town, case: record_consent(
        actor(town.outreach), case, terms=terms(town.society, how="x"), organisation_id=town.society.id
    ),
    "basis": lambda town, case: record_basis(
        actor(town.outreach), case, terms=BasisTerms(basis="x"), organisation_id=town.society.id
    ),
    "note": lambda town, case: add_note(
        actor(town.outreach), case, organisation_id=town.society.id, text="JMBG 0101990710006"
    ),
    "reveal": lambda town, case: reveal(actor(town.outreach), case, fields=["note:x"], purpose="direct_work"),
}


def written(admin: psycopg.Connection[Any], town: Town) -> list[tuple[str, str, str]]:
    rows = admin.execute(
        "SELECT verb, outcome, object_id FROM audit_entry WHERE log = %s AND verb NOT LIKE 'test.%%' ORDER BY at",
        (town.team.id,),
    )
    return [(verb, outcome, object_id) for verb, outcome, object_id in rows]


@pytest.mark.parametrize("verb", ACTS)
def test_each_act_is_one_entry_under_its_verb(
    town: Town, opened: Open, admin: psycopg.Connection[Any], verb: str
) -> None:
    before, run = ACTS[verb]
    case = opened(needs=("housing",))
    people = (town.coordinator, town.outreach)
    assert people
    if before is not None:
        before(town, case)
    done = written(admin, town)
    run(town, case)
    more = written(admin, town)[len(done) :]
    assert (verb, "success", str(case.id)) in more
    assert [entry for entry in more if entry[0] == verb] == [(verb, "success", str(case.id))]
    assert {entry[0] for entry in more} <= {verb, "case.read"}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_act_leaves_no_entry_and_no_change(
    town: Town, opened: Open, admin: psycopg.Connection[Any], what: str
) -> None:
    case = opened(needs=("housing",))
    _ = town.coordinator, town.nurse, town.lead
    entries, version = written(admin, town), case.version
    revisions = list(
        CaseFacts.objects.filter(case=case).order_by("data_class").values_list("revision", flat=True)
    )
    with pytest.raises((Refusal, Forbidden, NotFound)):
        REFUSED[what](town, case)
    assert written(admin, town) == entries
    assert Case.objects.get(pk=case.pk).version == version
    after = CaseFacts.objects.filter(case=case).order_by("data_class").values_list("revision", flat=True)
    assert list(after) == revisions
    assert not Note.objects.filter(case=case).exists()


def test_when_the_entry_cannot_be_written_nothing_is_read_or_changed(
    town: Town, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(items={"sex": "1"})

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise AuditUnavailable

    by = actor(town.outreach)
    monkeypatch.setattr(recorder, "write", fail)
    with pytest.raises(AuditUnavailable):
        read_facts(by, case)
    monkeypatch.undo()
    monkeypatch.setattr("audit.acts.write", fail)
    with pytest.raises(AuditUnavailable):
        change_items(by, case, given={"sex": "2"})
    monkeypatch.undo()
    assert read_facts(by, case).items == {"sex": "1"}


def test_a_note_s_acts_name_the_note_and_its_case(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    note = note_of(town, case)
    change_note(actor(town.outreach), note, text="Druga beleška.")
    reveal(actor(town.outreach), case, fields=[name_of(NOTE, note.id)], purpose="direct_work")
    done = [(verb, object_id) for verb, _outcome, object_id in written(admin, town)][-3:]
    assert done == [
        ("note.added", str(note.id)),
        ("note.changed", str(note.id)),
        ("case.revealed", str(case.id)),
    ]


def test_nothing_that_keeps_a_history_changes_outside_an_act(opened: Open) -> None:
    case = opened()
    case.urgency = "stat"
    with pytest.raises(OutsideAct):
        case.save()
    with pytest.raises(OutsideAct):
        Case.objects.filter(pk=case.pk).update(urgency="stat")
    row = CaseFacts.objects.filter(case=case).first()
    assert row is not None
    with pytest.raises(OutsideAct):
        row.delete()
    assert Case.objects.get(pk=case.pk).urgency == "routine"


def test_a_consent_and_an_exception_name_themselves(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened()
    consent = record_consent(
        actor(town.outreach), case, terms=full(town.clinic), organisation_id=town.society.id
    )
    basis = record_basis(
        actor(town.outreach),
        case,
        terms=BasisTerms(basis="child_protection"),
        organisation_id=town.society.id,
    )
    done = [(verb, object_id) for verb, _outcome, object_id in written(admin, town)][-2:]
    assert done == [("consent.recorded", str(consent.id)), ("safeguarding.recorded", str(basis.id))]
