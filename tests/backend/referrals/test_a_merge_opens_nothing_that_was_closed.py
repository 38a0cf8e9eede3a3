"""Joining two cases brings nobody further than before: who was shut out stays out, what was taken back stays back."""

from typing import Any

import pytest

from backend.cases.consents import record_consent
from backend.cases.models import Case, Consent, ConsentRecipient
from backend.referrals.withdrawal import withdraw_consent
from backend.teams.models import User
from tests.backend.cases.barred import sees, shut_out
from tests.backend.referrals.loops import CLASSES, consent_to
from tests.backend.referrals.two_cases import Pair, joined, pair
from tests.world import actor


@pytest.fixture
def two(database: Any) -> Pair:
    return pair()


def bar(two: Pair, case: Case, who: User) -> None:
    shut_out(case, who, by=two.town.coordinator, for_=two.town.centre)


def copies(two: Pair) -> set[tuple[Any, str]]:
    """Return who is named for which class by what was copied to the case that stayed."""
    rows = ConsentRecipient.objects.filter(
        case_id=two.stays.case.pk, consent__in=Consent.objects.exclude(copied_from=None)
    )
    return {(one.organisation_id, code) for one in rows for code in one.data_classes}


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_who_is_shut_out_of_the_one_that_stays_is_shut_out_of_the_other(two: Pair, first: bool) -> None:
    outreach = two.town.outreach
    assert sees(outreach, two.goes)
    if first:
        bar(two, two.stays.case, outreach)
    joined(two)
    if not first:
        bar(two, two.fresh()[0], outreach)
    assert not sees(outreach, two.fresh()[1])


def test_who_is_shut_out_of_the_one_that_went_later_is_shut_out_of_the_one_that_stays(two: Pair) -> None:
    joined(two)
    stays, goes = two.fresh()
    assert sees(two.town.social_worker, stays)
    bar(two, goes, two.town.social_worker)
    assert not sees(two.town.social_worker, stays)


def test_notes_open_to_nobody_by_a_copied_consent(two: Pair) -> None:
    joined(two)
    assert {organisation for organisation, _code in copies(two)} == {two.town.society.id, two.town.clinic.id}
    assert "narrative" not in {code for _organisation, code in copies(two)}


def test_whom_a_withdrawal_named_is_not_named_again(two: Pair) -> None:
    """The consent of the case that stays named the society and the clinic, as the copied one would."""
    withdraw_consent(two.stays.centre, two.stays.consent)
    joined(two)
    assert copies(two) == set()


def test_who_was_named_anew_after_a_withdrawal_is_named(two: Pair) -> None:
    withdraw_consent(two.stays.centre, two.stays.agree(two.town.clinic))
    terms = consent_to(two.town.clinic, classes=CLASSES)
    record_consent(
        actor(two.town.social_worker), two.stays.case, terms=terms, organisation_id=two.town.centre.id
    )
    joined(two)
    assert two.town.clinic.id in {organisation for organisation, _code in copies(two)}
