"""The worker keeps the shell and nothing else: the app opens without a line, and an older version's files go."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, session_of
from tests.browser.looking import look
from tests.browser.shapes import CYRILLIC_PHONE
from tests.browser.towns import BusyTown

KEPT: Final = """async () => {
  const cache = await caches.open("shell-1");
  return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}"""
# What a visit before the last build would have left.
OLDER: Final = """async () => {
  const cache = await caches.open("shell-1");
  await cache.put("/", new Response('<script src="/static/app/assets/older.js"></script>'));
  await cache.put("/static/app/assets/older.js", new Response(""));
}"""


def opened(desk: Desk) -> Page:
    page = desk.open(CYRILLIC_PHONE, "/", cookies=session_of(BusyTown().nurse), service_workers="allow")
    look(desk, page)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.reload()
    look(desk, page)
    page.wait_for_function("caches.match('/').then(Boolean)")
    return page


def test_without_a_line_the_shell_is_there_and_nothing_of_the_service(desk: Desk) -> None:
    page = opened(desk)
    assert [
        path for path in page.evaluate(KEPT) if path != "/" and not path.startswith("/static/app/assets/")
    ] == []
    desk.record(page).cut = True
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Нема везе са сервером")
    page.context.set_offline(False)
    page.get_by_role("button", name="Покушај поново").click()
    look(desk, page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_files_of_an_older_version_go_when_a_newer_page_comes(desk: Desk) -> None:
    page = opened(desk)
    page.evaluate(OLDER)
    page.reload()
    page.wait_for_function("caches.match('/static/app/assets/older.js').then((found) => !found)")
    look(desk, page)
