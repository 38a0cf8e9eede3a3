"""What the case that stays takes over: facts, notes, consents, exclusions, tags; and what becomes of them later."""

from typing import Any

import pytest
from django.db.models import Q

from backend.cases.classes import stored
from backend.cases.consents import record_consent
from backend.cases.duplicates import compare_new, find_by_phrase, note_phrase
from backend.cases.models import Case, Consent, DuplicateHint, Exclusion, Note
from backend.cases.models.exclusions import REASON_LABEL
from backend.cases.notes import LABEL, add_note
from backend.cases.sealed_rows import open_classes
from backend.cases.shut_out import excludes
from backend.encryption import vault
from backend.encryption.vault import Sealed
from backend.errors import Conflict
from backend.referrals import merging
from backend.referrals.withdrawal import withdraw_consent
from backend.work.schedule import JOBS
from permissions.actor import Actor
from permissions.scope import visible_to
from tests.backend.cases.barred import WHY, sees, shut_out
from tests.backend.referrals.loops import ITEMS, consent_to
from tests.backend.referrals.two_cases import GONE_ITEMS, Pair, joined, other_case, pair, propose
from tests.world import Town, actor

TEXT = "Razgovor o planu boravka."
PHRASE = "Treći maj, Drina, crveni bicikl"
COMPARES: Actor = next(job.actor for job in JOBS if job.name == "duplicates")


@pytest.fixture
def two(database: Any) -> Pair:
    return pair()


def held(case: Case) -> tuple[dict[str, Any], dict[str, str]]:
    """Return all items, and the state of each need by its code."""
    facts = open_classes(case.pk, data_classes=stored())
    items = {item: value for content in facts.values() for item, value in content.items.items()}
    return items, {need.code: need.status for content in facts.values() for need in content.needs}


def _counts(two: Pair) -> dict[str, int]:
    found: dict[str, int] = joined(two).counts or {}
    return found


def opened_text(note: Note) -> Any:
    return vault.open_for(
        owner_id=note.case_id, record_id=note.pk, label=LABEL, envelope=note.envelope, revision=note.revision
    )


def test_what_the_one_does_not_know_comes_from_the_other_and_its_own_word_wins(two: Pair) -> None:
    counts = _counts(two)
    items, needs = held(two.stays.case)
    assert items == {**ITEMS, "primary_drug": "11"}
    assert set(needs) == {"substance_treatment", "housing", "employment"}
    assert (counts["conflicts"], counts["items"]) == (1, 1)
    assert held(two.goes)[0]["sex"] == "2", "what goes stays as it was"


def test_notes_come_as_notes_of_their_author_under_the_other_key(two: Pair) -> None:
    note = add_note(actor(two.town.outreach), two.goes, organisation_id=two.town.society.id, text=TEXT)
    assert _counts(two)["notes"] == 1
    made = Note.objects.get(case=two.stays.case)
    assert (made.author_id, made.organisation_id) == (note.author_id, two.town.society.id)
    assert made.created_at == note.created_at
    assert opened_text(made) == opened_text(note) == TEXT
    assert bytes(made.envelope) != bytes(note.envelope)


def test_live_consents_come_with_their_order_classes_and_remark(two: Pair) -> None:
    terms = consent_to(two.town.clinic, two.town.ward, remark="Samo radnim danima.")
    given = record_consent(
        actor(two.town.outreach), two.goes, terms=terms, organisation_id=two.town.society.id
    )
    withdraw_consent(
        actor(two.town.outreach), Consent.objects.filter(case=two.goes).exclude(pk=given.pk).get()
    )
    assert _counts(two)["consents"] == 1
    made = Consent.objects.get(case=two.stays.case, copied_from=given.pk)
    given.refresh_from_db()
    same = (
        "purposes",
        "data_classes",
        "given_by",
        "how",
        "recorded_by",
        "recorded_at",
        "valid_from",
        "valid_until",
    )
    assert [getattr(made, name) for name in same] == [getattr(given, name) for name in same]
    named = [
        list(one.recipients.order_by("position").values_list("organisation_id", "position", "data_classes"))
        for one in (made, given)
    ]
    assert named[0] == named[1]
    assert made.remark is not None
    text = vault.open_for(
        owner_id=made.case_id, record_id=made.pk, label="consent.remark", envelope=made.remark, revision=1
    )
    assert text == "Samo radnim danima."


def test_a_withdrawal_on_the_case_that_went_ends_the_copy_and_what_stood_on_it(two: Pair) -> None:
    given = Consent.objects.get(case=two.goes)
    joined(two)
    made = Consent.objects.get(copied_from=given.pk)
    referral = two.stays.refer(to=two.town.society, consent_id=made.pk)
    withdraw_consent(actor(two.town.outreach), given)
    made.refresh_from_db()
    referral.refresh_from_db()
    assert made.withdrawal.recorded_by == two.town.outreach.pk
    assert referral.status == "cancelled"


def test_who_was_shut_out_of_either_is_shut_out_of_what_stays(two: Pair) -> None:
    town = two.town
    nurse = town.worker("member", town.centre)
    shut_out(two.goes, nurse, by=town.coordinator, for_=town.centre, reason=WHY)
    assert sees(nurse, two.stays.case)
    assert _counts(two)["exclusions"] == 1
    assert not sees(nurse, two.stays.case)
    assert excludes(two.stays.case.pk, person=nurse.pk)
    rows = visible_to(
        actor(town.coordinator), Exclusion.objects.filter(case=two.stays.case), "case.exclude_person"
    )
    [row] = rows
    assert row.recorded_for_id == town.centre.pk
    sealed = Sealed(row.pk, REASON_LABEL, row.reason or b"", 1)
    assert vault.open_many(owner_id=two.stays.case.pk, sealed=[sealed]) == [WHY]


def test_the_holder_of_what_stays_is_not_shut_out_by_a_merge(database: Any) -> None:
    town = Town()
    deputy, chair = town.worker("deputy_coordinator", town.centre), actor(town.coordinator)
    stays, goes = other_case(town, town.clinic, town.nurse), other_case(town)
    row = merging.propose(chair, stays, other=Q(pk=goes.pk))
    shut_out(goes, town.clinic, by=town.outreach, for_=town.society)
    with pytest.raises(Conflict) as problem:
        merging.confirm(actor(deputy), row)
    assert problem.value.code == "holder_excluded"
    assert held(stays)[0] == GONE_ITEMS
    assert Case.objects.get(pk=goes.pk).status == "active"


def test_the_phrase_finds_what_stays_and_the_two_are_not_hinted(two: Pair) -> None:
    note_phrase(actor(two.town.outreach), two.goes, phrase=PHRASE)
    joined(two)
    compare_new(COMPARES)
    found = find_by_phrase(actor(two.town.coordinator), team_id=two.town.team.pk, phrase=PHRASE)
    assert two.stays.case.pk in found
    assert not DuplicateHint.objects.filter(team=two.town.team).exists()


def test_nothing_is_taken_over_where_it_is_refused(two: Pair) -> None:
    row = propose(two)
    two.stays.case.refresh_from_db()
    before = held(two.stays.case)
    shut_out(two.goes, two.town.coordinator, by=two.town.coordinator, for_=two.town.centre)
    with pytest.raises(Conflict):
        merging.confirm(actor(two.town.deputy), row)
    assert held(two.stays.case) == before
    assert Note.objects.filter(case=two.stays.case).count() == 0
