"""A walk through the daily pages in the languages and widths that no journey has, and on the narrowest screen."""

import pytest

from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.enlarged import in_the_way
from tests.browser.shapes import REST, Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window

NARROW = 320
PAGES = ("/cases", "/directory", "/refer", "/account", "/help", "/statistics", "/audit")


def walk(desk: Desk, shape: Shape) -> Window:
    """Open the inbox of somebody with a referral under way, in the shape."""
    town = BusyTown()
    loop = opened(town)
    loop.refer()
    window = open_window(desk, town.social_worker, shape)
    window.go(f"/cases/{loop.case.id}")
    window.look()
    return window


@pytest.mark.parametrize("shape", REST, ids=str)
def test_every_daily_page_opens(desk: Desk, shape: Shape) -> None:
    window = walk(desk, shape)
    for address in PAGES[:4]:
        window.go(address)
    window.look()


def test_nothing_lies_beside_a_screen_of_320_pixels_or_out_of_reach(desk: Desk) -> None:
    window = walk(desk, Shape("sr-Cyrl", (NARROW, 568)))
    found = [f"{address}: {one}" for address in PAGES for one in wrong_on(window, address)]
    assert found == []


def wrong_on(window: Window, address: str) -> list[str]:
    window.go(address)
    return in_the_way(window.page)
