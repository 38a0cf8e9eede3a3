"""Over HTTP: a role given to, or left over from, somebody of another town is no way into that account."""

import pytest

from backend.teams.models import Membership, User
from tests.api.audit import Audit
from tests.api.client import browser_for, client_for
from tests.world import Town, ago, national, seat

MEMBERS = "/api/v1/members"
RECOVERIES = "/api/v1/recoveries"
ME = "/api/v1/me"


def given(town: Town, user: User) -> str:
    said = {"username": user.username, "role": "member", "team": str(town.team.id)}
    made = browser_for(town.coordinator).post(MEMBERS, {**said, "organisation": str(town.clinic.id)})
    assert made.status == 201
    return str(made.json["id"])


@pytest.mark.parametrize("verb", ["disable", "sign-out"])
def test_a_role_just_given_closes_nobody_out(town: Town, audit: Audit, verb: str) -> None:
    stranger = Town().coordinator
    session, at = browser_for(stranger), given(town, stranger)
    answer = browser_for(town.coordinator).post(f"{MEMBERS}/{at}/{verb}", {})
    assert (answer.status, answer.code) == (403, "forbidden")
    assert session.get(ME).status == 200
    assert [entry["log"] for entry in audit.denied()] == [town.team.id]


@pytest.mark.parametrize("verb", ["disable", "sign-out"])
def test_a_role_that_is_over_is_as_good_as_absent(town: Town, verb: str) -> None:
    user = Town().nurse
    over = seat(user, "member", team=town.team, organisation=town.clinic, valid_until=ago(minutes=1))
    absent = browser_for(town.coordinator).post(f"{MEMBERS}/{User(username='x').id}/{verb}", {})
    answer = browser_for(town.coordinator).post(f"{MEMBERS}/{over.id}/{verb}", {})
    assert (answer.status, answer.code) == (absent.status, absent.code) == (404, "not_found")
    answer = browser_for(town.coordinator).post(RECOVERIES, {"membership": str(over.id)})
    assert answer.json["errors"][0]["code"] == "unknown_id"


def test_nobody_of_another_town_is_let_in(town: Town) -> None:
    at = given(town, Town().nurse)
    answer = browser_for(town.coordinator).post(RECOVERIES, {"membership": at})
    assert (answer.status, answer.code) == (403, "forbidden")


def test_the_platform_switches_an_account_on_again(town: Town) -> None:
    nurse, token = town.nurse, client_for(town.nurse)
    at = f"{MEMBERS}/{Membership.objects.get(user=nurse).id}"
    assert browser_for(town.lead).post(f"{at}/disable", {}).status == 200
    assert browser_for(town.lead).post(f"{at}/enable", {}).code == "forbidden"
    platform = browser_for(national("platform_admin"))
    done = platform.post(f"{at}/enable", {})
    assert (done.status, done.json["user"]["is_active"]) == (200, True)
    assert platform.post(f"{at}/enable", {}).code == "account_is_on"
    assert browser_for(nurse).get(ME).status == 401, "the round has moved on"
    assert browser_for(User.objects.get(pk=nurse.pk)).get(ME).status == 200
    assert token.get(ME).status == 401


def test_switching_on_asks_for_the_factor_and_takes_no_token(town: Town) -> None:
    at = f"{MEMBERS}/{Membership.objects.get(user=town.nurse).id}/enable"
    administrator = national("platform_admin")
    assert client_for(administrator).post(at, {}).code == "not_for_machines"
