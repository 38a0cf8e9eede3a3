"""GET and PATCH /me: what awaits the person, and where letters go."""

from datetime import timedelta

import pytest

from backend.teams.models import User
from tests.api.client import browser_for, client_for
from tests.api.referral_loop import Street, street
from tests.world import Town, make_user

ME = "/api/v1/me"


@pytest.fixture
def referred(town: Town) -> Street:
    found = street(town)
    assert found.refer().status == 201
    return found


def test_a_request_awaits_the_recipient_until_it_answers(town: Town, referred: Street) -> None:
    nurse = browser_for(town.nurse)
    assert nurse.get(ME).json["pending"] == 1
    (line,) = nurse.get("/api/v1/inbox").json["to_answer"]
    assert nurse.post(f"/api/v1/referrals/{line['id']}/accept", {}).status == 200
    assert nurse.get(ME).json["pending"] == 0


def test_what_awaits_others_is_not_counted(town: Town, referred: Street) -> None:
    assert browser_for(town.outreach).get(ME).json["pending"] == 0
    assert browser_for(town.social_worker).get(ME).json["pending"] == 0
    assert browser_for(make_user()).get(ME).json["pending"] == 0


def test_an_address_for_letters_is_set_with_a_factor_shown_just_now_and_no_machine_is_told(
    town: Town,
) -> None:
    api = browser_for(town.nurse)
    answer = api.patch(ME, {"email": "sestra@example.org"}, If_Match=api.get(ME).headers["ETag"])
    assert (answer.status, answer.json["email"]) == (200, "sestra@example.org")
    assert User.objects.get(pk=town.nurse.pk).email == "sestra@example.org"
    assert client_for(town.nurse).get(ME).json["email"] == ""


def test_without_one_it_stays_and_the_language_still_changes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = browser_for(town.nurse)
    monkeypatch.setattr("backend.teams.factor_marks.FRESH", timedelta())
    version = api.get(ME).headers["ETag"]
    answer = api.patch(ME, {"email": "drugi@example.org"}, If_Match=version)
    assert (answer.status, answer.code) == (403, "step_up_required")
    assert User.objects.get(pk=town.nurse.pk).email == ""
    assert api.patch(ME, {"language": "sr-Cyrl"}, If_Match=version).json["language"] == "sr-Cyrl"


def test_what_is_no_address_is_refused(town: Town) -> None:
    api = browser_for(town.nurse)
    answer = api.patch(ME, {"email": "sestra"}, If_Match=api.get(ME).headers["ETag"])
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/email")
