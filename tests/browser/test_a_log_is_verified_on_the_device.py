"""The lead's own browser verifies the log: its signature, that it goes on from what was seen here before, and an entry
of it. A log that was rolled back raises the alarm, with what to do about it."""

import psycopg
from playwright.sync_api import expect

from audit.models import Checkpoint
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.window import Window, open_window
from tests.databases import Clones
from tests.sealed import add, all_sealed, sealer_of
from tests.world import Town

SIGNED = "Проверено на овом уређају до бр. {size}"
ROLL_BACK = "UPDATE audit_log SET checkpoint_size = %s WHERE id = %s"


def sealed_size(town: Town) -> int:
    all_sealed(add(town.team.id, 3))
    size: int = Checkpoint.objects.filter(log_id=town.team.id).latest("size").size
    return size


def sees(window: Window, source: str, **blanks: object) -> None:
    """See a text with its blanks filled."""
    filled = window.word(source).format(**blanks)
    expect(window.page.get_by_text(filled, exact=True)).to_be_visible()


def looks_again(window: Window) -> None:
    window.page.reload()
    window.look()


def test_until_it_was_rolled_back(
    desk: Desk, shape: Shape, admin: psycopg.Connection, database: Clones
) -> None:
    town = Town()
    with sealer_of(database.main):
        first = sealed_size(town)
        window = open_window(desk, town.lead, shape, "/audit?view=state")
        sees(window, SIGNED, size=first)
        second = sealed_size(town)
    looks_again(window)
    sees(window, SIGNED, size=second)
    window.sees("Потпис је исправан ({when}), а ништа није мењано од бр. {seen}, који је овде виђен {first}.")
    admin.execute(ROLL_BACK, [first, town.team.id])
    looks_again(window)
    window.sees("Дневник је краћи него што је био: нешто је избрисано, или је враћена стара копија.")
    with window.page.expect_download():
        window.button("Сачувај доказ").click()
    window.button("Узрок је познат").click()
    window.button("Заборави стари печат").click()
    sees(window, SIGNED, size=first)


def test_and_an_entry_of_it(desk: Desk, shape: Shape, database: Clones) -> None:
    town = Town()
    with sealer_of(database.main):
        sealed_size(town)
    window = open_window(desk, town.lead, shape, "/audit?view=log&action=case.viewed")
    window.page.locator(".row").first.click()
    window.button("Провери овај унос").click()
    window.sees("Стоји у дневнику под бр. {number}")
    window.look()
