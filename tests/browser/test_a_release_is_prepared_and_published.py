"""The Office: one person asks for a release, the worker builds and attacks it, another person publishes it."""

import psycopg
from playwright.sync_api import expect

from backend.statistics.periods import Quarter
from backend.statistics.quarters import today
from backend.statistics.releases import job
from backend.statistics.releases.models import Release
from backend.statistics.releases.system import RELEASES
from tests.backend.statistics.releases.facts_by_hand import busy, lock, write
from tests.browser.desk import Desk
from tests.browser.shapes import ENGLISH_DESK
from tests.browser.window import open_window
from tests.world import Town, national

PEOPLE = 120


def test_by_two_people(desk: Desk, admin: psycopg.Connection) -> None:
    town, quarter = Town(), str(next(iter(Quarter.of(today()).before(1))))
    write(admin, busy(town.team, quarter, people=PEOPLE))
    lock(town.team, quarter)
    analyst = open_window(desk, national("national_analyst"), ENGLISH_DESK, "/statistics")
    analyst.button("Припреми издање").click()
    analyst.sees("Израда је почела. Издање је у списку.")
    analyst.look()
    row = Release.objects.get(tier="B", period=quarter)
    job.build(RELEASES, row)
    officer = open_window(desk, national("release_officer"), ENGLISH_DESK, "/statistics")
    officer.page.locator(f'a[href$="/statistics/{row.pk}"]').click()
    expect(officer.heading("Одлука")).to_be_visible()
    officer.look(in_the_dark=True)
    officer.button("Објави").click()
    officer.sees("Издање је објављено.")
    officer.look()
    row.refresh_from_db()
    assert (row.status, row.number is not None) == ("published", True)
