"""The person takes consent back: it is said what that does, and the recipient sees nothing from that moment on."""

from playwright.sync_api import expect

from backend.cases.models import Consent
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import open_window


def test_it_is_withdrawn_and_the_recipient_is_left_with_a_stub(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    referral = loop.accepted()
    worker = open_window(desk, town.social_worker, shape, f"/cases/{loop.case.id}?part=consents")
    name = worker.word("Опозови: {title}").partition("{")[0]
    worker.page.get_by_role("button", name=name).first.click()
    worker.sees("Опозив важи одмах и не може да се врати:")
    worker.look(in_the_dark=True)
    worker.button("Опозови пристанак").click()
    worker.sees("Пристанак је опозван.")
    assert Consent.objects.filter(pk=loop.consent.pk, withdrawal=None).count() == 0
    nurse = open_window(desk, town.nurse, shape, f"/referrals/{referral.id}")
    expect(nurse.page.get_by_text(loop.case.spoken_name)).to_have_count(0)
