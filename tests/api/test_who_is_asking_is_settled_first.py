"""Two doors: a machine token in its header, a session with its second factor. No other, and no half."""

import pytest
from django.conf import settings

from backend.teams import tokens
from backend.teams.models import MachineToken
from tests.api.client import Api, browser_for, client_for, token_of
from tests.world import BUILDER, Town, ago, saved

pytestmark = pytest.mark.urls("tests.api.sample")

LIST = "/api/v1/boxes"


def test_nobody_is_told_how_to_sign_in(stranger: Api) -> None:
    answer = stranger.get(LIST)
    assert (answer.status, answer.code) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="spona"'


def test_a_token_is_the_person_it_acts_for(town: Town) -> None:
    assert client_for(town.coordinator).get(LIST).status == 200


@pytest.mark.parametrize(
    "header",
    [
        "Bearer spona_mt_wrong",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Token abc",
        "spona_mt_x",
        "Bearer spona_mt_" + "x" * 500,
        "Bearer žeton",
        "Bearer spona_mt_a spona_mt_b",
    ],
)
def test_another_header_is_a_401(header: str) -> None:
    answer = Api(Authorization=header.encode().decode("latin-1")).get(LIST)
    assert (answer.status, answer.code) == (401, "invalid_credentials")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_ends_at_once(town: Town) -> None:
    api = client_for(town.coordinator)
    assert api.get(LIST).status == 200
    tokens.revoke(BUILDER, MachineToken.objects.get(acting_for=town.coordinator))
    assert api.get(LIST).code == "invalid_credentials"


def test_a_token_ends_with_the_membership(town: Town) -> None:
    api = client_for(town.nurse)
    assert api.get(LIST).status == 200
    membership = town.nurse.memberships.get()
    membership.valid_until = ago(seconds=1)
    saved(membership)
    assert api.get(LIST).code == "invalid_credentials"


def test_an_account_switched_off_is_nobody(town: Town) -> None:
    token, browser = client_for(town.nurse), browser_for(town.nurse)
    town.nurse.is_active = False
    saved(town.nurse)
    assert token.get(LIST).status == 401
    assert browser.get(LIST).status == 401


def test_a_session_with_its_second_factor_is_let_in(town: Town) -> None:
    assert browser_for(town.coordinator).get(LIST).status == 200


def test_a_session_with_the_password_alone_is_nobody(town: Town) -> None:
    answer = browser_for(town.coordinator, second=False).get(LIST)
    assert (answer.status, answer.code) == (401, "not_authenticated")


def test_a_made_up_session_is_nobody(stranger: Api) -> None:
    stranger.django.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert stranger.get(LIST).status == 401


def test_a_token_in_the_address_is_not_read(town: Town) -> None:
    secret = token_of(town.coordinator, team=town.team)
    assert Api().get(LIST, query={"access_token": secret}).status == 401


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_browser_needs_the_csrf_token_to_change(town: Town, method: str) -> None:
    api = browser_for(town.coordinator)
    api.headers["X-CSRFToken"] = "d" * 32
    api.headers.pop("X_CSRFToken")
    path = LIST if method == "POST" else f"{LIST}/{town.team.id}"
    answer = api.send(method, path, {})
    assert (answer.status, answer.code) == (403, "csrf_failed")


def test_a_token_needs_no_csrf_token(town: Town) -> None:
    assert client_for(town.coordinator).post(LIST, {}).status == 422


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_sent_by_another_site_is_refused(town: Town, site: str) -> None:
    answer = browser_for(town.coordinator).get(LIST, Sec_Fetch_Site=site)
    assert (answer.status, answer.code) == (403, "cross_site")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_own_site_is_let_in(town: Town, site: str) -> None:
    assert browser_for(town.coordinator).get(LIST, Sec_Fetch_Site=site).status == 200


def test_a_token_may_come_from_anywhere(town: Town) -> None:
    assert client_for(town.coordinator).get(LIST, Sec_Fetch_Site="cross-site").status == 200
