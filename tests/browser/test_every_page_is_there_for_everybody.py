"""Every page of the app, in each language and at each width: axe finds nothing, and nothing goes wrong behind it."""

from collections.abc import Iterator
from itertools import groupby

import pytest

from tests.browser.axe import axe
from tests.browser.chromium import running
from tests.browser.demo_town import DemoTown, demo_town
from tests.browser.desk import Desk
from tests.browser.looking import go, look
from tests.browser.routes import places
from tests.browser.shapes import ALL, Shape

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, worker_id: str, database: object) -> Iterator[DemoTown]:
    with demo_town(tmp_path_factory.mktemp("demo"), worker_id) as made:
        yield made


@pytest.fixture
def there(town: DemoTown) -> Iterator[Desk]:
    desk = Desk(running.browser(), town.service.address, town.service.log)
    yield desk
    faults = desk.close()
    assert not faults, "\n".join((*faults, "-- the service said --", desk.said()))


@pytest.mark.parametrize("shape", ALL, ids=str)
def test_axe_finds_nothing_on_any_page(town: DemoTown, there: Desk, shape: Shape) -> None:
    found = {}
    for role, visited in groupby(places(town.ids), key=lambda place: place.role):
        page = there.open(shape, "/help" if role else "/sign-in", cookies=town.cookies.get(role, {}))
        look(there, page)
        for place in visited:
            go(there, page, place.address)
            if wrong := axe(page):
                found[f"{place.route} as {role or 'a stranger'}"] = wrong
    assert found == {}
