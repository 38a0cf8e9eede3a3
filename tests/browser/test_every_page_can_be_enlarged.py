"""At 400 %, with letters twice as large, on the narrowest phone: nothing lies beside the screen, nothing is cut off,
everything can be reached, and what has the focus is seen."""

import pytest

from tests.browser.demo_town import DemoTown
from tests.browser.desk import Desk
from tests.browser.enlarged import hidden_focus, in_the_way
from tests.browser.shapes import CYRILLIC_PHONE, DESK, PHONE, Shape
from tests.browser.test_every_page_is_there_for_everybody import told, visited

pytestmark = pytest.mark.full

# A window of 1280 by 1024 pixels, enlarged four times.
FOUR_TIMES = Shape("sr-Cyrl", (320, 256))
TWICE_AS_LARGE = 32


def test_at_four_hundred_percent(demo: DemoTown, there: Desk) -> None:
    pages = visited(demo, there, FOUR_TIMES, device_scale_factor=4, is_mobile=False)
    found = {str(place): wrong for place, page in pages if (wrong := in_the_way(page))}
    assert not found, told(found)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=("phone", "desk"))
def test_with_letters_twice_as_large(demo: DemoTown, there: Desk, size: tuple[int, int]) -> None:
    pages = visited(demo, there, Shape("sr-Cyrl", size), letters=TWICE_AS_LARGE)
    found = {str(place): wrong for place, page in pages if (wrong := in_the_way(page))}
    assert not found, told(found)


def test_what_has_the_focus_is_seen(demo: DemoTown, there: Desk) -> None:
    pages = visited(demo, there, CYRILLIC_PHONE)
    found = {str(place): wrong for place, page in pages if (wrong := hidden_focus(page))}
    assert not found, told(found)
