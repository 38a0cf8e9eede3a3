"""A walk through the daily pages in the languages and widths that no journey has, and on the narrowest screen."""

import pytest

from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import REST, Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window

NARROW = 320
PAGES = ("/cases", "/directory", "/refer", "/account", "/help", "/statistics", "/audit")
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


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


def test_nothing_lies_beside_a_screen_of_320_pixels(desk: Desk) -> None:
    # 400 % on a window of 1280 pixels is the same.
    window = walk(desk, Shape("sr-Cyrl", (NARROW, 568)))
    wide = [address for address in PAGES if not fits(window, address)]
    assert wide == []


def fits(window: Window, address: str) -> bool:
    window.go(address)
    return not window.page.evaluate(TOO_WIDE)
