"""The judge itself: what must not happen in a window is found when it does."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.browser.desk import Desk
from tests.browser.enlarged import hidden_focus, in_the_way
from tests.browser.hands import interactions, start_counting
from tests.browser.shapes import ENGLISH_DESK
from tests.browser.words import of_another_script
from tests.world import Town

DOCUMENTED, UNDOCUMENTED = "/api/v1/me", "/api/v1/me/shoe-size"


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """A window whose faults are looked at here and forgotten, for they are made on purpose."""
    opened = desk.as_(Town().social_worker, ENGLISH_DESK, "/transparency")
    opened.wait_for_load_state("load")
    yield opened
    desk.records.pop(opened.context)
    opened.context.close()


def show(page: Page, body: str) -> None:
    """Put a page of the test's own in the place of the app."""
    text = f'<!doctype html><html lang="en"><title>A</title><main><h1>A</h1>{body}</main></html>'
    page.route(
        "**/of-the-test", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=text)
    )
    page.goto("/of-the-test")


def ask(page: Page, address: str) -> None:
    page.evaluate("address => fetch(address).then(answer => answer.text()).catch(() => null)", address)


def test_a_documented_request_is_no_fault(desk: Desk, page: Page) -> None:
    ask(page, DOCUMENTED)
    assert [one.status for one in desk.record(page).settled(page).sent("GET", DOCUMENTED)] == [200]
    assert desk.record(page).settled(page).faults() == []


def test_a_request_that_is_not_in_the_document_is_a_fault(desk: Desk, page: Page) -> None:
    ask(page, UNDOCUMENTED)
    assert desk.record(page).settled(page).faults() == [f"GET {UNDOCUMENTED} is not in openapi.yaml"]


def test_an_answer_beside_its_schema_is_a_fault(desk: Desk, page: Page) -> None:
    page.route("**/api/v1/me", lambda route: route.fulfill(json={"id": 7}))
    ask(page, DOCUMENTED)
    (fault,) = desk.record(page).settled(page).faults()
    assert fault.startswith(f"GET {DOCUMENTED} 200: $")


def test_a_failure_of_the_service_is_a_fault(desk: Desk, page: Page) -> None:
    page.route("**/api/v1/me", lambda route: route.fulfill(status=500, body=""))
    ask(page, DOCUMENTED)
    assert f"GET {DOCUMENTED} answered 500" in desk.record(page).settled(page).faults()


def test_another_host_is_a_fault_whether_or_not_it_is_reached(desk: Desk, page: Page) -> None:
    page.route("https://elsewhere.example/**", lambda route: route.abort())
    ask(page, "https://elsewhere.example/")
    faults = "\n".join(desk.record(page).settled(page).faults()).lower()
    assert "content security policy" in faults or "another host" in faults


def test_a_script_in_the_page_is_refused_and_a_fault(desk: Desk, page: Page) -> None:
    page.evaluate("""() => {
      const script = document.createElement('script');
      try { script.textContent = 'globalThis.ran = true'; } catch { return; }
      document.body.append(script);
    }""")
    assert page.evaluate("globalThis.ran") is None
    assert any(
        "content security policy" in fault.lower() for fault in desk.record(page).settled(page).faults()
    )


def test_an_exception_and_a_word_on_the_console_are_faults(desk: Desk, page: Page) -> None:
    with page.expect_event("console"):
        page.evaluate("console.error('a word')")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('a throw'); })")
    faults = desk.record(page).settled(page).faults()
    assert "console: a word" in faults
    assert any("a throw" in fault for fault in faults)


def test_axe_finds_a_picture_without_a_name_and_a_pale_text(page: Page) -> None:
    show(page, '<img src="data:,"><p style="background: white; color: silver">pale</p>')
    assert {line.partition(":")[0] for line in axe(page)} == {"image-alt", "color-contrast"}


def test_what_keeps_one_from_using_a_page_is_found(page: Page) -> None:
    show(
        page,
        '<p style="width: 2000px">wide</p>'
        '<p style="width: 3em; overflow: hidden; white-space: nowrap">cut off here</p>'
        '<p style="height: 1em; overflow: hidden; width: 4em">cut off down here</p>'
        '<div style="width: 5em; overflow: auto"><p style="width: 50em">in a box of its own</p></div>'
        '<button>under</button><div style="position: fixed; inset: 0"></div>',
    )
    kinds = {line.partition(":")[0] for line in in_the_way(page)}
    assert kinds == {"beside", "cut", "low", "covered"}
    assert not any("in a box" in line for line in in_the_way(page))


def test_a_bar_over_what_has_the_focus_is_found(page: Page) -> None:
    bar = '<footer style="position: fixed; inset: auto 0 0; height: 60vh; background: white">bar</footer>'
    show(page, "<a href='#'>one</a><br>" * 40 + bar)
    assert hidden_focus(page)
    assert [line for line in in_the_way(page) if line.startswith("bars")]


def test_a_text_that_was_not_translated_is_found(page: Page) -> None:
    show(
        page, '<p>Упут</p><p lang="sr-Cyrl">Спона</p><p>A referral</p><button aria-label="Затвори">x</button>'
    )
    assert of_another_script(page, "en") == ["not translated: Затвори", "not translated: Упут"]
    assert of_another_script(page, "sr-Cyrl") == []


def test_taps_choices_and_texts_count_once_each(page: Page) -> None:
    show(page, "<label>Name <input></label><button>Go</button>")
    start_counting(page)
    page.get_by_label("Name").press_sequentially("Ana is here")
    page.get_by_role("button").click()
    page.keyboard.press("Enter")
    assert interactions(page) == 3
