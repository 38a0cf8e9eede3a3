"""The ledger takes consents from who may record them, covers what it says and no more, and is never changed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import Error
from django.utils import timezone

from backend.cases.consents import covering, has_live_consent, record_consent
from backend.cases.models import Case, Consent
from backend.cases.reading import read_facts
from backend.cases.terms import ConsentTerms, Named
from backend.errors import Invalid, Stale
from permissions.scope import Forbidden, NotFound, visible_to
from tests.backend.cases.papers import PLAIN, Open, codes_of, entries, received, terms, withdraw
from tests.world import Town, actor, make_organisation


def record(town: Town, case: Case, given: ConsentTerms, by: Any = None, organisation: Any = None) -> Consent:
    organisation = organisation or town.society
    return record_consent(actor(by or town.outreach), case, terms=given, organisation_id=organisation.id)


def referral(*organisations: Any, **values: Any) -> ConsentTerms:
    return terms(*organisations, purposes=("referral",), **values)


def test_a_consent_covers_its_recipient_its_classes_and_its_purpose(town: Town, opened: Open) -> None:
    case = opened()
    consent = record(town, case, referral(town.partner))
    asked = {"organisation_id": town.partner.id, "classes": ["needs"]}
    assert covering(case, **asked) == consent
    assert covering(case, **(asked | {"organisation_id": town.clinic.id})) is None
    assert covering(case, **(asked | {"classes": ["needs", "health"]})) is None
    assert covering(case, **asked, purpose="mdt_discussion") is None
    assert covering(opened(), **asked) is None


def test_the_consent_that_lasts_longest_is_the_one_that_covers(town: Town, opened: Open) -> None:
    case = opened()
    soon, later = (timezone.now() + timedelta(days=days) for days in (5, 50))
    record(town, case, referral(town.partner, valid_until=soon))
    longest = record(town, case, referral(town.partner, valid_until=later))
    record(town, case, referral(town.partner, valid_until=soon))
    assert covering(case, organisation_id=town.partner.id, classes=["needs"]) == longest
    withdraw(longest)
    found = covering(case, organisation_id=town.partner.id, classes=["needs"])
    assert found is not None
    assert found.valid_until == soon


def test_a_consent_for_one_need_covers_that_need_only(town: Town, opened: Open) -> None:
    case = opened(needs=("housing", "income"))
    first, second = read_facts(actor(town.outreach), case).needs
    consent = record(town, case, referral(town.partner, need_id=first.id))
    asked = {"organisation_id": town.partner.id, "classes": ["needs"]}
    assert covering(case, **asked, need_id=first.id) == consent
    assert covering(case, **asked, need_id=second.id) is None
    assert covering(case, **asked) is None


def test_a_need_of_another_case_is_unknown(town: Town, opened: Open) -> None:
    other = opened(needs=("housing",))
    [need] = read_facts(actor(town.outreach), other).needs
    for need_id in (need.id, uuid4()):
        with pytest.raises(Invalid) as refused:
            record(town, opened(), referral(town.partner, need_id=need_id))
        assert codes_of(refused.value) == {("/need_id", "unknown_id")}


def test_a_recipient_that_does_not_exist_or_is_closed_is_unknown(town: Town, opened: Open) -> None:
    gone = make_organisation("cso", is_active=False)
    given = replace(referral(), recipients=[Named(town.clinic.id), Named(uuid4()), Named(gone.id)])
    with pytest.raises(Invalid) as refused:
        record(town, opened(), given)
    assert codes_of(refused.value) == {
        ("/recipients/1/organisation", "unknown_id"),
        ("/recipients/2/organisation", "unknown_id"),
    }


def test_terms_that_break_a_rule_are_not_recorded(town: Town, opened: Open) -> None:
    case = opened()
    with pytest.raises(Invalid):
        record(town, case, referral(town.partner, valid_until=timezone.now() - timedelta(days=1)))
    assert Consent.objects.filter(case=case).count() == 1


def test_who_opened_or_holds_the_case_records_and_the_coordinator(town: Town, opened: Open) -> None:
    case = opened()
    received(case, town.clinic)
    assert record(town, case, referral(town.partner), by=town.coordinator, organisation=town.centre)
    with pytest.raises(Forbidden):
        record(town, case, referral(town.partner), by=town.nurse, organisation=town.clinic)
    with pytest.raises(NotFound):
        record(town, case, referral(town.partner), by=town.partner_worker, organisation=town.partner)


def test_nobody_records_for_an_organisation_of_others(town: Town, opened: Open) -> None:
    with pytest.raises(Invalid) as refused:
        record(town, opened(), referral(town.partner), organisation=town.clinic)
    assert codes_of(refused.value) == {("/organisation", "unknown_id")}


def test_an_old_version_of_the_case_is_refused(town: Town, opened: Open) -> None:
    case = opened()
    with pytest.raises(Stale):
        record_consent(
            actor(town.outreach),
            case,
            terms=referral(town.partner),
            organisation_id=town.society.id,
            version=9,
        )


def test_a_remark_is_sealed_and_screened(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    case = opened()
    consent = record(town, case, referral(town.partner, remark="Želi da bude prisutan."))
    [stored] = admin.execute("SELECT remark FROM cases_consent WHERE id = %s", (consent.id,)).fetchone() or [
        b""
    ]
    assert b"prisutan" not in bytes(stored)
    with pytest.raises(Invalid) as refused:
        record(town, case, referral(town.partner, remark="JMBG 0101990710006"))
    assert codes_of(refused.value) == {("/remark", "identifier_found")}


def test_a_ledger_is_not_changed(town: Town, opened: Open) -> None:
    consent = Consent.objects.get(case=opened())
    consent.given_by = "guardian"
    with pytest.raises(Error):
        consent.save()
    with pytest.raises(Error):
        Consent.objects.filter(pk=consent.pk).delete()
    assert Consent.objects.get(pk=consent.pk).given_by == "person"


def test_a_case_without_live_consent_is_known_as_such(town: Town, opened: Open) -> None:
    case = opened()
    assert has_live_consent(case)
    withdraw(Consent.objects.get(case=case))
    assert not has_live_consent(case)


def test_recording_is_one_entry_on_the_consent(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    consent = record(town, opened(), referral(town.partner))
    assert entries(admin, consent.id) == [("consent.recorded", "success")]


def test_a_consent_shows_to_whom_it_names_and_to_who_recorded_it(town: Town, opened: Open) -> None:
    case = opened(consent=terms(town.society))
    mine = record(town, case, referral(town.clinic))
    received(case, town.clinic)
    received(case, town.partner)
    rows = Consent.objects.filter(case=case)

    def seen(user: Any) -> int:
        return visible_to(actor(user), rows, "consent.view").count()

    assert seen(town.outreach) == 2
    assert seen(town.coordinator) == 2
    assert list(visible_to(actor(town.nurse), rows, "consent.view")) == [mine]
    assert seen(town.partner_worker) == 0
    assert seen(town.social_worker) == 0
    assert seen(town.lead) == seen(town.officer) == 0


def test_plain_classes_are_the_coded_ones() -> None:
    assert set(PLAIN) == {"basic_profile", "needs"}
