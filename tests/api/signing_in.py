"""A browser that signs in as people do: password, then the code of an authenticator app, with cookies and CSRF."""

from types import SimpleNamespace
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from fido2.utils import websafe_decode

from backend.demo.software_key import SoftwareKey
from backend.encryption.keyring import create_root
from backend.teams import people, second_factor
from backend.teams.models import User
from tests.api.client import Answer, connected
from tests.world import BUILDER, make_user

AUTH = "/api/v1/auth/browser/v1"
KEYS = f"{AUTH}/account/authenticators/webauthn"
PASSWORD = "tri-reke-i-jedan-most"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Clock:
    """What the sign-in library takes for the time, so that a test need not wait for the next code."""

    def __init__(self, monkeypatch: Any) -> None:
        self.now = 1_800_000_000
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: self.now))

    def code(self, secret: str = SECRET) -> str:
        return format_hotp_value(hotp_value(secret, self.now // 30))


class Browser:
    """Keeps cookies and sends the CSRF token back, as the page does."""

    def __init__(self) -> None:
        self.django = connected()
        self.get(f"{AUTH}/config")

    def get(self, path: str) -> Answer:
        return Answer(self.django.get(path))

    def post(self, path: str, body: Any = None) -> Answer:
        return self._send("post", path, body)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self._send("patch", path, body, **headers)

    def delete(self, path: str, body: Any = "") -> Answer:
        return self._send("delete", path, body)

    def sign_in(self, user: User, password: str = PASSWORD) -> Answer:
        return self.post(f"{AUTH}/auth/login", {"username": user.username, "password": password})

    def show_code(self, code: str) -> Answer:
        return self.post(f"{AUTH}/auth/2fa/authenticate", {"code": code})

    def add_key(self, user: User, name: str = "") -> Answer:
        """Register a security key, as the page does: take the challenge, ask the key, send what it says."""
        asked = self.get(KEYS)
        if asked.status != 200:
            return asked
        challenge = asked.json["data"]["creation_options"]["publicKey"]["challenge"]
        credential = key_of(user, name).register(websafe_decode(challenge))
        return self.post(KEYS, {"name": "Kljuc", "credential": credential})

    def show_key(self, user: User, name: str = "") -> Answer:
        return self._answer(f"{AUTH}/auth/webauthn/authenticate", key_of(user, name))

    def show_key_again(self, user: User, name: str = "") -> Answer:
        return self._answer(f"{AUTH}/auth/webauthn/reauthenticate", key_of(user, name))

    def _answer(self, path: str, key: SoftwareKey) -> Answer:
        asked = self.get(path)
        if asked.status != 200:
            return asked
        challenge = asked.json["data"]["request_options"]["publicKey"]["challenge"]
        return self.post(path, {"credential": key.answer(websafe_decode(challenge))})

    @property
    def session(self) -> str:
        morsel = self.django.cookies.get(settings.SESSION_COOKIE_NAME)
        return morsel.value if morsel else ""

    def _send(self, method: str, path: str, body: Any, **headers: str) -> Answer:
        token = self.django.cookies[settings.CSRF_COOKIE_NAME].value
        named = {"X-CSRFToken": token, **{name.replace("_", "-"): value for name, value in headers.items()}}
        call = getattr(self.django, method)
        return Answer(call(path, body, content_type="application/json", headers=named))


def person(*, totp: bool = True, email: bool = False) -> User:
    """Return somebody with a password and, unless told, an authenticator app; with an e-mail address if told."""
    create_root(None)
    name = make_user().username + "-p"
    address = f"{name}@example.org" if email else ""
    user = people.create_user(BUILDER, username=name, display_name="Ana", password=PASSWORD, email=address)
    if totp:
        second_factor.enrol_totp(user, SECRET, by=BUILDER)
    return user


def key_of(user: User, name: str = "") -> SoftwareKey:
    """Return a software key of `user`; another `name` is another key."""
    return SoftwareKey(f"{user.username}{name}", rp_id="localhost", origin="http://localhost:8000")


def with_key(user: User) -> User:
    """Enrol the software key of `user`."""
    create_root(None)
    second_factor.enrol_key(user, key_of(user).register(bytes(32)), by=BUILDER)
    return user
