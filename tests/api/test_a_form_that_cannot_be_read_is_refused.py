"""A multipart body without a boundary breaks in the parser, before any view is asked: it is a 4xx at every address."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import get_resolver

from tests.api.client import Api, browser_for
from tests.world import Town

BROKEN = [
    "multipart/form-data",
    "multipart/form-data; boundary=",
    f"multipart/form-data; boundary={'x' * 300}",
]


def addresses(patterns: Any, at: str = "/") -> list[str]:
    """Return every address below `at`, with a made-up id in each place for one."""
    found = []
    for pattern in patterns:
        here = at + str(pattern.pattern)
        deeper = getattr(pattern, "url_patterns", None)
        found += [here] if deeper is None else addresses(deeper, here)
    return found


def with_ids(address: str) -> str:
    parts = (str(uuid4()) if part.startswith("<") else part for part in address.split("/"))
    return "/".join(parts)


ALL = sorted({one for one in addresses(get_resolver().url_patterns) if one.startswith("/api/v1/")})


def asking(town: Town, *, signed_in: bool) -> Api:
    return browser_for(town.coordinator) if signed_in else Api()


@pytest.mark.parametrize("content_type", BROKEN, ids=["none", "empty", "long"])
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "stranger"])
def test_at_every_address(
    town: Town, content_type: str, signed_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.throttling.check_rate", lambda *_: None)
    monkeypatch.setattr("api.throttling.count_probe", lambda exc: exc)
    api = asking(town, signed_in=signed_in)
    assert len(ALL) > 100
    for method in ("POST", "PATCH"):
        for address in ALL:
            answer = api.send(method, with_ids(address), b"--x\r\n", content_type=content_type)
            assert 400 <= answer.status < 500, (method, address, answer.raw)


@pytest.mark.parametrize("content_type", BROKEN, ids=["none", "empty", "long"])
@pytest.mark.parametrize(
    "path", ["cases", "imports", "auth/browser/v1/auth/login", "auth/browser/v1/auth/reauthenticate"]
)
def test_it_is_said_what_is_wrong(town: Town, path: str, content_type: str) -> None:
    answer = browser_for(town.coordinator).post(f"/api/v1/{path}", b"--x\r\n", content_type=content_type)
    assert (answer.status, answer.code) in {(400, "bad_request"), (415, "unsupported_media_type")}
