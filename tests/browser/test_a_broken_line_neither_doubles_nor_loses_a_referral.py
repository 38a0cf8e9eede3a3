"""The answer to a referral is lost on the way; after "try again" it exists exactly once."""

from playwright.sync_api import Route

from backend.referrals.models import Referral
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import open_window


def lose_the_answer(route: Route) -> None:
    """Let the service do it, and break the line before it can say so."""
    route.fetch()
    route.abort("connectionreset")


def test_it_exists_once_after_a_retry(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    window = open_window(desk, town.social_worker, shape, f"/refer?case={loop.case.id}")
    desk.record(window.page).cut = True
    window.field("Нађи услугу или организацију").fill(town.clinic.name)
    window.page.get_by_role("radio", name=town.clinic.name).check()
    window.sees("{name} ће видети:")
    window.page.route("**/api/v1/referrals", lose_the_answer, times=1)
    window.button("Пошаљи упут").click()
    window.button("Покушај поново").click()
    window.sees("Упут се шаље за 10 секунди")
    window.page.route("**/send", lose_the_answer, times=1)
    window.button("Још један упут за исти случај").click()
    window.sees("Још се не зна да ли је упут {code} послат. Покушавамо поново.")
    window.sees("Упут {code} је послат.")
    desk.record(window.page).settled(window.page)
    assert Referral.objects.get(case=loop.case).status == "requested"
