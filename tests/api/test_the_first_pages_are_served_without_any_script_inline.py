"""The pages beside the web app, and /api/v1. Nothing is loaded from elsewhere, nothing runs inline."""

import re
from contextlib import closing

import pytest

from tests.api.client import Api

PAGES = ["/transparency", "/api/docs/"]
LOADED = re.compile(r"(?:src|href)=\"([^\"]+)\"")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_from_here_only_and_has_no_inline_code(stranger: Api, path: str) -> None:
    answer = stranger.get(path)
    page = answer.raw.decode()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert all(address.startswith(("/", "data:,")) for address in LOADED.findall(page))
    assert not re.search(r"<script(?![^>]* src=)[^>]*>", page)
    assert not re.search(r"<style|style=|\son[a-z]+=|javascript:", page)


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_loads_is_there(stranger: Api, path: str) -> None:
    page = stranger.get(path).raw.decode()
    for address in LOADED.findall(page):
        if address.startswith("/static/"):
            with closing(stranger.django.get(address)) as found:
                assert found.status_code == 200, address
                assert b"".join(found.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/docs/", "/api/v1/openapi.yaml"])
def test_pages_are_only_read(stranger: Api, path: str) -> None:
    assert stranger.post(path).status in {403, 405}


@pytest.mark.parametrize("method", ["PUT", "FOO", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    "path", ["/", "/api/docs/", "/health/live", "/api/v1", "/api/v1/cases", "/api/v1/auth/browser/v1/config"]
)
def test_a_method_that_nothing_has_is_a_405_everywhere(stranger: Api, path: str, method: str) -> None:
    answer = stranger.send(method, path)
    assert (answer.status, answer.code) == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/"])
def test_the_root_names_every_resource(stranger: Api, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status == 200
    assert answer.json["documentation"] == "/api/docs/"
    for address in answer.json["resources"].values():
        assert stranger.get(address).status == 401, address
