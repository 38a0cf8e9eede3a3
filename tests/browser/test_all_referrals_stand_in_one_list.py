"""What an organisation sends and receives stands in one list, is narrowed in the address, and tells how it changed."""

import csv

from playwright.sync_api import expect

from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window


def town_with_referrals() -> BusyTown:
    town = BusyTown()
    loop = opened(town)
    loop.accepted()
    loop.refer(town.society, need_id=loop.needs()["housing"][0])
    return town


def groups(window: Window, code: str) -> int:
    """Return how many groups are named by this urgency."""
    return window.page.get_by_role("heading", name=f"{window.label('urgencies', code)} (").count()


def test_it_is_narrowed_in_the_address(desk: Desk, shape: Shape) -> None:
    window = open_window(desk, town_with_referrals().social_worker, shape, "/referrals")
    rows = window.page.locator(".plain-list > li")
    expect(rows).to_have_count(2)
    assert groups(window, "routine") == 1
    window.page.get_by_text(window.word("Примљени"), exact=True).click()
    expect(rows).to_have_count(0)
    window.look()
    window.go("/referrals?status=accepted")
    expect(rows).to_have_count(1)
    window.go("/referrals?late=true")
    window.sees("Нема упута који одговара избору.")
    window.look()


def test_it_is_taken_out_for_a_spreadsheet(desk: Desk, shape: Shape) -> None:
    window = open_window(desk, town_with_referrals().social_worker, shape, "/referrals?status=accepted")
    with window.page.expect_download() as taken:
        window.button("Преузми CSV").click()
    with taken.value.path().open(encoding="utf-8", newline="") as file:
        head, row, _notice = csv.reader(file)
    assert dict(zip(head, row, strict=True))["status"] == "accepted"


def test_a_referral_tells_how_it_changed(desk: Desk, shape: Shape) -> None:
    town = town_with_referrals()
    window = open_window(desk, town.social_worker, shape, "/referrals?status=accepted")
    window.page.locator(".plain-list > li a").click()
    window.button("Историја измена").click()
    was, became = (window.label("referral_statuses", code) for code in ("requested", "accepted"))
    expect(window.page.get_by_text(f"{window.word('стање')}: {was} → {became}")).to_be_visible()
    window.look()
