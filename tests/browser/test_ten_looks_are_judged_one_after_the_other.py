"""The lead's queue: ten looks, each told in words with its entry, judged by keys and taps until all are done."""

import psycopg
from playwright.sync_api import expect

from backend.review.models import ReviewItem
from tests.backend.review.items import item, noted, weekday
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.window import open_window
from tests.world import Town

LOOKS = 10
ENTRIES = "SELECT id FROM audit_entry WHERE log = %s AND verb = 'case.read' LIMIT %s"


def ten_items(town: Town, admin: psycopg.Connection) -> None:
    for number in range(LOOKS):
        noted(town, town.nurse, at=weekday(8 + number))
    for (entry,) in admin.execute(ENTRIES, [town.team.id, LOOKS]).fetchall():
        item(town, town.nurse, entry_id=entry)


def test_ten_items_with_three_kinds_of_verdict(desk: Desk, shape: Shape, admin: psycopg.Connection) -> None:
    town = Town()
    ten_items(town, admin)
    window = open_window(desk, town.lead, shape, "/audit")
    for number in range(1, LOOKS + 1):
        place = window.word("Увид {place} од {of}").format(place=number, of=LOOKS)
        expect(window.page.get_by_role("heading", name=place, exact=True)).to_be_visible()
        if number == LOOKS:
            window.button("Питај особу").click()
        elif number == LOOKS - 1:
            window.button("Проследи даље").click()
        else:
            window.page.keyboard.press("1")
    window.sees("Све је прегледано. Хвала Вам: овако сви знају да неко гледа.")
    window.look()
    given = ReviewItem.objects.filter(team=town.team).values_list("verdict", flat=True)
    assert sorted(given) == ["ask", "escalate", *["expected"] * (LOOKS - 2)]
