"""A worker whose membership lists services sees a case by a referral to one of these, and by no other referral."""

from typing import Any

import pytest
from django.utils import timezone

from backend.cases.models import Case
from backend.cases.reading import read_facts
from backend.referrals.models import Referral
from permissions import grants
from permissions.scope import NotFound, visible_to
from tests.backend.cases.papers import Open, full
from tests.world import Town, actor, ahead, by_hand, saved


def referred(town: Town, case: Case, service_code: str) -> Referral:
    """Put an accepted referral to the clinic into the case, with the reason that it gives."""
    number = Referral.objects.filter(case=case).count() + 1
    referral: Referral = saved(
        Referral(
            case=case,
            team=town.team,
            code=f"{case.code}-R{number:02}",
            number=number,
            requester_organisation=town.society,
            recipient_organisation=town.clinic,
            created_by=town.outreach.id,
            service_code=service_code,
            urgency="routine",
            handover_mode="card",
            status="accepted",
            sent_at=timezone.now(),
            basis_until=ahead(days=30),
        )
    )
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    with by_hand():
        grants.give(
            case,
            group=group,
            codename=grants.SEES_CASE,
            reason="referral_received",
            source_id=referral.id,
            until=referral.basis_until,
        )
    return referral


def seen(user: Any, town: Town) -> set[Case]:
    return set(visible_to(actor(user), Case.objects.filter(team=town.team), "case.view_coded"))


@pytest.fixture
def limited(town: Town) -> Any:
    return town.worker("member", town.clinic, services=["HR-NSP"])


def test_only_referrals_to_the_listed_services_open_their_case(
    town: Town, opened: Open, limited: Any
) -> None:
    needles, testing = opened(consent=full(town.clinic)), opened(consent=full(town.clinic))
    referred(town, needles, "HR-NSP")
    referred(town, testing, "HR-HIV")
    assert seen(limited, town) == {needles}
    assert seen(town.nurse, town) == {needles, testing}
    assert read_facts(actor(limited), needles).purpose == "referral_received"
    with pytest.raises(NotFound):
        read_facts(actor(limited), testing)


def test_one_referral_of_two_is_enough(town: Town, opened: Open, limited: Any) -> None:
    case = opened(consent=full(town.clinic))
    referred(town, case, "HR-HIV")
    referred(town, case, "HR-NSP")
    assert seen(limited, town) == {case}
    assert len(read_facts(actor(limited), case).standing.reasons) == 1
    assert len(read_facts(actor(town.nurse), case).standing.reasons) == 2


def test_what_the_organisation_opened_itself_stays_in_sight(town: Town, opened: Open, limited: Any) -> None:
    case = opened(by=town.nurse, organisation=town.clinic, consent=full(town.clinic))
    assert seen(limited, town) == {case}


def test_no_service_at_all_opens_no_referral(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.clinic))
    referred(town, case, "HR-NSP")
    nobody = town.worker("member", town.clinic, services=[])
    assert seen(nobody, town) == set()
