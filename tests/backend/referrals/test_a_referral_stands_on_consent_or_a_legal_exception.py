"""No referral without a basis that names its recipient and its data, in the order that the person gave."""

from typing import Any
from uuid import UUID

import pytest

from backend.cases.consents import Consent
from backend.cases.safeguarding import BasisTerms, confirm_basis, record_basis
from backend.errors import Conflict, Invalid
from backend.referrals import acknowledging, ending, sending
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.models import Referral
from backend.referrals.tries import tries_of
from backend.referrals.withdrawal import withdraw_consent
from permissions.scope import NotFound
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, actor, ago, by_hand, make_organisation, saved

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")


def refused(loop: Loop, **values: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        loop.refer(**values)
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


def count(loop: Loop) -> int:
    return Referral.objects.filter(case=loop.case).count()


def test_an_organisation_that_the_consent_does_not_name_gets_nothing(loop: Loop) -> None:
    assert refused(loop, to=loop.town.partner) == [("/consent", "not_covered")]
    assert count(loop) == 0


def test_a_class_that_the_consent_does_not_open_cannot_be_offered(loop: Loop) -> None:
    assert refused(loop, data_classes=("basic_profile", "violence")) == [("/consent", "not_covered")]


def test_the_class_that_the_service_reveals_must_be_covered(loop: Loop) -> None:
    assert refused(loop, to=loop.town.society, service_code="WV-PSY") == [("/consent", "not_covered")]


def test_a_note_needs_a_consent_that_names_notes(loop: Loop) -> None:
    assert refused(loop, narrative="Dolazi posle podne.") == [("/consent", "not_covered")]
    loop.agree(loop.town.clinic, classes=("basic_profile", "needs", "substance_use", "narrative"))
    referral = loop.refer(narrative="Dolazi posle podne.")
    assert "narrative" in referral.data_classes


def test_without_a_choice_all_that_the_consent_covers_is_offered(loop: Loop) -> None:
    assert set(loop.refer().data_classes) == set(loop.consent.data_classes)


def test_a_choice_offers_less_and_always_the_class_of_the_service(loop: Loop) -> None:
    assert loop.refer(data_classes=("basic_profile",)).data_classes == ["basic_profile", "substance_use"]


def test_a_withdrawn_consent_carries_nothing(loop: Loop) -> None:
    withdraw_consent(loop.centre, loop.consent)
    assert refused(loop) == [("/consent", "not_covered")]


def test_the_consent_of_another_case_carries_nothing(loop: Loop, town: Town) -> None:
    other = opened(town)
    assert refused(loop, consent_id=other.consent.id) == [("/consent", "unknown_id")]


def test_a_consent_for_one_need_carries_no_other(loop: Loop) -> None:
    withdraw_consent(loop.centre, loop.consent)
    loop.agree(loop.town.clinic, need_id=loop.needs()["housing"][0])
    assert refused(loop) == [("/consent", "not_covered")]


def test_the_next_in_order_waits_until_the_one_before_has_ended_without_help(loop: Loop) -> None:
    loop.agree(loop.town.clinic, loop.town.ward, need_id=loop.need_id)
    narrow = Consent.objects.get(case=loop.case, need_id=loop.need_id)
    with pytest.raises(Conflict) as refusal:
        loop.refer(loop.town.ward, consent_id=narrow.id)
    assert refusal.value.code == "not_next_in_order"
    first = loop.rejected(consent_id=narrow.id)
    second = loop.refer(loop.town.ward, consent_id=narrow.id, replaces_id=first.id)
    assert second.replaces_id == first.id


def test_a_broad_consent_lets_another_need_go_elsewhere_but_not_the_same_one(loop: Loop) -> None:
    loop.refer()
    with pytest.raises(Conflict):
        loop.refer(loop.town.ward)
    assert loop.refer(loop.town.ward, need_id=loop.needs()["housing"][0]).status == "requested"


def test_the_next_try_follows_one_that_ended_without_help(loop: Loop) -> None:
    open_one = loop.refer()
    assert refused(loop, replaces_id=open_one.id) == [("/replaces", "not_replaceable")]
    ending.cancel(loop.centre, open_one, reason_code="no-answer")
    assert refused(loop, replaces_id=open_one.id, need_id=loop.needs()["housing"][0]) == [
        ("/replaces", "another_need")
    ]
    assert loop.refer(loop.town.ward, replaces_id=open_one.id, need_id=None).need_id == loop.need_id


def test_a_try_that_helped_is_not_replaced(loop: Loop) -> None:
    helped = loop.completed()
    acknowledging.acknowledge(loop.centre, helped)
    assert refused(loop, replaces_id=helped.id) == [("/replaces", "not_replaceable")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"service_code": "XX-NO"}, ("/service_code", "unknown_code")),
        ({"service_code": "HR-DCR"}, ("/service_code", "not_referable")),
        ({"service_code": "SO-CAS"}, ("/recipient", "not_offered")),
        ({"urgency": "soon"}, ("/urgency", "unknown_code")),
        ({"handover_mode": "by_post"}, ("/handover_mode", "unknown_code")),
        ({"data_classes": ("basic_profile", "secrets")}, ("/data_classes/1", "unknown_code")),
        ({"need_id": NOWHERE}, ("/need", "unknown_id")),
        ({"replaces_id": NOWHERE}, ("/replaces", "not_replaceable")),
        ({"service_id": NOWHERE}, ("/service", "unknown_id")),
        ({"recipient_id": NOWHERE}, ("/recipient", "unknown_id")),
        ({"narrative": "Zove se na 064 123 45 67."}, ("/narrative", "identifier_found")),
        ({"narrative": "x" * 1001}, ("/narrative", "max_length")),
    ],
)
def test_input_that_breaks_a_rule_names_its_place(
    loop: Loop, values: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert refused(loop, **values) == [expected]
    assert count(loop) == 0


def test_a_sector_that_only_stands_in_the_directory_receives_nothing(loop: Loop) -> None:
    office = make_organisation("probation", team=loop.town.team)
    assert refused(loop, to=office, service_code="SO-EMP") == [("/recipient", "not_a_partner")]


def test_an_organisation_without_an_agreement_receives_nothing(loop: Loop) -> None:
    stranger = make_organisation("health")
    loop.agree(stranger)
    assert refused(loop, to=stranger) == [("/recipient", "no_agreement")]


def test_a_draft_needs_a_service_and_nothing_more(loop: Loop) -> None:
    draft = loop.refer(send=False, recipient_id=None, need_id=None)
    assert (draft.status, draft.sent_at, draft.basis_until) == ("draft", None, None)
    with pytest.raises(Invalid) as refusal:
        sending.send(loop.centre, draft)
    assert [fault.pointer for fault in refusal.value.faults] == ["/recipient"]
    sending.edit(loop.centre, draft, terms=Terms(recipient_id=loop.town.clinic.id), version=draft.version)
    assert sending.send(loop.centre, draft).status == "requested"


def test_only_a_draft_can_be_edited(loop: Loop) -> None:
    referral = loop.refer()
    with pytest.raises(Conflict):
        sending.edit(loop.centre, referral, terms=Terms(urgency="stat"), version=referral.version)


def test_a_case_that_is_not_active_sends_nothing(loop: Loop) -> None:
    draft = loop.refer(send=False)
    loop.case.status = "on_hold"
    saved(loop.case)
    with pytest.raises(Conflict) as refusal:
        sending.send(loop.centre, Referral.objects.get(pk=draft.pk))
    assert refusal.value.code == "case_not_active"
    with pytest.raises(Conflict):
        loop.refer()


def test_a_case_that_one_does_not_see_cannot_be_referred(loop: Loop) -> None:
    for stranger in (loop.town.nurse, loop.town.officer, Town().coordinator):
        with pytest.raises(NotFound):
            create(actor(stranger), loop.case, terms=Terms(service_code="TX-OPC"))


def test_nobody_refers_in_the_name_of_another_organisation(loop: Loop) -> None:
    with pytest.raises(Invalid) as refusal:
        create(loop.centre, loop.case, terms=Terms(service_code="TX-OPC"), requester_id=loop.town.clinic.id)
    assert refusal.value.faults[0].pointer == "/requester"


def exception(loop: Loop, basis: str, *, recipient: bool = True) -> Any:
    terms = BasisTerms(basis=basis, recipient_id=loop.town.clinic.id if recipient else None)
    return record_basis(loop.coordinator, loop.case, terms=terms, organisation_id=loop.town.centre.id)


def test_a_legal_exception_carries_a_referral_in_the_place_of_consent(loop: Loop) -> None:
    withdraw_consent(loop.centre, loop.consent)
    found = exception(loop, "incapacity")
    referral = loop.refer(safeguarding_basis_id=found.id)
    assert (referral.consent_id, referral.safeguarding_basis_id) == (None, found.id)
    assert referral.basis_until == found.valid_until


def test_an_exception_that_needs_a_second_person_waits_for_it(loop: Loop) -> None:
    found = exception(loop, "child_protection")
    values: dict[str, Any] = {"service_code": "TX-ADO", "data_classes": ("basic_profile",)}
    with pytest.raises((Conflict, Invalid)):
        loop.refer(safeguarding_basis_id=found.id, **values)
    confirm_basis(actor(loop.town.deputy), found)
    loop.agree(loop.town.clinic)
    centre = make_organisation("social_protection", team=loop.town.team)
    named = BasisTerms(basis="child_protection", recipient_id=centre.id)
    other = record_basis(loop.coordinator, loop.case, terms=named, organisation_id=loop.town.centre.id)
    with pytest.raises(Conflict) as refusal:
        loop.refer(centre, service_code="FA-CHI", safeguarding_basis_id=other.id)
    assert refusal.value.code == "second_person_missing"
    confirm_basis(actor(loop.town.deputy), other)
    sent = loop.refer(centre, service_code="FA-CHI", safeguarding_basis_id=other.id)
    assert sent.safeguarding_basis_id == other.id


def test_an_exception_outside_the_system_never_carries_one(loop: Loop) -> None:
    withdraw_consent(loop.centre, loop.consent)
    found = exception(loop, "vital_interest", recipient=False)
    assert refused(loop, safeguarding_basis_id=found.id) == [("/consent", "not_covered")]


def test_an_exception_that_has_run_out_carries_nothing(loop: Loop) -> None:
    withdraw_consent(loop.centre, loop.consent)
    found = exception(loop, "incapacity")
    found.valid_until = ago(minutes=1)
    with by_hand():
        found.save()
    assert refused(loop, safeguarding_basis_id=found.id) == [("/consent", "not_covered")]


def test_an_exception_for_another_recipient_carries_nothing(loop: Loop) -> None:
    found = exception(loop, "incapacity")
    assert refused(loop, to=loop.town.ward, safeguarding_basis_id=found.id) == [("/consent", "not_covered")]


def test_other_open_referrals_to_the_same_place_are_named_as_a_hint(loop: Loop) -> None:
    first = loop.refer()
    tries = tries_of(loop.case.id, by=actor(loop.town.social_worker))
    assert tries.similar(loop.refer(need_id=loop.needs()["housing"][0])) == [first.code]
    assert tries.similar(loop.refer(loop.town.society, need_id=None)) == []
