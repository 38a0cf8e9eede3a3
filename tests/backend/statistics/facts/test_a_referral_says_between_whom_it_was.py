"""P9, P10, A5: consent, sectors and towns of a referral as it was sent, and what of it a team's fact does not show."""

from backend.statistics.facts import marks
from backend.statistics.facts.model import REFERRAL
from backend.statistics.facts.of_case import facts_of
from tests.backend.statistics.facts.stories import (
    AWAY,
    CLINIC,
    HERE,
    Q3,
    SOCIETY,
    TEAM,
    fact_with,
    of_referral,
    person,
    referral,
)

SENT = ("07-02", "requested")
SECRET = ("WV-SAF", "WV-LEG", "PR-PRE", "PR-PRO", "TX-HIC", "TX-HCC", "TX-DUA", "FA-PRG", "FA-CHI")


def test_a_referral_on_a_consent_is_consented_and_one_on_an_exception_is_not() -> None:
    assert of_referral(referral(SENT))[marks.CONSENTED] == 1
    assert of_referral(referral(SENT, by_consent=False))[marks.CONSENTED] == 0


def test_a_consent_that_was_withdrawn_later_held_when_it_was_sent() -> None:
    said = referral(SENT, ("07-20", "cancelled", "consent-withdrawn"))
    assert of_referral(said)[marks.CONSENTED] == 1


def test_from_one_sector_to_another_is_across_and_an_unknown_sector_is_none() -> None:
    for sender, receiver, across, to_cso in (
        ("health", "cso", 1, 1),
        ("cso", "cso", 0, 1),
        ("cso", "health", 1, 0),
        ("health", "", 0, 0),
    ):
        found = of_referral(referral(SENT, sector_from=sender, sector_to=receiver))
        assert (found[marks.CROSS_SECTOR], found[marks.TO_CSO]) == (across, to_cso), (sender, receiver)


def test_elsewhere_is_another_town_than_the_team_s_where_the_town_is_known() -> None:
    for town, located, elsewhere in ((HERE, 1, 0), (AWAY, 1, 1), ("", 0, 0)):
        found = of_referral(referral(SENT, town=town))
        assert (found[marks.LOCATED], found[marks.ELSEWHERE]) == (located, elsewhere), town


def test_all_of_it_is_said_once_in_the_quarter_of_the_sending() -> None:
    said = referral(("06-30 23:59:59", "requested"), ("07-02", "accepted"), town=AWAY)
    sending = {marks.CONSENTED, marks.CROSS_SECTOR, marks.TO_CSO, marks.LOCATED, marks.ELSEWHERE}
    assert not of_referral(said).keys() & sending


def test_a_fact_names_team_sides_sectors_and_service_but_neither_case_nor_referral() -> None:
    fact = fact_with(marks.REQUESTED, person(referral(SENT)), Q3, REFERRAL)
    assert (fact.team_id, fact.organisation_from, fact.organisation_to) == (TEAM, CLINIC, SOCIETY)
    assert (fact.sector_from, fact.sector_to) == ("health", "cso")
    assert (fact.service_code, fact.service_group, fact.quarter) == ("TX-OPC", "TX", "2026-Q3")


def test_a_secret_service_is_counted_in_the_team_without_code_group_or_sector() -> None:
    for service in SECRET:
        said = referral(
            SENT, ("07-05", "accepted"), ("07-09", "failed", "client-moved"),
            service=service, sector_to="prison_health",
        )  # fmt: skip
        for fact in facts_of(person(said), Q3):
            if fact.team_id is not None:
                assert (fact.service_code, fact.service_group, fact.sector_to) == ("", "", ""), service
        assert of_referral(said)[marks.REQUESTED] == of_referral(said)[marks.CROSS_SECTOR] == 1


def test_no_other_service_is_hidden_by_mistake() -> None:
    for service in ("TX-OAM", "HR-HIV", "SO-SHE", "FA-FAM"):
        fact = fact_with(marks.REQUESTED, person(referral(SENT, service=service)), Q3, REFERRAL)
        assert fact.service_code == service
