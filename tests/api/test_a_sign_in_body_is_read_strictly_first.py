"""What a stranger sends to the sign-in is read strictly before the sign-in library sees it."""

import json
from typing import Any

import pytest
from django.conf import settings

from tests.api.client import Answer
from tests.api.signing_in import AUTH, Browser

LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
PLACES = ["auth/login", "auth/password/request", "auth/password/reset", "auth/2fa/authenticate"]


@pytest.fixture
def browser(database: Any) -> Browser:
    return Browser()


def send(browser: Browser, place: str, raw: bytes, kind: str = "application/json") -> Answer:
    token = browser.django.cookies[settings.CSRF_COOKIE_NAME].value
    headers = {"X-CSRFToken": token}
    return Answer(browser.django.generic("POST", f"{AUTH}/{place}", raw, content_type=kind, headers=headers))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[" * 100_000, None),
        (b'{"username": ' * 21 + b"1" + b"}" * 21, "too_deep"),
        (json.dumps({"username": "\udc80", "password": "x"}).encode(), "nul_character"),
        (json.dumps({"email": "\udc80@example.org"}).encode(), "nul_character"),
        (b'{"username": "a\\u0000b", "password": "x"}', "nul_character"),
        (b'{"username": ' + b"9" * 5000 + b"}", "malformed_json"),
        (b'{"username": "a", "username": "b"}', "duplicate_name"),
        (b"\xff", "not_utf8"),
        (b"{", "malformed_json"),
    ],
)
def test_what_cannot_be_read_in_one_way_is_a_400(
    browser: Browser, place: str, raw: bytes, code: str | None
) -> None:
    answer = send(browser, place, raw)
    assert answer.status == 400, answer.raw
    assert answer.code in ({"too_deep", "malformed_json"} if code is None else {code})


@pytest.mark.parametrize("place", PLACES)
def test_a_body_over_the_limit_is_a_413(browser: Browser, place: str) -> None:
    answer = send(browser, place, b" " * (LIMIT + 1))
    assert (answer.status, answer.code) == (413, "too_large")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_is_a_415(browser: Browser, kind: str) -> None:
    raw = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\na\r\n--x--\r\n'
    answer = send(browser, "auth/login", raw, kind)
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


def test_a_proper_body_reaches_the_library(browser: Browser) -> None:
    answer = send(browser, "auth/login", json.dumps({"username": "nobody", "password": "x"}).encode())
    assert answer.status == 400
    assert answer.headers["Content-Type"].startswith("application/json")
