"""A walk over every route that the resolver knows, the library's too: without a whole credential none says 2xx."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from backend.teams.sessions import SessionStore
from tests.api.client import Api, browser_for, token_of
from tests.api.signing_in import AUTH, PASSWORD
from tests.world import Town

AUTH_AT: Final = AUTH.removeprefix("/")
# What anybody may read, and the two doors: what they say without a whole credential is asserted below.
OPEN: Final = {
    ("GET", ""),
    ("GET", "health/live"),
    ("GET", "health/ready"),
    ("GET", "api/docs/"),
    ("GET", "api/v1"),
    ("GET", "api/v1/"),
    ("GET", "api/v1/openapi.yaml"),
    ("GET", "api/v1/public/releases"),
    ("GET", "api/v1/public/transparency"),
    ("GET", "transparency"),
    ("GET", "<app:address>"),
    ("GET", f"{AUTH_AT}/config"),
}
# With the password alone: the state of signing in, which factors there are, and adding the first one.
HALF: Final = {
    ("GET", f"{AUTH_AT}/auth/session"),
    ("GET", f"{AUTH_AT}/account/authenticators"),
    ("GET", f"{AUTH_AT}/account/authenticators/webauthn"),
    ("GET", f"{AUTH_AT}/auth/webauthn/reauthenticate"),
}
METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Refused before the method is looked at: two of them are enough.
SOME: Final = ("GET", "POST")


class Route(NamedTuple):
    """One address with its parameters filled in."""

    template: str
    at: str


def routes(patterns: list[URLPattern | URLResolver] | None = None, at: str = "") -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = at + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            filled = here
            for name, converter in pattern.pattern.converters.items():
                kind = (
                    type(converter).__name__.removesuffix("Converter").lower().removeprefix("string") or "str"
                )
                filled = filled.replace(f"<{kind}:{name}>", str(uuid4()))
            yield Route(here, "/" + filled)


ROUTES: Final = list(routes())


@pytest.fixture(autouse=True)
def unlimited(settings: Any, tmp_path: Path) -> None:
    high = dict.fromkeys(settings.SPONA_RATES, "1000000/min")
    settings.SPONA_RATES = high
    settings.ACCOUNT_RATE_LIMITS = False
    (tmp_path / "index.html").write_text("<!doctype html>", encoding="utf-8")
    settings.SPONA_WEB_APP = tmp_path


def opened(api: Api, *methods: str, **headers: str) -> set[tuple[str, str]]:
    """Return which addresses answered 2xx (but for HEAD where GET is open, which says the same)."""
    found = set()
    for route in ROUTES:
        for method in methods or METHODS:
            body = {} if method in {"POST", "PUT", "PATCH"} else None
            if 200 <= api.send(method, route.at, body, **headers).status < 300:
                found.add(("GET" if method == "HEAD" else method, route.template))
    return found


def token_made_session(secret: str) -> Api:
    """Return a client that sends a token's secret, and what follows from it, as the session cookie."""
    api = Api(X_CSRFToken="c" * 32)
    api.django.cookies[settings.CSRF_COOKIE_NAME] = "c" * 32
    api.django.cookies[settings.SESSION_COOKIE_NAME] = secret
    return api


@pytest.mark.pure
def test_the_walk_knows_every_route() -> None:
    assert len(ROUTES) > 100
    assert not [route for route in ROUTES if "<" in route.at]
    assert any("webauthn" in route.template for route in ROUTES)


def test_without_a_credential(database: Any) -> None:
    assert opened(Api()) == OPEN


@pytest.mark.parametrize(
    "header",
    [
        "Bearer spona_re_" + "a" * 43,
        "Bearer spona_mt_" + "a" * 43,
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
    ],
)
def test_with_a_credential_of_a_wrong_kind(database: Any, header: str) -> None:
    assert opened(Api(), *SOME, Authorization=header) <= OPEN


def test_with_basic_and_the_right_password(town: Town) -> None:
    """No password of anybody opens anything but the sign-in page."""
    assert opened(Api(), *SOME, Authorization=f"Basic {town.nurse.username}:{PASSWORD}") <= OPEN


def test_with_a_token_as_a_cookie_or_a_session_as_a_token(town: Town) -> None:
    secret = token_of(town.coordinator, team=town.team)
    assert opened(token_made_session(secret), *SOME) == OPEN
    session = browser_for(town.coordinator).django.cookies[settings.SESSION_COOKIE_NAME].value
    assert opened(Api(), *SOME, Authorization=f"Bearer {session}") <= OPEN


def test_with_a_session_in_which_only_the_password_was_shown(town: Town) -> None:
    assert opened(browser_for(town.coordinator, second=False)) <= OPEN | HALF | {
        ("DELETE", f"{AUTH_AT}/account/authenticators/totp")
    }


def test_with_a_code_where_a_key_is_needed(town: Town) -> None:
    half = {("DELETE", f"{AUTH_AT}/account/authenticators/totp")}
    assert opened(browser_for(town.lead, kind="totp")) <= OPEN | HALF | half


def test_with_a_session_that_was_made_up(town: Town) -> None:
    """A row that holds a person and a mark, under a key that did not seal it."""
    real = browser_for(town.coordinator)
    key = real.django.cookies[settings.SESSION_COOKIE_NAME].value
    row = SessionStore(key)._get_session_from_db()
    assert row is not None
    row.session_key = "f" * 64
    row.save()
    assert opened(token_made_session("f" * 32), *SOME) == OPEN
