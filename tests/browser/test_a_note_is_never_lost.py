"""Two people write one note, a session ends in the middle of one: every word that was typed is still there."""

from playwright.sync_api import expect

from backend.cases.models import Note
from backend.cases.notes import add_note
from tests.api.signing_in import PASSWORD, SECRET, person
from tests.backend.referrals.loops import Loop, opened
from tests.browser.authenticator import code_of
from tests.browser.axe import axe
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window
from tests.world import seat

MINE, THEIRS = "Dogovoren je odlazak u ponedeljak.", "Dogovoren je odlazak u sredu."


def change(window: Window) -> None:
    """Open the one note for a change."""
    window.page.get_by_role("button", name=window.word("Измени белешку: {when}").split("{")[0]).click()
    expect(window.page.get_by_role("dialog")).to_be_visible()
    window.look()


def noted(loop: Loop) -> None:
    add_note(loop.centre, loop.case, organisation_id=loop.town.centre.id, text="Dogovoren je razgovor.")


def test_the_second_of_two_editors_sees_both_texts(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    noted(loop)
    address = f"/cases/{loop.case.id}?part=notes"
    first, second = (
        open_window(desk, user, shape, address)
        for user in (town.social_worker, town.worker("member", town.centre))
    )
    for window in (first, second):
        change(window)
    first.page.get_by_role("dialog").get_by_role("textbox").fill(THEIRS)
    first.button("Сачувај измену").click()
    first.sees("Белешка је измењена.")
    second.page.get_by_role("dialog").get_by_role("textbox").fill(MINE)
    second.button("Сачувај измену").click()
    second.sees("Ваш текст није изгубљен. Погледајте оба и изаберите шта остаје.")
    second.look(in_the_dark=True)
    sheet = second.page.get_by_role("dialog").last
    expect(sheet.get_by_text(MINE)).to_be_visible()
    expect(sheet.get_by_text(THEIRS)).to_be_visible()
    sheet.get_by_role("radio", name=second.word("Споји")).check()
    second.look()
    second.button("Сачувај изабрано").click()
    second.sees("Белешка је измењена.")
    assert Note.objects.get(case=loop.case).version == 3
    joined = second.page.get_by_text(THEIRS)
    expect(joined).to_contain_text(MINE)


def test_a_session_that_ends_in_the_middle_takes_no_word(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    worker = person()
    seat(worker, "member", team=town.team, organisation=town.centre)
    window = open_window(desk, worker, shape, f"/cases/{loop.case.id}?part=notes")
    window.field("Белешка").fill(MINE)
    window.page.context.clear_cookies()
    window.button("Сачувај белешку").click()
    sheet = window.page.get_by_role("dialog")
    sheet.get_by_label(window.word("Лозинка"), exact=True).fill(PASSWORD)
    assert axe(window.page) == []
    window.page.keyboard.press("Enter")
    sheet.get_by_label(window.word("Код"), exact=True).fill(code_of(SECRET))
    window.page.keyboard.press("Enter")
    window.sees("Белешка је сачувана.")
    expect(window.page.get_by_text(MINE)).to_be_visible()
    assert Note.objects.filter(case=loop.case).count() == 1
