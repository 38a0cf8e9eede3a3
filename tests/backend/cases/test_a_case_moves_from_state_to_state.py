"""Triage, hold, resume, close and reopen: who may, what they require, and who is told."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from audit.acts import act
from backend.cases.consents import record_consent
from backend.cases.models import Case, Consent, Notification
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.cases.steps import edit, hold, put_closed, reopen, resume, triage
from backend.errors import Conflict, Invalid, Stale
from backend.reference.lists import codes, entry
from backend.reference.working_days import BELGRADE
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.papers import Open, codes_of, entries, full, withdraw
from tests.world import BUILDER, Town, actor

SOON = timezone.localdate() + timedelta(days=30)


def close(case: Case, reason: str = "needs_met", *, open_referral: bool = False) -> None:
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason=reason, has_open_referral=open_referral)


def told(case: Case, audience: str) -> list[str]:
    rows = Notification.objects.filter(object_id=case.id, audience=audience).order_by("at")
    return list(rows.values_list("kind", flat=True))


@pytest.mark.parametrize("outcome", codes("triage_outcomes"))
def test_triage_leads_where_its_outcome_says(town: Town, opened: Open, outcome: str) -> None:
    case = opened(propose=True)
    triage(actor(town.coordinator), case, outcome=outcome, eligible=True)
    said = entry("triage_outcomes", outcome).attributes
    assert (case.status, case.closure_reason) == (said["case_status"], said["closure_reason"])
    assert case.triage_outcome == outcome
    assert (case.closed_on is not None) == (case.status == "closed")
    assert told(case, "organisation") == ["case.triaged"]


def test_triage_to_active_needs_eligibility(town: Town, opened: Open) -> None:
    case = opened(propose=True)
    with pytest.raises(Invalid) as refused:
        triage(actor(town.coordinator), case, outcome="agenda")
    assert codes_of(refused.value) == {("/eligibility", "required")}
    triage(actor(town.coordinator), case, outcome="advice_only")
    assert case.status == "closed"


def test_triage_to_active_needs_a_consent_that_still_holds(town: Town, opened: Open) -> None:
    case = opened(propose=True)
    withdraw(Consent.objects.get(case=case))
    with pytest.raises(Conflict, match="consent_missing"):
        triage(actor(town.coordinator), case, outcome="agenda", eligible=True)
    record_basis(
        actor(town.coordinator),
        case,
        terms=BasisTerms(basis="incapacity"),
        organisation_id=town.centre.id,
    )
    triage(actor(town.coordinator), case, outcome="agenda", eligible=True)
    assert case.status == "active"


def test_only_the_coordinator_decides_on_a_proposal(town: Town, opened: Open) -> None:
    case = opened(propose=True)
    with pytest.raises(Forbidden):
        triage(actor(town.outreach), case, outcome="agenda", eligible=True)
    for stranger in (town.nurse, town.deputy, town.lead, Town().coordinator):
        with pytest.raises(NotFound):
            triage(actor(stranger), case, outcome="agenda", eligible=True)


def test_an_active_case_is_not_triaged_again(town: Town, opened: Open) -> None:
    with pytest.raises(Conflict) as refused:
        triage(actor(town.coordinator), opened(), outcome="agenda", eligible=True)
    assert refused.value.legal == ("hold", "close")


def test_an_unknown_outcome_is_a_fault(town: Town, opened: Open) -> None:
    with pytest.raises(Invalid):
        triage(actor(town.coordinator), opened(propose=True), outcome="maybe")


def test_a_case_is_held_until_a_day_and_taken_up_again(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.outreach)
    hold(by, case, review_due=SOON)
    assert (case.status, case.review_due) == ("on_hold", SOON)
    with pytest.raises(Conflict, match="illegal_transition"):
        hold(by, case, review_due=SOON)
    resume(by, case)
    assert case.status == "active"


@pytest.mark.parametrize(("days", "code"), [(-2, "in_the_past"), (92, "too_late")])
def test_a_review_is_neither_past_nor_beyond_ninety_days(
    town: Town, opened: Open, days: int, code: str
) -> None:
    case, by = opened(), actor(town.outreach)
    day = timezone.localdate() + timedelta(days=days)
    for attempt in (lambda: hold(by, case, review_due=day), lambda: edit(by, case, review_due=day)):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert codes_of(refused.value) == {("/review_due", code)}


def test_without_any_consent_a_case_stays_on_hold(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.outreach)
    hold(by, case, review_due=SOON)
    withdraw(Consent.objects.get(case=case))
    with pytest.raises(Conflict, match="consent_missing"):
        resume(by, case)


def test_a_case_closes_with_a_reason_and_opens_again_with_a_live_consent(town: Town, opened: Open) -> None:
    case = opened()
    close(case)
    assert (case.status, case.closure_reason) == ("closed", "needs_met")
    assert case.closed_on == timezone.localdate(timezone=BELGRADE)
    assert told(case, "organisation") == ["case.closed"]
    assert told(case, "coordinator") == ["case.opened", "case.closed"]
    reopen(actor(town.coordinator), case)
    assert (case.status, case.closure_reason, case.closed_on) == ("active", "", None)


def test_reopening_needs_the_consent_renewed(town: Town, opened: Open) -> None:
    case = opened()
    withdraw(Consent.objects.get(case=case))
    close(case, "consent_withdrawn")
    with pytest.raises(Conflict, match="consent_missing"):
        reopen(actor(town.coordinator), case)
    renewed = full(town.society, town.centre)
    record_consent(actor(town.coordinator), case, terms=renewed, organisation_id=town.centre.id)
    reopen(actor(town.coordinator), case)
    assert case.status == "active"


def test_only_the_coordinator_reopens(town: Town, opened: Open) -> None:
    case = opened()
    close(case)
    with pytest.raises(Forbidden):
        reopen(actor(town.outreach), case)


def test_an_open_referral_keeps_a_case_open(opened: Open) -> None:
    case = opened()
    with pytest.raises(Conflict, match="open_referrals"):
        close(case, open_referral=True)
    assert Case.objects.get(pk=case.pk).status == "active"


@pytest.mark.parametrize("reason", codes("closure_reasons"))
@pytest.mark.parametrize("proposed", [True, False])
def test_a_reason_is_given_only_from_where_it_fits(opened: Open, reason: str, proposed: bool) -> None:
    case = opened(propose=proposed)
    fits = case.status in entry("closure_reasons", reason).values("allowed_from")
    if fits and reason not in {"merged", "transferred"}:
        close(case, reason)
        assert case.closure_reason == reason
        return
    with pytest.raises(Invalid) as refused:
        close(case, reason)
    assert codes_of(refused.value) == {("/closure_reason", "not_from_this_status")}


def test_an_unknown_reason_is_a_fault(opened: Open) -> None:
    with pytest.raises(Invalid) as refused:
        close(opened(), "tired")
    assert codes_of(refused.value) == {("/closure_reason", "unknown_code")}


def test_plain_fields_change_with_the_version_that_was_read(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case, by = opened(), actor(town.outreach)
    edit(by, case, urgency="urgent", review_due=SOON, version=1)
    assert (case.urgency, case.review_due, case.version) == ("urgent", SOON, 2)
    with pytest.raises(Stale):
        edit(by, case, urgency="routine", version=1)
    with pytest.raises(Invalid):
        edit(by, case, urgency="now!")
    assert [verb for verb, _ in entries(admin, case.id)] == ["case.opened", "case.changed"]
    with pytest.raises(NotFound):
        edit(actor(town.nurse), case, urgency="stat")


def test_each_step_stands_in_the_history_with_its_author(town: Town, opened: Open) -> None:
    case = opened()
    hold(actor(town.outreach), case, review_due=SOON)
    rows = list(Case.history.filter(id=case.id).order_by("version"))
    assert [(one.version, one.status) for one in rows] == [(1, "active"), (2, "on_hold")]
    assert rows[1].history_user_id == town.outreach.id
    assert rows[1].history_change_reason.startswith("case.held ")
