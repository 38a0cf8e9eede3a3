"""Opening is one act: key, plain row, eight sealed rows of one size, consent, live reasons and the entry."""

import re
from typing import Any

import psycopg
import pytest

from backend.cases.classes import stored
from backend.cases.consents import covering, has_live_consent
from backend.cases.models import Case, CaseFacts, CaseGrant, Consent, Notification
from backend.cases.opening import FactsInput, open_case
from backend.cases.reading import read_facts
from backend.cases.safeguarding import BasisTerms
from backend.encryption.models import WrappedKey
from backend.errors import Invalid
from permissions.scope import Forbidden
from tests.backend.cases.papers import Open, codes_of, entries, full, terms
from tests.world import Town, actor, make_organisation


def test_a_member_opens_an_active_case_and_reads_it_back(town: Town, opened: Open) -> None:
    case = opened(items={"sex": "1", "primary_drug": "11"}, needs=("housing",), flags=("overdose",))
    assert case.status == "active"
    assert case.triage_due_at is None
    assert re.fullmatch(rf"{town.team.prefix}-....-....-.", case.code)
    assert re.fullmatch(r"[a-z]+ [a-z]+", case.spoken_name)
    reading = read_facts(actor(town.outreach), case)
    assert reading.purpose == "holding_case"
    assert reading.items == {"sex": "1", "primary_drug": "11"}
    assert [(need.code, need.status) for need in reading.needs] == [("housing", "open")]
    assert reading.flags == ("overdose",)


def test_every_case_has_a_row_for_each_class_all_of_one_size(opened: Open) -> None:
    plain = opened()
    rich = opened(items={"sex": "1", "primary_drug": "11"}, needs=("housing", "income"), flags=("child",))
    sizes = set()
    for case in (plain, rich):
        rows = CaseFacts.objects.filter(case=case)
        assert {row.data_class for row in rows} == set(stored())
        assert {row.team_id for row in rows} == {case.team_id}
        sizes |= {len(bytes(row.envelope)) for row in rows}
    assert len(sizes) == 1


def test_each_row_has_its_history_with_the_same_envelope(opened: Open) -> None:
    case = opened(items={"sex": "1"})
    for row in CaseFacts.objects.filter(case=case):
        [kept] = CaseFacts.history.filter(id=row.id)
        assert bytes(kept.envelope) == bytes(row.envelope)
        assert kept.history_type == "+"
        assert kept.history_change_reason.startswith("case.opened ")


def test_the_key_stands_in_the_keys_database_and_nowhere_else(opened: Open) -> None:
    case = opened()
    [key] = WrappedKey.objects.using("keys").filter(owner_id=case.id)
    assert key.team_id == case.team_id


def test_the_organisation_has_two_reasons_and_the_coordinator_is_told(town: Town, opened: Open) -> None:
    case = opened()
    reasons = CaseGrant.objects.filter(content_object=case).values_list("reason", "source_id", "until")
    assert sorted(reasons) == [("holds", case.id, None), ("opened", case.id, None)]
    [told] = Notification.objects.filter(object_id=case.id)
    assert (told.audience, told.kind, told.team_id) == ("coordinator", "case.opened", town.team.id)


def test_the_consent_stands_in_the_ledger_with_its_recipients_in_order(town: Town, opened: Open) -> None:
    case = opened(consent=terms(town.society, town.centre, town.clinic))
    [consent] = Consent.objects.filter(case=case)
    named = consent.recipients.order_by("position").values_list("organisation_id", "position")
    assert list(named) == [(town.society.id, 1), (town.centre.id, 2), (town.clinic.id, 3)]
    assert consent.recorded_for_id == town.society.id
    assert has_live_consent(case)
    found = covering(case, organisation_id=town.clinic.id, classes=["needs"], purpose="case_coordination")
    assert found == consent


def test_one_entry_says_who_opened_it(town: Town, opened: Open, admin: psycopg.Connection[Any]) -> None:
    case = opened()
    assert entries(admin, case.id) == [("case.opened", "success")]
    [author] = admin.execute(
        "SELECT actor_id FROM audit_entry WHERE object_id = %s", (str(case.id),)
    ).fetchall()
    assert author == (town.outreach.id,)


def test_a_partner_worker_can_only_propose(town: Town, opened: Open) -> None:
    case = opened(by=town.partner_worker, organisation=town.partner, consent=full(town.partner, town.centre))
    assert case.status == "proposed"
    assert case.triage_due_at is not None
    [told] = Notification.objects.filter(object_id=case.id)
    assert told.kind == "case.proposed"


def test_a_member_may_leave_the_decision_to_triage(opened: Open) -> None:
    assert opened(propose=True, eligible=False).status == "proposed"


def test_the_coordinator_opens_for_another_organisation_of_the_team(town: Town, opened: Open) -> None:
    case = opened(by=town.coordinator, organisation=town.clinic)
    assert case.holder_organisation_id == town.clinic.id


def test_a_basis_carries_a_proposal_without_consent(town: Town) -> None:
    case = open_case(
        actor(town.outreach),
        team=town.team,
        organisation=town.society,
        consent=None,
        basis=BasisTerms(basis="child_protection"),
        facts=FactsInput(flags=["child"]),
        propose=True,
    )
    assert case.status == "proposed"
    assert not has_live_consent(case)


def test_without_consent_or_basis_nothing_is_opened(town: Town) -> None:
    before = Case.objects.filter(team=town.team).count()
    for more in ({}, {"propose": True}, {"basis": BasisTerms(basis="child_protection")}):
        with pytest.raises(Invalid) as refused:
            open_case(actor(town.outreach), team=town.team, organisation=town.society, consent=None, **more)
        assert codes_of(refused.value) == {("/consent", "required")}
    assert Case.objects.filter(team=town.team).count() == before


def test_opening_in_one_step_needs_eligibility(opened: Open) -> None:
    with pytest.raises(Invalid) as refused:
        opened(eligible=False)
    assert codes_of(refused.value) == {("/eligibility", "required")}


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_roles_without_cases_open_none(town: Town, opened: Open, who: str) -> None:
    with pytest.raises(Forbidden):
        opened(by=getattr(town, who))


def test_nobody_opens_for_an_organisation_that_is_not_their_own(town: Town, opened: Open) -> None:
    with pytest.raises(Forbidden):
        opened(organisation=town.clinic)


def test_the_coordinator_does_not_open_for_an_organisation_outside_the_team(town: Town, opened: Open) -> None:
    outside = make_organisation("cso")
    with pytest.raises(Invalid) as refused:
        opened(by=town.coordinator, organisation=outside)
    assert codes_of(refused.value) == {("/organisation", "unknown_id")}


def test_a_member_of_another_team_opens_none_here(town: Town, opened: Open) -> None:
    other = Town()
    with pytest.raises(Forbidden):
        opened(by=other.outreach, organisation=other.society)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"items": {"hiv_test": "1"}}, ("/items/hiv_test", "class_not_open")),
        ({"items": {"sex": "7"}}, ("/items/sex", "unknown_code")),
        ({"items": {"name": "x"}}, ("/items/name", "unknown_field")),
        ({"needs": ("housing",)}, ("/needs/0", "class_not_open")),
        ({"needs": ("gold",)}, ("/needs/0", "unknown_code")),
        ({"flags": ("suicide",)}, ("/flags/0", "class_not_open")),
        ({"flags": ("bad",)}, ("/flags/0", "unknown_code")),
    ],
)
def test_facts_are_taken_only_in_classes_that_the_consent_covers(
    town: Town, opened: Open, given: dict[str, Any], fault: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        opened(consent=terms(town.society), **given)
    assert codes_of(refused.value) == {fault}


def test_the_same_need_is_not_given_twice(opened: Open) -> None:
    with pytest.raises(Invalid) as refused:
        opened(needs=("housing", "housing"))
    assert codes_of(refused.value) == {("/needs/1", "repeated")}


def test_an_unknown_urgency_is_refused(opened: Open) -> None:
    with pytest.raises(Invalid) as refused:
        opened(urgency="whenever")
    assert codes_of(refused.value) == {("/urgency", "unknown_code")}


def test_a_fault_in_the_consent_leaves_no_case_behind(town: Town, opened: Open) -> None:
    before = Case.objects.filter(team=town.team).count()
    with pytest.raises(Invalid) as refused:
        opened(consent=terms(town.society, given_by="nobody"))
    assert codes_of(refused.value) == {("/consent/given_by", "unknown_code")}
    assert Case.objects.filter(team=town.team).count() == before
