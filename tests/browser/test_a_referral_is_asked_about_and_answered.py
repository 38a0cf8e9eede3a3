"""Both sides of a referral: a question and its reply, an answer from the inbox, and the end that is acknowledged."""

from playwright.sync_api import expect

from backend.referrals.models import Question, Referral
from tests.backend.referrals.loops import opened
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import open_window

QUESTION = "suitable_times"
REPLY = "Utorkom posle podne."


def test_a_question_goes_there_and_its_reply_comes_back(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    referral = opened(town).refer()
    nurse = open_window(desk, town.nurse, shape, f"/referrals/{referral.id}?act=ask")
    nurse.page.get_by_text(nurse.label("questions", QUESTION), exact=True).click()
    nurse.look()
    nurse.button("Пошаљи питање").click()
    nurse.sees("Питање је послато.")
    worker = open_window(desk, town.social_worker, shape)
    worker.page.locator(f'a[href*="{referral.id}?act=reply"]').click()
    worker.page.get_by_role("dialog").get_by_role("textbox").fill(REPLY)
    worker.look()
    worker.button("Пошаљи одговор").click()
    worker.sees("Одговор је послат.")
    expect(worker.page.get_by_text(REPLY)).to_be_visible()
    assert Question.objects.get(referral=referral).replied_at is not None


def test_it_is_accepted_in_one_tap_and_declined_in_two(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    wanted, unwanted = loop.refer(), opened(town).refer()
    nurse = open_window(desk, town.nurse, shape)
    nurse.page.get_by_role("button", name=answer(nurse.word("Прихвати: {whose}"), wanted)).click()
    nurse.text("Прихваћено: {whose}. Први контакт до {last}").first.wait_for()
    nurse.page.get_by_role("button", name=answer(nurse.word("Одбиј: {whose}"), unwanted)).click()
    nurse.look(in_the_dark=True)
    nurse.page.get_by_text(nurse.label("referral_reasons", "no-capacity"), exact=True).click()
    with nurse.page.expect_response("**/reject"):
        nurse.page.get_by_role("dialog").get_by_role("button").last.click()
    nurse.look()
    states = [Referral.objects.get(pk=one.pk).status for one in (wanted, unwanted)]
    assert states == ["accepted", "rejected"]


def answer(text: str, referral: Referral) -> str:
    return text.format(whose=referral.case.spoken_name)


def test_by_keyboard_alone_it_is_sent_answered_and_acknowledged(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    loop = opened(town)
    worker = open_window(desk, town.social_worker, shape, f"/refer?case={loop.case.id}")
    search = worker.field("Нађи услугу или организацију")
    worker.reach(search)
    worker.page.keyboard.type(town.clinic.name)
    worker.press(worker.page.get_by_role("radio", name=town.clinic.name), "Space")
    worker.sees("{name} ће видети:")
    worker.press(worker.button("Пошаљи упут"))
    worker.sees("Упут се шаље за 10 секунди")
    with worker.page.expect_response("**/send"):
        worker.press(worker.button("Још један упут за исти случај"))
    referral = Referral.objects.get(case=loop.case)
    nurse = open_window(desk, town.nurse, shape)
    nurse.press(nurse.page.get_by_role("button", name=answer(nurse.word("Прихвати: {whose}"), referral)))
    nurse.text("Прихваћено: {whose}. Први контакт до {last}").first.wait_for()
    assert Referral.objects.get(pk=referral.pk).status == "accepted"


def test_by_keyboard_alone_the_end_is_acknowledged(desk: Desk, shape: Shape) -> None:
    town = BusyTown()
    referral = opened(town).completed()
    worker = open_window(desk, town.social_worker, shape)
    worker.press(worker.page.locator(f'a[href*="{referral.id}?act=acknowledge"]'))
    worker.look()
    worker.press(worker.button("Затвори упут"))
    worker.sees("Забележено. Упут је затворен.")
    assert Referral.objects.get(pk=referral.pk).acknowledged_at is not None


def test_an_answer_that_came_by_telephone_is_written_down(desk: Desk, seldom: Shape) -> None:
    town = BusyTown()
    referral = opened(town).refer(to=town.ward)
    window = open_window(desk, town.social_worker, seldom, f"/referrals/{referral.id}?act=accept")
    sheet = window.page.get_by_role("dialog")
    accept = window.button("Прихвати", within=sheet)
    expect(accept).to_be_disabled()
    sheet.get_by_text(window.word("Телефоном"), exact=True).click()
    sheet.get_by_text(window.word("Та организација"), exact=True).click()
    window.look(in_the_dark=True)
    accept.click()
    window.sees("Прихваћено.")
    window.look()
    assert Referral.objects.get(pk=referral.pk).status == "accepted"
