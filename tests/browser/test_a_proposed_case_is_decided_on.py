"""Triage: a proposed case says what is next, and the coordinator decides on it."""

from playwright.sync_api import expect

from backend.cases.models import Case
from tests.api.case_bodies import CASES, case_body
from tests.api.client import browser_for
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import open_window

OUTCOME = "agenda"


def proposed(town: BusyTown) -> Case:
    body = case_body(town, propose=True, eligibility=False, needs=["housing"])
    answer = browser_for(town.outreach).post(CASES, body)
    assert answer.status == 201, answer.raw
    return Case.objects.get(pk=answer.json["id"])


def test_it_is_opened_by_the_coordinator(desk: Desk, seldom: Shape) -> None:
    town = BusyTown()
    case = proposed(town)
    window = open_window(desk, town.coordinator, seldom, "/cases?whose=all")
    window.page.get_by_role("link", name=case.spoken_name).first.click()
    window.sees("Одлучите о предлогу.")
    window.look()
    window.button("Одлучи о предлогу").first.click()
    window.page.get_by_role("radio", name=window.label("triage_outcomes", OUTCOME)).check()
    window.page.get_by_role("dialog").get_by_role("checkbox").check()
    window.look(in_the_dark=True)
    window.button("Упиши одлуку").click()
    window.sees("Одлука је уписана.")
    expect(window.page.get_by_role("dialog")).to_have_count(0)
    window.look()
    case.refresh_from_db()
    assert case.status == "active"
