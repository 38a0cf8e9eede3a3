"""The remark of a consent, the reason of an exclusion, notes under a break-glass: each opens for a stated purpose."""

from playwright.sync_api import expect

from backend.cases.notes import add_note
from tests.backend.cases.barred import shut_out
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window

REMARK, REASON, NOTE = "Želi pratnju do ordinacije.", "Komšija radi tamo.", "Dogovoren sledeći susret."


def opens(window: Window, name: str, text: str) -> None:
    beginning = f"{window.word(name)}: "
    window.page.get_by_role("button", name=beginning).click()
    window.page.get_by_text(window.label("reveal_purposes", "direct_work"), exact=True).click()
    window.look()
    window.button(name).click()
    expect(window.page.get_by_text(text)).to_be_visible()


def test_a_remark_and_a_reason(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    loop.agree(town.clinic, remark=REMARK)
    shut_out(loop.case, town.ward, by=town.social_worker, for_=town.centre, reason=REASON)
    window = open_window(desk, town.social_worker, shape, f"/cases/{loop.case.id}?part=consents")
    opens(window, "Отвори напомену", REMARK)
    window.go(f"/cases/{loop.case.id}?part=sight")
    opens(window, "Отвори разлог", REASON)


def test_notes_under_a_break_glass(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    add_note(loop.centre, loop.case, organisation_id=town.centre.id, text=NOTE)
    window = open_window(desk, town.outreach, shape)
    look(town.outreach, loop.case)
    window.go(f"/cases/{loop.case.id}?part=notes")
    window.sees("Отвара се у оквиру ванредног увида, и то остаје записано.")
    window.page.get_by_role("button", name=window.word("Отвори белешке ({count})").format(count=1)).click()
    expect(window.page.get_by_text(NOTE)).to_be_visible()
    window.look()
