"""What the page names at once, and each part that is fetched for a page later, weigh no more than was promised."""

import re

import pytest

from tests.browser.weights import CHUNK, DIST, FIRST, chunks, code_in

pytestmark = pytest.mark.pure
NAMED = re.compile(r"""(?:src|href)="([^"]+)\"""")


def named_at_once() -> dict[str, int]:
    page = (DIST / "index.html").read_text(encoding="utf-8")
    return code_in(NAMED.findall(page))


def test_the_app_begins_with_little() -> None:
    first = named_at_once()
    assert {name.rpartition(".")[2] for name in first} == {"js", "css"}
    assert sum(first.values()) <= FIRST, first


def test_no_page_brings_much() -> None:
    parts = {name: size for name, size in chunks().items() if f"assets/{name}" not in named_at_once()}
    assert parts, "pages are fetched when they are opened"
    assert {name: size for name, size in parts.items() if size > CHUNK} == {}
