"""At the address of the app alone, each role finds its own work, and nothing is asked that the service refuses."""

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window


def refused(desk: Desk, window: Window) -> list[str]:
    asked = desk.record(window.page).settled(window.page).api()
    return [f"{one.method} {one.address}: {one.status}" for one in asked if one.status == 403]


def test_a_lead_begins_at_the_review(desk: Desk, shape: Shape) -> None:
    window = open_window(desk, BusyTown().lead, shape, "/")
    expect(window.page).to_have_url(f"{desk.address}/audit")
    assert refused(desk, window) == []


def test_a_nurse_begins_at_the_inbox(desk: Desk, shape: Shape) -> None:
    window = open_window(desk, BusyTown().nurse, shape, "/")
    expect(window.heading("Пријемно сандуче")).to_be_visible()
    assert refused(desk, window) == []


def test_a_page_of_the_administration_that_is_not_theirs_is_absent_to_them(desk: Desk, shape: Shape) -> None:
    window = open_window(desk, BusyTown().nurse, shape, "/admin/agreements")
    expect(window.heading("Овде нема ничега")).to_be_visible()
    assert refused(desk, window) == []
