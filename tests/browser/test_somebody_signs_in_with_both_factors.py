"""The way in: password, then the code of an app or a passkey; a first factor is added on the way, and the way out."""

from playwright.sync_api import expect

from backend.teams.models import User
from tests.api.signing_in import PASSWORD, SECRET, person
from tests.browser.authenticator import code_of, plug_in_key
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.window import Window
from tests.world import Town, seat


def at_the_door(desk: Desk, user: User, shape: Shape) -> Window:
    """Open the sign-in page and give the password."""
    window = Window(desk, desk.open(shape, "/sign-in"), shape)
    window.look()
    give_password(window, user)
    return window


def give_password(window: Window, user: User) -> None:
    window.field("Корисничко име").fill(user.username)
    window.field("Лозинка").fill(PASSWORD)
    window.button("Настави").click()


def out(window: Window) -> None:
    """Wait until the door is there again: leaving loads the app anew."""
    window.page.wait_for_url("**/sign-in")
    window.look()


def is_in(window: Window) -> None:
    expect(window.heading("Пријемно сандуче")).to_be_visible()
    window.look()


def worker(town: Town, *, totp: bool) -> User:
    user = person(totp=totp)
    seat(user, "member", team=town.team, organisation=town.centre)
    return user


def test_with_the_code_of_an_app_and_out_again(desk: Desk, shape: Shape) -> None:
    window = at_the_door(desk, worker(Town(), totp=True), shape)
    window.sees("Још једна потврда")
    window.look()
    window.field("Код").fill("000000")
    window.button("Потврди").click()
    expect(window.field("Код")).to_have_attribute("aria-invalid", "true")
    window.look()
    window.field("Код").fill(code_of(SECRET))
    window.button("Потврди").click()
    is_in(window)
    window.go("/account")
    window.button("Одјави се").click()
    out(window)
    assert window.page.evaluate("fetch('/api/v1/me').then(answer => answer.status)") == 401


def test_an_app_is_added_at_the_first_sign_in(desk: Desk, shape: Shape) -> None:
    window = at_the_door(desk, worker(Town(), totp=False), shape)
    expect(window.heading("Заштитите налог")).to_be_visible()
    app = window.button("Користи апликацију за потврду")
    if app.is_visible():
        app.click()
    window.look()
    secret = window.page.locator("code").inner_text().replace(" ", "")
    window.field("Код").fill(code_of(secret))
    window.button("Потврди").click()
    expect(window.heading("Резервни кодови")).to_be_visible()
    window.look()
    assert window.page.get_by_role("list").get_by_role("listitem").count() >= 8
    window.button("Сачувани су, настави").click()
    is_in(window)


def test_a_passkey_is_added_by_who_needs_one_and_opens_the_next_time(desk: Desk, shape: Shape) -> None:
    town, lead = Town(), person(totp=False)
    seat(lead, "municipal_lead", team=town.team)
    window = Window(desk, desk.open(shape, "/sign-in?next=/audit"), shape)
    plug_in_key(window.page)
    window.look()
    give_password(window, lead)
    expect(window.heading("Заштитите налог")).to_be_visible()
    window.look()
    window.button("Направи приступни кључ").click()
    expect(window.heading("Резервни кодови")).to_be_visible()
    window.button("Сачувани су, настави").click()
    expect(window.heading("Преглед увида")).to_be_visible()
    window.go("/account")
    window.button("Одјави се").click()
    out(window)
    give_password(window, lead)
    window.button("Покажи приступни кључ").click()
    expect(window.heading("Преглед увида")).to_be_visible()
    window.look()
