"""Role opens the coded part; every further class opens only where a live consent names one's own organisation."""

from typing import Any

import psycopg
import pytest

from backend.cases.consents import classes_open_to, record_consent
from backend.cases.models import Consent
from backend.cases.reading import read_facts
from backend.cases.standing import standing
from backend.cases.terms import Named
from permissions.scope import NotFound
from tests.backend.cases.papers import MOST, PLAIN, Open, entries, full, overwrite, received, terms, withdraw
from tests.world import Town, actor, ago, ahead, make_organisation

ITEMS = {"sex": "1", "primary_drug": "11", "with_children": "1", "hiv_test": "1"}


def seen(by: Any, case: Any) -> dict[str, Any]:
    return read_facts(actor(by), case).items


def test_the_coordinator_sees_the_coded_part_only(town: Town, opened: Open) -> None:
    case = opened(items=ITEMS, needs=("housing",), flags=("child",), consent=full(town.society))
    reading = read_facts(actor(town.coordinator), case)
    assert reading.data_classes == PLAIN
    assert reading.items == {"sex": "1"}
    assert (reading.needs, reading.flags) == ((), ())
    assert reading.purpose == "coordination"


def test_the_coordinator_sees_more_where_the_consent_names_the_own_organisation(
    town: Town, opened: Open
) -> None:
    case = opened(items=ITEMS, needs=("housing",), consent=full(town.society, town.centre))
    reading = read_facts(actor(town.coordinator), case)
    assert reading.items == ITEMS
    assert [need.code for need in reading.needs] == ["housing"]


def test_the_opener_sees_no_class_for_which_the_consent_does_not_name_it(town: Town, opened: Open) -> None:
    case = opened(items=ITEMS, consent=full(town.centre))
    assert seen(town.outreach, case) == {"sex": "1"}


def test_a_colleague_of_an_organisation_without_a_reason_finds_nothing(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.centre, town.clinic))
    for user in (
        town.nurse,
        town.social_worker,
        town.partner_worker,
        town.lead,
        town.officer,
        Town().coordinator,
    ):
        with pytest.raises(NotFound):
            read_facts(actor(user), case)


def test_a_deputy_sees_the_case_only_while_acting(town: Town, opened: Open) -> None:
    with pytest.raises(NotFound):
        read_facts(actor(town.deputy), opened())


def test_a_recipient_sees_what_the_consent_covers_and_not_even_the_coded_part_without(
    town: Town, opened: Open
) -> None:
    case = opened(items=ITEMS, needs=("housing",))
    received(case, town.partner)
    reading = read_facts(actor(town.partner_worker), case)
    assert (reading.items, reading.needs, reading.data_classes) == ({}, (), ())
    assert reading.purpose == "referral_received"
    record_consent(
        actor(town.outreach),
        case,
        terms=terms(town.partner, purposes=("referral",), data_classes=("basic_profile", "substance_use")),
        organisation_id=town.society.id,
    )
    assert seen(town.partner_worker, case) == {"sex": "1", "primary_drug": "11"}


def test_the_reason_ends_with_its_moment_and_with_it_the_case(town: Town, opened: Open) -> None:
    case = opened()
    received(case, town.partner, until=ago(seconds=1))
    with pytest.raises(NotFound):
        read_facts(actor(town.partner_worker), case)


def test_a_withdrawn_consent_opens_nothing(town: Town, opened: Open) -> None:
    case = opened(items=ITEMS)
    withdraw(Consent.objects.get(case=case))
    assert seen(town.outreach, case) == {"sex": "1"}
    assert classes_open_to(case, [town.society.id]) == frozenset()


@pytest.mark.parametrize("column", ["valid_until", "valid_from"])
def test_a_consent_that_is_over_or_not_begun_opens_nothing(
    town: Town, opened: Open, admin: psycopg.Connection[Any], column: str
) -> None:
    case = opened(items=ITEMS)
    moment = ago(seconds=1) if column == "valid_until" else ahead(days=1)
    overwrite(admin, "cases_consent", Consent.objects.get(case=case).id, **{column: moment})
    assert seen(town.outreach, case) == {"sex": "1"}


def test_a_recipient_may_get_fewer_classes_than_the_consent_has(town: Town, opened: Open) -> None:
    few = terms(town.society, data_classes=MOST)
    case = opened(items=ITEMS, consent=few)
    narrow = [Named(town.centre.id, ("basic_profile", "health"))]
    record_consent(
        actor(town.outreach),
        case,
        terms=terms(purposes=("case_coordination",), data_classes=MOST).__class__(
            purposes=("case_coordination",), data_classes=MOST, recipients=narrow
        ),
        organisation_id=town.society.id,
    )
    assert classes_open_to(case, [town.centre.id]) == {"basic_profile", "health"}
    assert seen(town.coordinator, case) == {"sex": "1", "hiv_test": "1"}


def test_a_class_beyond_the_purpose_does_not_open_though_the_consent_lists_it(
    town: Town, opened: Open
) -> None:
    case = opened(items=ITEMS)
    record_consent(
        actor(town.outreach),
        case,
        terms=terms(town.clinic, purposes=("outcome_feedback",), data_classes=PLAIN),
        organisation_id=town.society.id,
    )
    received(case, town.clinic)
    assert seen(town.nurse, case) == {"sex": "1"}


def test_codes_that_reveal_detention_read_not_known_without_that_class(town: Town, opened: Open) -> None:
    items = {"living_with": "5", "accommodation": "3", "referral_source": "1", "centre_type": "3"}
    case = opened(items=items, consent=full(town.society))
    assert seen(town.outreach, case) == dict.fromkeys(items, "99")
    with_class = terms(
        town.society, purposes=("transition_planning",), data_classes=("basic_profile", "justice_transition")
    )
    record_consent(actor(town.outreach), case, terms=with_class, organisation_id=town.society.id)
    assert seen(town.outreach, case) == items


def test_other_codes_of_these_items_show_as_they_are(town: Town, opened: Open) -> None:
    items = {"living_with": "1", "accommodation": "1", "referral_source": "2"}
    assert seen(town.outreach, opened(items=items)) == items


def test_a_need_that_is_a_diagnosis_shows_to_its_recorder_and_to_whom_it_was_referred(
    town: Town, opened: Open
) -> None:
    case = opened(needs=("hiv_hcv_care", "housing"))
    own = read_facts(actor(town.outreach), case).needs
    assert {need.code for need in own} == {"hiv_hcv_care", "housing"}
    care = next(need.id for need in own if need.code == "hiv_hcv_care")
    by = actor(town.coordinator)
    assert [need.code for need in read_facts(by, case).needs] == ["housing"]
    asked = read_facts(by, case, needs_referred=lambda _case, _mine: frozenset({care})).needs
    assert {need.code for need in asked} == {"hiv_hcv_care", "housing"}


@pytest.mark.parametrize("sector", ["education", "employment", "local_government"])
def test_some_sectors_get_only_the_need_that_was_referred(town: Town, opened: Open, sector: str) -> None:
    office = make_organisation(sector, team=town.team)
    clerk = town.worker("member", office)
    case = opened(needs=("housing", "employment"), items={"labour": "4", "accommodation": "1"})
    given = terms(office, purposes=("referral",), data_classes=("basic_profile", "needs", "social"))
    record_consent(actor(town.outreach), case, terms=given, organisation_id=town.society.id)
    received(case, office)
    assert read_facts(actor(clerk), case).needs == ()
    one = next(need.id for need in read_facts(actor(town.outreach), case).needs if need.code == "employment")
    reading = read_facts(actor(clerk), case, needs_referred=lambda _case, _mine: frozenset({one}))
    assert [need.code for need in reading.needs] == ["employment"]
    all_items = {"labour": "4", "accommodation": "1"}
    assert reading.items == ({"labour": "4"} if sector == "employment" else all_items)


def test_each_reading_is_one_entry_with_purpose_and_classes(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened(items=ITEMS)
    read_facts(actor(town.coordinator), case)
    assert entries(admin, case.id) == [("case.opened", "success"), ("case.read", "success")]
    [body] = admin.execute(
        "SELECT convert_from(body, 'UTF8') FROM audit_entry WHERE verb = 'case.read' AND object_id = %s",
        (str(case.id),),
    ).fetchone() or [""]
    assert '"purpose":"coordination"' in body
    assert "substance_use" in body
    assert "primary_drug" not in body


def test_a_proposed_case_is_read_for_triage(town: Town, opened: Open) -> None:
    case = opened(propose=True)
    assert standing(actor(town.coordinator), case).purpose == "triage"
    assert standing(actor(town.outreach), case).purpose == "holding_case"
