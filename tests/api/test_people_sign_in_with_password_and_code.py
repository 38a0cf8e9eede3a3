"""The whole way in, through the real middleware: what opens the API, and everything that does not."""

from typing import Any

import pytest
from django.conf import settings

from audit.acts import act
from backend.teams.models import Membership, User
from tests.api.audit import Audit
from tests.api.client import Api
from tests.api.signing_in import AUTH, PASSWORD, SECRET, Browser, Clock, person
from tests.world import BUILDER, Town, ago, seat

ME = "/api/v1/me"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def browser() -> Browser:
    return Browser()


def enter(browser: Browser, clock: Clock, user: User) -> None:
    assert browser.sign_in(user).status == 401
    assert browser.show_code(clock.code()).status == 200


def end(row: Any, **values: Any) -> None:
    with act(BUILDER, "test.end"):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def test_password_then_code_opens_the_api(browser: Browser, clock: Clock) -> None:
    user = person()
    first = browser.sign_in(user)
    assert first.status == 401
    pending = [flow for flow in first.json["data"]["flows"] if flow.get("is_pending")]
    assert [flow["id"] for flow in pending] == ["mfa_authenticate"]
    assert browser.get(ME).status == 401
    assert browser.show_code(clock.code()).status == 200
    me = browser.get(ME)
    assert me.status == 200
    assert (me.json["username"], me.json["second_factors"]) == (user.username, ["totp"])


def test_the_cookie_is_new_after_signing_in_and_well_kept(browser: Browser, clock: Clock) -> None:
    user = person()
    browser.sign_in(user)
    before = browser.session
    answer = browser.show_code(clock.code())
    assert browser.session not in {"", before}
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/",
    )
    assert not cookie["domain"]


def test_a_wrong_password_and_an_unknown_name_look_the_same(browser: Browser) -> None:
    wrong = browser.sign_in(person(), "not-the-password-at-all")
    unknown = browser.sign_in(User(username="nobody-of-that-name"))
    assert wrong.status == unknown.status == 400
    assert wrong.json["errors"] == unknown.json["errors"]


def test_a_wrong_code_does_not_open(browser: Browser, clock: Clock) -> None:
    browser.sign_in(person())
    wrong = "000000" if clock.code() != "000000" else "000001"
    assert browser.show_code(wrong).status == 400
    assert browser.get(ME).status == 401


def test_a_code_opens_once(browser: Browser, clock: Clock) -> None:
    user = person()
    enter(browser, clock, user)
    second = Browser()
    second.sign_in(user)
    assert second.show_code(clock.code()).status == 400
    assert second.get(ME).status == 401
    clock.now += 30
    assert second.show_code(clock.code()).status == 200


def test_a_code_without_the_password_opens_nothing(browser: Browser, clock: Clock) -> None:
    person()
    assert browser.show_code(clock.code()).status == 401
    assert browser.get(ME).status == 401


def test_with_the_password_alone_nothing_opens_until_a_factor_is_added(
    browser: Browser, clock: Clock
) -> None:
    user = person(totp=False)
    assert browser.sign_in(user).status == 200
    assert browser.get(ME).status == 401
    for path in ("account/authenticators/recovery-codes",):
        assert browser.get(f"{AUTH}/{path}").status == 401
    change = {"current_password": PASSWORD, "new_password": "sasvim-nova-lozinka-7"}
    assert browser.post(f"{AUTH}/account/password/change", change).status == 401
    offered = browser.get(f"{AUTH}/account/authenticators/totp")
    assert offered.status == 404
    secret = offered.json["meta"]["secret"]
    assert browser.post(f"{AUTH}/account/authenticators/totp", {"code": "abc"}).status == 400
    assert browser.get(ME).status == 401
    before = browser.session
    added = browser.post(f"{AUTH}/account/authenticators/totp", {"code": clock.code(secret)})
    assert added.status == 200
    assert browser.session != before
    assert browser.get(ME).json["second_factors"] == ["recovery_codes", "totp"]


def test_an_old_password_session_is_worth_nothing_once_a_factor_exists(clock: Clock) -> None:
    user = person(totp=False)
    early, late = Browser(), Browser()
    early.sign_in(user)
    late.sign_in(user)
    secret = late.get(f"{AUTH}/account/authenticators/totp").json["meta"]["secret"]
    late.post(f"{AUTH}/account/authenticators/totp", {"code": clock.code(secret)})
    assert early.get(ME).status == 401
    assert early.get(f"{AUTH}/account/authenticators/totp").status == 401
    assert early.delete(f"{AUTH}/account/authenticators/totp").status == 401
    assert early.get(f"{AUTH}/account/authenticators/recovery-codes").status == 401
    assert late.get(ME).status == 200


def test_a_second_authenticator_does_not_replace_the_first_unasked(browser: Browser, clock: Clock) -> None:
    user = person()
    enter(browser, clock, user)
    assert browser.post(f"{AUTH}/account/authenticators/totp", {"code": clock.code()}).status == 409


def test_a_seed_being_added_is_not_readable_in_the_database(browser: Browser, admin: Any) -> None:
    browser.sign_in(person(totp=False))
    secret = browser.get(f"{AUTH}/account/authenticators/totp").json["meta"]["secret"]
    rows = admin.execute("SELECT session_key, session_data FROM teams_session").fetchall()
    assert rows
    assert not any(secret in text or browser.session in text for row in rows for text in row)


def test_without_the_csrf_token_nothing_changes(browser: Browser, clock: Clock) -> None:
    user = person()
    enter(browser, clock, user)
    bare = browser.django.patch(
        ME, {"language": "en"}, content_type="application/json", headers={"If-Match": '"1"'}
    )
    assert bare.status_code == 403
    assert browser.patch(ME, {"language": "en"}, If_Match='"1"').status == 200
    login = browser.django.post(f"{AUTH}/auth/login", {"username": "x"}, content_type="application/json")
    assert login.status_code == 403


def test_an_account_that_is_switched_off_is_out_at_the_next_request(browser: Browser, clock: Clock) -> None:
    user = person()
    enter(browser, clock, user)
    end(user, is_active=False)
    assert browser.get(ME).status == 401
    clock.now += 30
    again = Browser()
    assert again.sign_in(user).status != 200
    assert again.show_code(clock.code()).status == 401


def test_an_expired_membership_gives_no_seat_at_the_next_request(
    browser: Browser, clock: Clock, town: Town
) -> None:
    user = person()
    membership: Membership = seat(user, "member", team=town.team, organisation=town.clinic)
    enter(browser, clock, user)
    assert [found["role"] for found in browser.get(ME).json["seats"]] == ["member"]
    end(membership, valid_until=ago(seconds=1))
    assert browser.get(ME).json["seats"] == []


def test_signed_out_is_out(browser: Browser, clock: Clock) -> None:
    enter(browser, clock, person())
    old = browser.session
    assert browser.delete(f"{AUTH}/auth/session").status == 401
    assert browser.get(ME).status == 401
    browser.django.cookies[settings.SESSION_COOKIE_NAME] = old
    assert browser.get(ME).status == 401


def test_a_new_password_ends_other_sessions_and_must_be_strong(clock: Clock) -> None:
    user = person()
    here, there = Browser(), Browser()
    enter(here, clock, user)
    clock.now += 30
    enter(there, clock, user)
    change = f"{AUTH}/account/password/change"
    assert here.post(change, {"current_password": PASSWORD, "new_password": "short"}).status == 400
    assert (
        here.post(change, {"current_password": "wrong", "new_password": "sasvim-nova-lozinka-7"}).status
        == 400
    )
    assert (
        here.post(change, {"current_password": PASSWORD, "new_password": "sasvim-nova-lozinka-7"}).status
        == 200
    )
    assert here.get(ME).status == 200
    assert there.get(ME).status == 401


def test_nobody_signs_up_or_manages_addresses_here(browser: Browser) -> None:
    for path in ("auth/signup", "account/email", "account/phone", "auth/provider/redirect"):
        assert browser.post(f"{AUTH}/{path}", {"username": "x", "password": PASSWORD}).status == 404
    flows = browser.get(f"{AUTH}/auth/session").json["data"]["flows"]
    assert "signup" not in {flow["id"] for flow in flows}


def test_recovery_codes_open_once_each(browser: Browser, clock: Clock) -> None:
    user = person()
    enter(browser, clock, user)
    browser.post(f"{AUTH}/auth/reauthenticate", {"password": PASSWORD})
    made = browser.post(f"{AUTH}/account/authenticators/recovery-codes", {})
    code = made.json["data"]["unused_codes"][0]
    other = Browser()
    other.sign_in(user)
    assert other.show_code(code).status == 200
    assert other.get(ME).status == 200
    third = Browser()
    third.sign_in(user)
    assert third.show_code(code).status == 400


def test_everything_at_the_door_is_in_the_national_log(clock: Clock, audit: Audit) -> None:
    user, browser = person(), Browser()
    browser.sign_in(user, "not-the-password-at-all")
    browser.sign_in(user)
    browser.show_code("12345x")
    browser.show_code(clock.code())
    browser.delete(f"{AUTH}/auth/session")
    mine = [entry for entry in audit.entries() if str(user.id) == entry["object_id"]]
    told = [(entry["verb"], entry["outcome"], entry["code"]) for entry in mine]
    assert told[-5:] == [
        ("account.signed_in", "denied", "wrong_credentials"),
        ("account.signed_in", "denied", "wrong_code"),
        ("account.factor_used", "success", ""),
        ("account.signed_in", "success", ""),
        ("account.signed_out", "success", ""),
    ]
    assert {entry["log"].int for entry in mine} == {0}
    assert all(entry["request_id"] for entry in mine[-5:])
    everything = " ".join(str(entry["said"]) for entry in audit.entries())
    for secret in (PASSWORD, SECRET, "not-the-password", "12345x", user.username):
        assert secret not in everything


def test_guessing_is_slowed_down(browser: Browser) -> None:
    user = person()
    answers = [browser.sign_in(user, "not-the-password-at-all").json for _attempt in range(6)]
    assert "too_many_login_attempts" in str(answers[-1])
    assert browser.sign_in(user).status in {400, 429}


def test_no_other_scheme_is_a_way_in(stranger: Api) -> None:
    for header in ("Basic YTpi", "Bearer x", "Token x", "Bearer spona_mt_" + "a" * 43, ""):
        answer = stranger.get(ME, Authorization=header)
        assert (answer.status, answer.code) == (401, "invalid_credentials")
    assert stranger.get(ME).code == "not_authenticated"
