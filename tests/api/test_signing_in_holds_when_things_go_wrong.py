"""Around the door: a forgotten password, an audit that cannot be written, idle times by role, hostile
input."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from audit import recorder
from audit.acts import act
from audit.recorder import AuditUnavailable
from backend.teams.models import Session, User
from tests.api.signing_in import AUTH, PASSWORD, Browser, Clock, person
from tests.world import BUILDER, Town, make_user, seat

ME = "/api/v1/me"
NEW_PASSWORD = "sasvim-nova-lozinka-7"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "backend.teams.mail.PrivateFiles")
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", str(tmp_path), raising=False)
    return tmp_path


def with_address(user: User) -> str:
    address = f"{user.username}@example.org"
    with act(BUILDER, "test.address", user):
        user.email = address
        user.save()
    return address


def test_a_forgotten_password_is_reset_by_letter(browser: Browser, clock: Clock, letters: Path) -> None:
    user = person()
    seat(user, "data_protection_officer", team=Town().team)
    asked = browser.post(f"{AUTH}/auth/password/request", {"email": with_address(user)})
    assert asked.status == 200
    (letter,) = letters.iterdir()
    found = re.search(r"/reset-password#([\w-]+)\s", letter.read_text().replace("=\n", ""))
    assert found is not None
    key = found.group(1)
    reset = f"{AUTH}/auth/password/reset"
    assert browser.post(reset, {"key": key, "password": "short"}).status == 400
    assert browser.post(reset, {"key": key, "password": NEW_PASSWORD}).status == 401
    assert browser.get(ME).status == 401
    assert Browser().sign_in(user, PASSWORD).status == 400
    again = Browser()
    assert again.sign_in(user, NEW_PASSWORD).status == 401
    assert again.show_code(clock.code()).status == 200
    assert Browser().post(reset, {"key": key, "password": NEW_PASSWORD}).status == 400


def test_an_address_that_nobody_has_gets_the_same_answer_and_no_letter(
    browser: Browser, letters: Path
) -> None:
    known = browser.post(f"{AUTH}/auth/password/request", {"email": with_address(person())})
    unknown = Browser().post(f"{AUTH}/auth/password/request", {"email": "nobody@example.org"})
    assert (known.status, known.json) == (unknown.status, unknown.json)
    assert len(list(letters.iterdir())) == 1


def test_nobody_is_let_in_without_an_entry(
    browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = person()
    browser.sign_in(user)

    def unavailable(*_args: Any, **_kwargs: Any) -> None:
        raise AuditUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(recorder, "record", unavailable)
        assert browser.show_code(clock.code()).status == 503
    assert browser.get(ME).status == 401


@pytest.mark.parametrize(
    ("role", "minutes"),
    [
        ("member", 30),
        ("municipal_lead", 15),
        ("data_protection_officer", 30),
        ("platform_admin", 15),
        ("key_custodian", 15),
        ("directory_admin", 15),
    ],
)
def test_the_idle_time_is_short_for_leads_and_administrators(
    browser: Browser, clock: Clock, role: str, minutes: int
) -> None:
    town, user = Town(), person()
    values: dict[str, Any] = {}
    if role in {"member", "municipal_lead", "data_protection_officer"}:
        values["team"] = town.team
    if role == "member":
        values["organisation"] = town.clinic
    seat(user, role, **values)
    browser.sign_in(user)
    answer = browser.show_code(clock.code())
    age = int(answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"])
    assert minutes * 60 - 10 <= age <= minutes * 60


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "x"},
        {"username": "x" * 5000, "password": "y" * 5000},
        {"username": "a\u0000b", "password": "c"},
        {"username": ["x"], "password": {"y": 1}},
        {"username": "' OR 1=1 --", "password": "' OR 1=1 --"},
        {"username": "Ђ" * 70, "password": "Ж" * 300},
        {"email": "a@example.org", "password": PASSWORD},
        {"phone": "+38164123456", "password": PASSWORD},
    ],
)
def test_hostile_names_and_passwords_are_refused_quietly(browser: Browser, body: dict[str, Any]) -> None:
    answer = browser.post(f"{AUTH}/auth/login", body)
    assert answer.status in {400, 429}
    assert browser.get(ME).status == 401


@pytest.mark.parametrize(
    "code", ["", "abc", "٣٤٥٦٧٨", "1" * 5000, "123 456 7", None, 123456, ["1"], {"a": 1}]
)
def test_hostile_codes_are_refused_quietly(browser: Browser, clock: Clock, code: Any) -> None:
    browser.sign_in(person())
    assert browser.post(f"{AUTH}/auth/2fa/authenticate", {"code": code}).status == 400
    assert browser.get(ME).status == 401


@pytest.mark.parametrize(
    "cookie", ["", "x", "a" * 32, "../../etc/passwd", "' OR 1=1 --", "\u00e9", "a" * 4000]
)
def test_a_made_up_session_is_nobodys(browser: Browser, cookie: str) -> None:
    browser.django.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert browser.get(ME).status == 401


def test_a_session_of_another_person_is_not_taken_over(browser: Browser, clock: Clock) -> None:
    """A key that an attacker planted before sign-in is worth nothing afterwards."""
    user = person()
    browser.sign_in(user)
    planted = browser.session
    browser.show_code(clock.code())
    thief = Browser()
    thief.django.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get(ME).status == 401
    assert browser.get(ME).status == 200


def test_signing_out_leaves_no_row(browser: Browser, clock: Clock) -> None:
    user = person()
    browser.sign_in(user)
    browser.show_code(clock.code())
    before = Session.objects.count()
    browser.delete(f"{AUTH}/auth/session")
    assert Session.objects.count() == before - 1


def test_a_stolen_seed_of_another_account_is_of_no_use(browser: Browser, clock: Clock, admin: Any) -> None:
    """Whoever can write the table puts the own sealed seed into the victim's row."""
    mallory, victim = person(), person()
    admin.execute(
        "UPDATE mfa_authenticator SET data = (SELECT data FROM mfa_authenticator WHERE user_id = %s) "
        "WHERE user_id = %s",
        [mallory.id, victim.id],
    )
    browser.sign_in(victim)
    assert browser.show_code(clock.code()).status >= 400
    assert browser.get(ME).status == 401


def test_other_sites_are_refused_with_the_cookie(browser: Browser, clock: Clock) -> None:
    user = person()
    browser.sign_in(user)
    browser.show_code(clock.code())
    foreign = browser.django.get(ME, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.django.get(ME, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_what_the_door_says_of_a_person_is_little(browser: Browser, clock: Clock) -> None:
    user = make_user()
    assert user.username
    entered = person()
    browser.sign_in(entered)
    said = browser.show_code(clock.code()).json["data"]["user"]
    assert said == {
        "id": str(entered.id),
        "display": "Ana",
        "username": entered.username,
        "has_usable_password": True,
    }
