"""Break-glass: somebody to whom the case is absent opens it for an hour and says why; the lead judges the look."""

from playwright.sync_api import expect

from backend.cases.models import BreakGlass
from tests.backend.cases.looks import REASON, WHY
from tests.backend.referrals.loops import Loop, opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window


def look_at(window: Window, loop: Loop) -> None:
    """Ask for the look as the sheet has it, and be let in."""
    expect(window.heading("Овде нема ничега")).to_be_visible()
    window.button("Ванредни увид").click()
    window.look(in_the_dark=True)
    window.page.get_by_role("radio", name=window.label("breakglass_reasons", REASON)).check()
    window.field("Шта се дешава").fill(WHY)
    window.look()
    window.button("Отвори на један сат").click()
    window.sees("Случај је отворен на један сат.")
    expect(window.page.get_by_role("heading", name=loop.case.spoken_name)).to_be_visible()
    window.look()


def test_it_is_asked_for_and_judged(desk: Desk, seldom: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    outsider = open_window(desk, town.nurse, seldom, f"/cases/{loop.case.id}")
    look_at(outsider, loop)
    lead = open_window(desk, town.lead, seldom, "/audit?view=glass")
    lead.page.get_by_text(lead.label("breakglass_reasons", REASON), exact=True).click()
    expect(lead.page.get_by_text(WHY)).to_be_visible()
    lead.look(in_the_dark=True)
    with lead.page.expect_response("**/review"):
        lead.page.keyboard.press("1")
    lead.sees("оцењено")
    lead.look()
    row = BreakGlass.objects.get(case=loop.case)
    assert (row.person_id, row.verdict) == (town.nurse.id, "expected")
