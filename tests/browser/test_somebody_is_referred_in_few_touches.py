"""From a case to a sent referral in nine touches at most, from nothing in fourteen; what is shared is seen before."""

from playwright.sync_api import expect

from backend.cases.models import Case
from backend.referrals.models import Referral
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.hands import interactions, start_counting
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window, open_window

FROM_A_CASE, FROM_NOTHING = 9, 14
REFERRALS = "/api/v1/referrals"


def choose_clinic(window: Window, town: BusyTown) -> None:
    window.field("Нађи услугу или организацију").fill(town.clinic.name)
    window.page.get_by_role("radio", name=town.clinic.name).check()


def send_at_once(window: Window) -> None:
    """Send, and let go before the ten seconds are over."""
    window.button("Пошаљи упут").click()
    window.sees("Упут се шаље за 10 секунди")
    window.look()
    with window.page.expect_response("**/send") as answer:
        window.button("Још један упут за исти случај").click()
    assert answer.value.status == 200


def test_from_a_case(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    window = open_window(desk, town.social_worker, shape, f"/cases/{loop.case.id}")
    start_counting(window.page)
    window.page.locator(f'a[href*="/refer?case={loop.case.id}"]').first.click()
    window.look()
    choose_clinic(window, town)
    window.sees("{name} ће видети:")
    window.look()
    send_at_once(window)
    assert interactions(window.page) <= FROM_A_CASE
    assert Referral.objects.get(case=loop.case).status == "requested"


def test_from_nothing(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    window = open_window(desk, town.social_worker, shape, "/refer")
    assert town.clinic
    start_counting(window.page)
    window.button("Нови случај").click()
    window.page.get_by_role("radio", name=window.label("consent_bundles", "full_coordination")).check()
    window.field("Старост").select_option("25-29")
    window.page.get_by_text(window.label("tdi_items", "sex:1"), exact=True).click()
    needs = window.page.get_by_role("combobox", name=window.word("Потребе"))
    needs.click()
    window.page.get_by_role("option", name=window.label("needs", "housing"), exact=True).click()
    window.page.keyboard.press("Escape")
    window.look()
    window.button("Отвори случај и настави").click()
    expect(window.heading("Шта се дели").or_(window.heading("Услуга")).first).to_be_visible()
    choose_clinic(window, town)
    agreed = window.button("Особа пристаје, запиши")
    agreed.or_(window.text("{name} ће видети:")).first.wait_for()
    window.look()
    if agreed.is_visible():
        agreed.click()
        window.sees("{name} ће видети:")
    send_at_once(window)
    assert interactions(window.page) <= FROM_NOTHING
    case = Case.objects.get(team=town.team)
    assert Referral.objects.get(case=case).status == "requested"
