"""Who comes to the form with a need finds it chosen; one that the consent does not cover is said beside the field."""

from playwright.sync_api import expect

from backend.cases.models import Case
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window


def chosen(window: Window, need: str) -> None:
    expect(window.page.get_by_role("radio", name=window.label("needs", need), exact=True)).to_be_checked()


def case_with_needs(town: BusyTown) -> Case:
    loop = opened(town)
    loop.agree(town.centre)
    return loop.case


def test_from_the_directory(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    case = case_with_needs(town)
    window = open_window(desk, town.social_worker, shape, "/directory?need=housing&municipality=all")
    offer = window.link("Упути овде").first
    href = offer.get_attribute("href")
    assert href
    assert "need=housing" in href
    window.go(f"{href}&case={case.id}")
    chosen(window, "housing")
    window.look()


def test_from_a_need_of_a_case(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    case = case_with_needs(town)
    window = open_window(desk, town.social_worker, shape, f"/refer?case={case.id}&need=housing")
    chosen(window, "housing")


def test_what_the_consent_does_not_cover_is_said_before_anything_is_sent(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    window = open_window(desk, town.social_worker, shape, "/refer?need=housing")
    window.button("Нови случај").click()
    window.page.get_by_role("radio", name=window.label("consent_bundles", "this_service")).check()
    window.sees(
        "Изабрани пристанак не обухвата: {names}. Питајте особу пристаје ли на „{wider}“, или то изоставите."
    )
    window.look()
    window.button("Отвори случај и настави").click()
    assert desk.record(window.page).settled(window.page).sent("POST", "/api/v1/cases") == []
    window.page.get_by_role("radio", name=window.label("consent_bundles", "practical_help")).check()
    window.button("Отвори случај и настави").click()
    chosen(window, "housing")
    assert Case.objects.filter(team=town.team).count() == 1
