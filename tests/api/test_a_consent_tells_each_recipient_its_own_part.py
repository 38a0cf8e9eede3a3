"""A consent tells a recipient what that recipient is given, and nothing of what another is."""

import pytest

from tests.api.client import browser_for
from tests.api.referral_loop import Street, street
from tests.world import Town

OURS, THEIRS = ["basic_profile", "needs"], ["health", "justice_transition"]


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.fixture
def consent(town: Town, way: Street) -> str:
    """Return the id of a consent that gives the clinic two classes and the society two others."""
    body = {
        "purposes": ["referral"],
        "data_classes": [*OURS, *THEIRS],
        "recipients": [
            {"organisation": str(town.clinic.id), "data_classes": OURS},
            {"organisation": str(town.society.id), "data_classes": THEIRS},
        ],
    }
    made = way.by("social_worker").post(f"/api/v1/cases/{way.loop.case.id}/consents", body)
    assert made.status == 201, made.raw
    assert sorted(made.json["data_classes"]) == sorted([*OURS, *THEIRS])
    key = way.refer().json["id"]
    assert way.step(key, "accept", by="nurse").status == 200
    return str(made.json["id"])


def test_a_recipient_reads_the_classes_it_is_given(town: Town, way: Street, consent: str) -> None:
    alone = way.by("nurse").get(f"/api/v1/consents/{consent}").json
    assert [one["organisation"] for one in alone["recipients"]] == [str(town.clinic.id)]
    assert alone["data_classes"] == OURS
    listed = way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}/consents").json["results"]
    assert [one["data_classes"] for one in listed if one["id"] == consent] == [OURS]


def test_a_recipient_that_withdraws_it_is_told_no_more(way: Street, consent: str) -> None:
    gone = way.by("nurse").post(f"/api/v1/consents/{consent}/withdraw", {})
    assert (gone.status, gone.json["data_classes"]) == (200, OURS)


@pytest.mark.parametrize("who", ["social_worker", "coordinator"])
def test_who_opened_the_case_or_coordinates_reads_them_all(way: Street, consent: str, who: str) -> None:
    user = getattr(way.loop.town, who)
    seen = browser_for(user).get(f"/api/v1/consents/{consent}").json
    assert sorted(seen["data_classes"]) == sorted([*OURS, *THEIRS])
    assert len(seen["recipients"]) == 2
