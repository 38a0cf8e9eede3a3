"""Hostile answers to a WebAuthn challenge: replayed, for another site, of another person, moved, or nonsense."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from fido2.utils import websafe_decode, websafe_encode

from api.sign_in_keys import origin_of
from backend.demo.software_key import SoftwareKey
from backend.teams.models import User
from tests.api.audit import Audit
from tests.api.signing_in import AUTH, KEYS, Browser, Clock, key_of, person, with_key

ME = "/api/v1/me"
SHOW = f"{AUTH}/auth/webauthn/authenticate"
NONSENSE: list[Any] = [
    None, "", "x", 7, True, [], {}, [[]], {"id": 1}, {"id": "a", "rawId": "a", "type": "public-key"},
    {"id": "a", "rawId": "a", "type": "public-key", "response": {}},
    {"id": "a", "rawId": "a", "type": "public-key", "response": []},
    {"id": "\u0000", "rawId": "%%", "type": "x", "response": {"clientDataJSON": "", "authenticatorData": ""}},
    {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": 5, "response": {
        "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA", "attestationObject": "oA"}},
    {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {
        "clientDataJSON": "W10", "authenticatorData": "A" * 50, "signature": "", "attestationObject": "gA"}},
]  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def user() -> User:
    return with_key(person())


@pytest.fixture
def browser(user: User) -> Browser:
    """A browser in which the password was shown."""
    made = Browser()
    assert made.sign_in(user).status == 401
    return made


def challenge(browser: Browser, path: str = SHOW) -> bytes:
    data = browser.get(path).json["data"]
    options = data.get("request_options") or data["creation_options"]
    return websafe_decode(options["publicKey"]["challenge"])


def show(browser: Browser, credential: Any) -> int:
    return browser.post(SHOW, {"credential": credential}).status


def closed(browser: Browser) -> bool:
    return browser.get(ME).status == 401


def test_the_challenge_names_this_house_and_the_persons_keys(browser: Browser, user: User) -> None:
    options = browser.get(SHOW).json["data"]["request_options"]["publicKey"]
    assert options["rpId"] == "localhost"
    assert [one["id"] for one in options["allowCredentials"]] == [websafe_encode(key_of(user).credential_id)]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://spona.example.rs", "https://spona.example.rs"),
        ("https://spona.example.rs:443", "https://spona.example.rs"),
        ("https://Spona.Example.rs:8443", "https://spona.example.rs:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_an_answer_works_once(browser: Browser, user: User) -> None:
    answer = key_of(user).answer(challenge(browser))
    assert show(browser, answer) == 200
    second = Browser()
    second.sign_in(user)
    challenge(second)
    assert show(second, answer) == 400
    assert closed(second)


def test_an_answer_without_a_challenge_is_none(browser: Browser, user: User) -> None:
    assert show(browser, key_of(user).answer(bytes(32))) == 400
    assert closed(browser)


@pytest.mark.parametrize(
    ("rp_id", "origin"),
    [
        ("localhost", "https://evil.example.org"),
        ("localhost", "http://localhost.evil.example.org"),
        ("localhost", "http://evil.localhost:8000"),
        ("localhost", "http://localhost:9000"),
        ("localhost", "https://localhost:8000"),
        ("localhost", "null"),
        ("localhost", ""),
        ("evil.example.org", "https://evil.example.org"),
        ("evil.example.org", "http://localhost:8000"),
    ],
)
def test_what_was_signed_for_another_site_is_refused(
    browser: Browser, user: User, audit: Audit, rp_id: str, origin: str
) -> None:
    own = key_of(user)
    other = SoftwareKey(own.name, rp_id=rp_id, origin=origin)
    answer = {**other.answer(challenge(browser)), "id": websafe_encode(own.credential_id)}
    assert show(browser, {**answer, "rawId": websafe_encode(own.credential_id)}) == 400
    assert closed(browser)
    assert [entry["code"] for entry in audit.entries()][-1] == "wrong_key"


def test_a_key_of_somebody_else_is_refused(browser: Browser) -> None:
    mallory = with_key(person())
    assert show(browser, key_of(mallory).answer(challenge(browser))) == 400
    assert closed(browser)


def test_another_key_under_the_same_id_is_refused(browser: Browser, user: User) -> None:
    forged = key_of(user, "forged").answer(challenge(browser))
    own = websafe_encode(key_of(user).credential_id)
    assert show(browser, {**forged, "id": own, "rawId": own}) == 400
    assert closed(browser)


def test_a_registration_does_not_pass_for_an_answer(browser: Browser, user: User) -> None:
    assert show(browser, key_of(user).register(challenge(browser))) == 400
    assert closed(browser)


def test_an_answer_without_the_password_is_nothing(user: User) -> None:
    stranger = Browser()
    assert stranger.get(SHOW).status == 401
    assert show(stranger, key_of(user).answer(bytes(32))) == 401
    assert closed(stranger)


@pytest.mark.parametrize("credential", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_refused_quietly(browser: Browser, user: User, credential: Any) -> None:
    challenge(browser)
    assert show(browser, credential) == 400
    assert closed(browser)
    assert browser.show_key(user).status == 200
    challenge(browser, KEYS)
    assert browser.post(KEYS, {"name": "x", "credential": credential}).status == 400
    again = f"{AUTH}/auth/webauthn/reauthenticate"
    assert browser.post(again, {"credential": credential}).status == 400


def test_a_key_moved_into_the_victims_row_is_of_no_use(user: User, admin: Any) -> None:
    """Whoever can write the table copies the own key into the victim's account."""
    mallory = with_key(person())
    admin.execute(
        "UPDATE mfa_authenticator SET data = (SELECT data FROM mfa_authenticator WHERE user_id = %s "
        "AND type = 'webauthn') WHERE user_id = %s AND type = 'webauthn'",
        [mallory.id, user.id],
    )
    browser = Browser()
    browser.sign_in(user)
    assert show(browser, key_of(mallory).answer(challenge(browser))) >= 400
    assert closed(browser)


def test_a_key_written_past_the_service_is_of_no_use(user: User, admin: Any) -> None:
    mallory = with_key(person())
    made = {"name": "x", "credential": key_of(mallory).register(bytes(32))}
    (row,) = Authenticator.objects.filter(user_id=user.pk, type="webauthn")
    kept = row.data["spona.bound"]
    Authenticator.objects.filter(pk=row.pk).update(data={**made, "spona.bound": kept})
    browser = Browser()
    browser.sign_in(user)
    assert show(browser, key_of(mallory).answer(challenge(browser))) >= 400
    assert closed(browser)


def test_thirty_wrong_codes_lock_the_codes_and_not_the_key(user: User, clock: Clock) -> None:
    """The documented number is five in five minutes for one account, from wherever they come."""
    said, thief = [], Browser()
    thief.sign_in(user)
    for number in range(30):
        where = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}", "REMOTE_ADDR": f"203.0.113.{number}"}
        thief.django.defaults.update(where)
        wrong = "000000" if clock.code() != "000000" else "000001"
        said.append(str(thief.show_code(wrong).json["errors"]))
    locked = ["too_many_login_attempts" in one for one in said]
    assert locked == [False] * 5 + [True] * 25
    owner = Browser()
    owner.sign_in(user)
    assert "too_many_login_attempts" in str(owner.show_code(clock.code()).json), (
        "the right code is locked too"
    )
    assert owner.show_key(user).status == 200
    assert owner.get(ME).status == 200


def test_an_address_of_ones_own_making_counts_for_nothing(user: User) -> None:
    """Without a proxy of ours X-Forwarded-For is not read: ten failures of one address are the limit."""
    thief, answers = Browser(), []
    for number in range(12):
        thief.django.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}"
        answers.append(str(thief.sign_in(User(username=f"nobody-{number}"), "not-the-password").json))
    assert ["too_many" in one for one in answers] == [False] * 10 + [True] * 2
