"""Read-only: a break-glass lets nobody write, refer, list consents or disclosures, or widen what they may change."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.cases import assignment, facts, steps
from backend.cases.access import allowed_actions
from backend.cases.consents import record_consent
from backend.cases.disclosing import disclosures
from backend.cases.models import Case, Consent, Note
from backend.cases.notes import add_note, change_note
from backend.cases.reading import read_facts
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.cases.standing import standing
from backend.errors import Invalid
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.roles import POLICY
from permissions.scope import Forbidden, NotFound, may, visible_to
from tests.backend.cases.looks import look
from tests.backend.cases.papers import Open, codes_of, full, terms
from tests.world import Town, actor, ahead

Change = Callable[[Actor, Town, Case], Any]
CHANGES: dict[str, Change] = {
    "urgency": lambda by, _town, case: steps.edit(by, case, urgency="stat"),
    "hold": lambda by, _town, case: steps.hold(by, case, review_due=ahead(days=9).date()),
    "triage": lambda by, _town, case: steps.triage(by, case, outcome="agenda", eligible=True),
    "assign": lambda by, _town, case: assignment.assign(by, case, user_id=None),
    "items": lambda by, _town, case: facts.change_items(by, case, given={"sex": "2"}),
    "flags": lambda by, _town, case: facts.set_flags(by, case, flags=()),
    "need": lambda by, _town, case: facts.add_need(by, case, code="housing"),
    "note": lambda by, town, case: add_note(by, case, organisation_id=town.clinic.id, text="Razgovor."),
    "consent": lambda by, town, case: record_consent(
        by, case, terms=terms(town.clinic), organisation_id=town.clinic.id
    ),
    "basis": lambda by, town, case: record_basis(
        by, case, terms=BasisTerms(basis="child_protection"), organisation_id=town.clinic.id
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_is_allowed_and_the_case_stays_as_it_was(town: Town, opened: Open, change: str) -> None:
    case = opened(items={"sex": "1"})
    look(town.nurse, case)
    before = Case.objects.filter(pk=case.pk).values().get()
    with pytest.raises(Forbidden):
        CHANGES[change](actor(town.nurse), town, case)
    assert Case.objects.filter(pk=case.pk).values().get() == before


def test_of_all_lines_of_the_policy_it_adds_the_view_alone(town: Town, opened: Open) -> None:
    case = opened()
    before = {action for action in POLICY if may(actor(town.nurse), action, case)}
    look(town.nurse, case)
    after = {action for action in POLICY if may(actor(town.nurse), action, case)}
    assert after - before == {"case.view_coded"}


def test_no_referral_is_made_on_it(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    look(town.nurse, case)
    wanted = Terms(recipient_id=town.society.id, service_code="HR-DIC")
    with pytest.raises(NotFound):
        create(actor(town.nurse), case, terms=wanted, requester_id=town.clinic.id)
    assert not Referral.objects.filter(case=case).exists()


def test_another_s_note_is_read_and_not_rewritten(town: Town, opened: Open) -> None:
    case = opened()
    note = add_note(actor(town.outreach), case, organisation_id=town.society.id, text="Razgovor.")
    look(town.nurse, case)
    by = actor(town.nurse)
    assert visible_to(by, Note.objects.filter(pk=note.pk), "case.view_coded").exists()
    with pytest.raises(Forbidden):
        change_note(by, note, text="Drugi tekst.")


def test_the_ledgers_of_the_case_stay_closed(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    by = actor(town.nurse)
    assert not visible_to(by, Consent.objects.filter(case=case), "consent.view").exists()
    assert list(disclosures(by, case)) == []


def test_who_may_edit_writes_into_no_class_that_only_it_opened(town: Town, opened: Open) -> None:
    case = opened(consent=terms(town.society))
    by = actor(town.coordinator)
    look(town.coordinator, case)
    by = actor(town.coordinator)
    assert "violence" in read_facts(by, case).data_classes
    with pytest.raises(Invalid) as refused:
        facts.set_flags(by, case, flags=("violence",))
    assert codes_of(refused.value) == {("/flags/0", "class_not_open")}
    assert "violence" not in standing(by, case).data_classes


def test_it_offers_the_reveal_and_nothing_else(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    by = actor(town.nurse)
    assert allowed_actions(by, case, stands=standing(by, case, reading=True)) == ["reveal"]


def test_what_else_somebody_may_do_stays(town: Town, opened: Open) -> None:
    case = opened()
    offered = allowed_actions(actor(town.outreach), case, stands=standing(actor(town.outreach), case))
    look(town.outreach, case)
    by = actor(town.outreach)
    assert allowed_actions(by, case, stands=standing(by, case, reading=True)) == offered
    steps.edit(by, case, urgency="urgent")
