"""Coordinator and key custodian end the keys of a team: each types which team it is, and a press alone does nothing."""

from playwright.sync_api import Locator, expect

from backend.erasure.models import KeyDestruction
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.window import Window, open_window
from tests.browser.words import like
from tests.world import Town, national

ASK, DESTROY = "Затражи уништење", "Уништи кључеве заувек"


def opening(window: Window, name: str) -> Locator:
    return window.page.get_by_role("button", name=like(window.shape.language, name))


def type_letters(window: Window, letters: str) -> None:
    window.page.get_by_role("dialog").get_by_role("textbox").fill(letters)


def test_one_asks_and_another_destroys(desk: Desk, shape: Shape) -> None:
    town = Town()
    prefix = town.team.prefix
    asking = open_window(desk, town.coordinator, shape, "/admin/teams")
    opening(asking, "Затражи уништење кључева: {name}").click()
    asking.button(ASK).click()
    asking.sees("То није ознака овог тима. Проверите о ком тиму је реч.")
    assert not KeyDestruction.objects.filter(team=town.team).exists()
    type_letters(asking, prefix.lower())
    asking.button(ASK).click()
    asking.sees("затражено је уништење кључева")

    custodian = open_window(desk, national("key_custodian"), shape, "/admin/waiting")
    opening(custodian, "Уништи кључеве: {team}").first.click()
    type_letters(custodian, prefix)
    custodian.button(DESTROY).click()
    expect(custodian.page.get_by_role("dialog")).to_be_hidden()
    custodian.look()
    assert KeyDestruction.objects.get(team=town.team).executed_at is not None
