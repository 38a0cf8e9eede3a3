"""Two people alternate on eight connections of the real server, some requests cut off: nobody sees the other's town."""

import pytest

from tests.access.kept_alive import UNLIMITED, alternate, two_people
from tests.access.runner import Runner
from tests.api.served import served

pytestmark = pytest.mark.database


def check(runner: Runner, requests: int) -> None:
    people = two_people(runner.world)
    with served(**UNLIMITED) as port:
        heard = alternate(port, people, requests=requests)
    assert heard.leaks == []
    assert sum(heard.statuses.values()) + heard.cut == requests
    assert set(heard.statuses) == {200, 400, 404, 422}, heard.statuses
    assert heard.reopened < 8
    assert min(heard.statuses[200], heard.statuses[404], heard.cut) > requests // 50


def test_two_hundred_requests(runner: Runner) -> None:
    check(runner, 200)


@pytest.mark.full
def test_five_thousand_requests(runner: Runner) -> None:
    check(runner, 5000)
