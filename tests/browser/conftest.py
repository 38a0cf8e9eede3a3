"""One service and one Chromium for all tests of this folder; what each window did is judged when its test ends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.browser.chromium import running
from tests.browser.demo_town import DemoTown, demo_town
from tests.browser.desk import Desk
from tests.browser.service import INDEX, Service, service
from tests.browser.shapes import CYRILLIC_PHONE, ENGLISH_DESK, MAIN, Shape
from tests.databases import Clones

HERE: Final = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all browser tests in one process, so that one Chromium runs at a time."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Stop Chromium before another folder's tests run in this process."""
    if nextitem is None or not nextitem.path.is_relative_to(HERE):
        running.stop()


@pytest.fixture(scope="session")
def app(database: Clones, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    if not INDEX.is_file():
        pytest.fail("The app is not built: scripts/web builds it.")
    with service(tmp_path_factory.mktemp("service")) as started:
        yield started


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str, database: object) -> Iterator[DemoTown]:
    """The demo's town, full of everything, for those who go through all pages and change nothing."""
    with demo_town(tmp_path_factory.mktemp("demo"), worker_id) as made:
        yield made


@pytest.fixture(params=MAIN, ids=str)
def shape(request: pytest.FixtureRequest) -> Shape:
    """The two shapes in which every journey is made."""
    made: Shape = request.param
    return made


@pytest.fixture(params=(ENGLISH_DESK, pytest.param(CYRILLIC_PHONE, marks=pytest.mark.full)), ids=str)
def seldom(request: pytest.FixtureRequest) -> Shape:
    """The same two, for journeys that few people make: quickly in one of them."""
    made: Shape = request.param
    return made


@pytest.fixture
def desk(app: Service) -> Iterator[Desk]:
    yield from judged(app)


@pytest.fixture
def there(demo: DemoTown) -> Iterator[Desk]:
    """A desk in the demo's town."""
    yield from judged(demo.service)


def judged(service: Service) -> Iterator[Desk]:
    made = Desk(running.browser(), service.address, service.log)
    yield made
    faults = made.close()
    assert not faults, "\n".join((*faults, "-- the service said --", made.said()))
