"""Every page of the app and each of its views, in each language, at each width, light and dark: axe finds nothing, no
word is left in another script, and nothing goes wrong behind it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.browser.demo_town import DemoTown
from tests.browser.desk import Desk
from tests.browser.looking import go, look
from tests.browser.routes import Place, places
from tests.browser.shapes import ALL, CYRILLIC_PHONE, ENGLISH_DESK, Shape
from tests.browser.words import of_another_script

pytestmark = pytest.mark.full


def visited(
    town: DemoTown, desk: Desk, shape: Shape, *, letters: int = 0, **options: Any
) -> Iterator[tuple[Place, Page]]:
    """Go to each place, as whoever looks at it; with `letters` of so many pixels, where it is said."""
    for role, there in groupby(places(town.ids), key=lambda place: place.role):
        page = desk.open(
            shape, "/help" if role else "/sign-in", cookies=town.cookies.get(role, {}), **options
        )
        if letters:
            session = page.context.new_cdp_session(page)
            session.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
        look(desk, page)
        for place in there:
            go(desk, page, place.address)
            yield place, page
        page.close()


def told(found: Mapping[str, Sequence[str]]) -> str:
    """Return what was found on each page, a line each."""
    return "\n".join(f"{place}: {one}" for place, wrong in found.items() for one in wrong)


@pytest.mark.parametrize("shape", ALL, ids=str)
def test_axe_finds_nothing_on_any_page(demo: DemoTown, there: Desk, shape: Shape) -> None:
    found = {}
    for place, page in visited(demo, there, shape):
        if wrong := axe(page) + of_another_script(page, shape.language):
            found[str(place)] = wrong
    assert not found, told(found)


@pytest.mark.parametrize("shape", [CYRILLIC_PHONE, ENGLISH_DESK], ids=str)
def test_axe_finds_nothing_in_the_dark(demo: DemoTown, there: Desk, shape: Shape) -> None:
    pages = visited(demo, there, shape, color_scheme="dark")
    found = {str(place): wrong for place, page in pages if (wrong := axe(page))}
    assert not found, told(found)
