"""A published release: found in the list, its figures as sentences to cite, its pictures as tables too."""

import psycopg
from playwright.sync_api import expect

from tests.backend.statistics.releases.facts_by_hand import free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import released
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.window import open_window
from tests.world import Town, national


def test_its_figures_are_cited_and_shown_as_a_table(
    desk: Desk, shape: Shape, admin: psycopg.Connection
) -> None:
    town, year = Town(), free_year()
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    release = released(f"{year}-Q1")
    window = open_window(desk, national("national_analyst"), shape, "/statistics")
    window.page.locator(f'a[href$="/statistics/{release.number}"]').click()
    window.look()
    window.button("Прикажи табелу").first.click()
    expect(window.page.get_by_role("table").first).to_be_visible()
    window.look()
    expect(window.button("Копирај").first).to_be_visible()
