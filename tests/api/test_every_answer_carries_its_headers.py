"""Security headers on every answer, whatever became of the request; no answer of the API is stored."""

from contextlib import closing

import pytest

from api.headers import policy
from tests.api.client import Api, client_for
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PATHS = ["/", "/api/v1", "/api/docs/", "/api/v1/boxes", "/api/v1/nothing", "/nothing", "/health/live"]


@pytest.mark.parametrize("path", PATHS)
def test_they_are_on_every_answer(stranger: Api, path: str) -> None:
    headers = stranger.get(path).headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert headers["X-Request-Id"]
    assert "Server" not in headers


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/boxes", "/api/v1/nothing", "/health/live"])
def test_nothing_of_the_api_is_stored(stranger: Api, path: str) -> None:
    assert stranger.get(path).headers["Cache-Control"] == "no-store"


def test_no_other_origin_is_let_in(town: Town) -> None:
    answer = client_for(town.coordinator).get("/api/v1/boxes", Origin="https://elsewhere.example")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.pure
@pytest.mark.parametrize("path", PATHS)
def test_no_policy_allows_inline_or_foreign_scripts(path: str) -> None:
    said = policy(path)
    assert "unsafe" not in said
    assert "http" not in said
    assert "frame-ancestors 'none'" in said
    assert "base-uri 'none'" in said


@pytest.mark.pure
def test_data_may_load_nothing_and_pages_are_held_to_trusted_types() -> None:
    assert "'self'" not in policy("/api/v1/boxes")
    assert "require-trusted-types-for 'script'" in policy("/")


def test_over_tls_the_browser_stays_there(stranger: Api) -> None:
    assert "Strict-Transport-Security" not in stranger.get("/").headers
    with closing(stranger.django.get("/", secure=True)) as answer:
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_foreign_host_is_refused_in_json(stranger: Api) -> None:
    answer = stranger.get("/api/v1/auth/browser/v1/auth/session", Host="evil.example")
    assert answer.status in {400, 401}
    assert b"<html" not in answer.raw.lower()
