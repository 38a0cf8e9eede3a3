"""WebAuthn through the real middleware: a key is registered, signs in, and is needed by the roles that open much."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from backend.teams import factor_marks
from backend.teams.models import User
from tests.api.audit import Audit
from tests.api.signing_in import AUTH, KEYS, Browser, Clock, person, with_key
from tests.world import Town, seat

ME = "/api/v1/me"
PLACED = {"municipal_lead"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def browser() -> Browser:
    return Browser()


def holding(role: str, **how: Any) -> User:
    user = person(**how)
    seat(user, role, **({"team": Town().team} if role in PLACED else {}))
    return user


def test_a_key_is_registered_and_signs_in(browser: Browser, audit: Audit) -> None:
    user = holding("municipal_lead", totp=False)
    assert browser.sign_in(user).status == 200
    assert browser.get(ME).status == 401
    before = browser.session
    assert browser.add_key(user).status == 200
    assert browser.session != before
    assert browser.get(ME).json["second_factors"] == ["recovery_codes", "webauthn"]
    again = Browser()
    assert again.sign_in(user).status == 401
    assert again.get(ME).status == 401
    assert again.show_key(user).status == 200
    assert again.get(ME).status == 200
    told = [entry["verb"] for entry in audit.entries() if entry["object_id"] == str(user.id)]
    assert told.count("account.factor_added") == 2, "the key and the recovery codes"
    assert told[-2:] == ["account.factor_used", "account.signed_in"]


@pytest.mark.parametrize("role", sorted(factor_marks.NEED_KEY))
def test_a_code_alone_opens_nothing_for_such_a_role(browser: Browser, clock: Clock, role: str) -> None:
    user = holding(role)
    browser.sign_in(user)
    assert browser.show_code(clock.code()).status == 200
    refused = browser.get(ME)
    assert (refused.status, refused.code) == (401, "security_key_required")
    assert "WebAuthn" in refused.json["detail"]
    assert browser.add_key(user).status == 200
    assert browser.get(ME).status == 200


@pytest.mark.parametrize("role", ["coordinator", "member", "data_protection_officer"])
def test_a_code_is_enough_for_the_others(browser: Browser, clock: Clock, role: str) -> None:
    town, user = Town(), person()
    where = {} if role == "data_protection_officer" else {"organisation": town.clinic}
    seat(user, role, team=town.team, **where)
    browser.sign_in(user)
    browser.show_code(clock.code())
    assert browser.get(ME).status == 200


def test_a_code_cannot_add_a_key_beside_the_one_that_there_is(browser: Browser, clock: Clock) -> None:
    user = with_key(holding("platform_admin"))
    browser.sign_in(user)
    browser.show_code(clock.code())
    assert browser.get(KEYS).status == 401
    assert browser.get(ME).code == "security_key_required"
    for path in ("account/authenticators/totp", "account/authenticators/recovery-codes"):
        assert browser.get(f"{AUTH}/{path}").status == 401
    browser.sign_in(user)
    assert browser.show_key_again(user).status == 200
    assert browser.get(ME).status == 200


def test_a_recovery_code_does_not_stand_for_the_key(browser: Browser) -> None:
    user = holding("municipal_lead", totp=False)
    browser.sign_in(user)
    browser.add_key(user)
    codes = browser.get(f"{AUTH}/account/authenticators/recovery-codes").json["data"]["unused_codes"]
    again = Browser()
    again.sign_in(user)
    assert again.show_code(codes[0]).status == 200
    assert again.get(ME).code == "security_key_required"
    assert again.get(KEYS).status == 401


def test_a_role_given_meanwhile_closes_the_session_of_a_code(browser: Browser, clock: Clock) -> None:
    user = person()
    browser.sign_in(user)
    browser.show_code(clock.code())
    assert browser.get(ME).status == 200
    seat(user, "directory_admin")
    assert browser.get(ME).code == "security_key_required"


def test_the_last_key_of_such_a_role_stays(browser: Browser) -> None:
    user = with_key(holding("release_officer"))
    browser.sign_in(user)
    browser.show_key(user)
    (held,) = Authenticator.objects.filter(user_id=user.pk, type="webauthn")
    assert browser.delete(KEYS, {"authenticators": [held.pk]}).status == 409
    assert browser.add_key(user, "second").status == 200
    assert browser.delete(KEYS, {"authenticators": [held.pk]}).status == 200
    assert Authenticator.objects.filter(user_id=user.pk, type="webauthn").count() == 1


def test_nobody_takes_the_key_of_somebody_else_away(browser: Browser) -> None:
    user, other = with_key(person(totp=False)), with_key(person(totp=False))
    browser.sign_in(user)
    browser.show_key(user)
    foreign = Authenticator.objects.get(user_id=other.pk, type="webauthn").pk
    assert browser.delete(KEYS, {"authenticators": [foreign]}).status == 400
    assert Authenticator.objects.filter(pk=foreign).exists()
    assert browser.django.put(KEYS, "{}", content_type="application/json").status_code == 405
