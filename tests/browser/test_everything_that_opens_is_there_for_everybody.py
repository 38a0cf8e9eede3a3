"""Every sheet and every menu that a page opens, on a phone in the light and on a desk in the dark: axe finds nothing,
and on the phone nothing is cut off or out of reach."""

from itertools import groupby

import pytest

from tests.browser.axe import axe
from tests.browser.demo_town import DemoTown
from tests.browser.desk import Desk
from tests.browser.enlarged import in_the_way
from tests.browser.looking import look
from tests.browser.routes import places
from tests.browser.shapes import CYRILLIC_PHONE, ENGLISH_DESK, Shape
from tests.browser.sheets import Opener

pytestmark = pytest.mark.full

# Half of what can be done: if fewer things open, the buttons were not found.
MOST_LIKELY = 40


@pytest.mark.parametrize(
    ("shape", "scheme"), [(CYRILLIC_PHONE, "light"), (ENGLISH_DESK, "dark")], ids=("phone", "dark desk")
)
def test_axe_finds_nothing(demo: DemoTown, there: Desk, shape: Shape, scheme: str) -> None:
    found, seen = [], []
    for role, visited in groupby(places(demo.ids), key=lambda place: place.role):
        cookies = demo.cookies.get(role, {})
        page = there.open(shape, "/help" if role else "/sign-in", cookies=cookies, color_scheme=scheme)
        look(there, page)
        opener = Opener(there, page)
        opener.send_nothing()
        for place in visited:
            for name in opener.opened_on(place.address):
                seen.append(f"{place}: {name}")
                wrong = axe(page) + (in_the_way(page) if shape.on_phone else [])
                found += [f"{place}: {name}: {one}" for one in wrong]
        page.close()
    assert not found, "\n".join(found)
    assert len(seen) > MOST_LIKELY, seen
