"""The coordinator locks a quarter that is over: it is said that this is for good, and it is."""

from playwright.sync_api import expect

from backend.statistics.models import QuarterLock
from backend.statistics.periods import Quarter
from backend.statistics.quarters import today
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import open_window


def test_it_is_locked_once(desk: Desk, seldom: Shape) -> None:
    town = BusyTown()
    opened(town)
    quarter = str(next(iter(Quarter.of(today()).before(1))))
    window = open_window(desk, town.coordinator, seldom, f"/statistics?quarter={quarter}")
    window.button("Закључи тромесечје").click()
    window.look(in_the_dark=True)
    window.button("Закључи заувек").click()
    window.sees("Тромесечје је закључено.")
    expect(window.button("Закључи тромесечје")).to_have_count(0)
    window.look()
    assert QuarterLock.objects.get(team=town.team).quarter == quarter
