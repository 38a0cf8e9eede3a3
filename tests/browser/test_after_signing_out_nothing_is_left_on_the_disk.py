"""Words typed into a note and never sent, and words that were read: after signing out no file of the browser holds
them. What is kept for the next time is sealed."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from backend.cases.notes import add_note
from tests.backend.referrals.loops import opened
from tests.browser.chromium import running
from tests.browser.desk import SPEAK, Desk, give, session_of, speaking
from tests.browser.looking import look
from tests.browser.profile import kept_on_disk, left_in
from tests.browser.record import Record
from tests.browser.shapes import CYRILLIC_PHONE, ENGLISH_DESK, Shape
from tests.browser.towns import BusyTown
from tests.browser.window import Window
from tests.canaries import CYRILLIC, LATIN, canaries, needles

NET = needles(LATIN, CYRILLIC)
DRAFTS = "indexedDB.databases().then(found => found.length)"

IN_THE_CLEAR = "text => localStorage.setItem('kept', text)"
IN_A_DATABASE = """
text => new Promise(done => {
  const asked = indexedDB.open('kept');
  asked.onupgradeneeded = () => asked.result.createObjectStore('texts');
  asked.onsuccess = () => {
    const change = asked.result.transaction('texts', 'readwrite');
    change.objectStore('texts').put(text, 1);
    change.oncomplete = () => done();
  };
})
"""


@pytest.mark.parametrize(
    "shape", [CYRILLIC_PHONE, pytest.param(ENGLISH_DESK, marks=pytest.mark.full)], ids=str
)
def test_no_canary_lies_in_the_profile(desk: Desk, shape: Shape, tmp_path: Path) -> None:
    town = BusyTown()
    loop = opened(town)
    read, typed = canaries()[:2]
    add_note(loop.centre, loop.case, organisation_id=town.centre.id, text=f"Dogovor: {read}.")
    with kept_on_disk(tmp_path, desk.address, shape) as context:
        record = desk.records[context] = Record(context, desk.address)
        context.add_init_script(SPEAK.format(language=shape.language))
        give(context, session_of(speaking(town.social_worker, shape)))
        page = context.new_page()
        window = Window(desk, page, shape)
        page.goto(f"/cases/{loop.case.id}?part=notes")
        look(desk, page)
        page.get_by_text(window.label("reveal_purposes", "direct_work"), exact=True).click()
        page.get_by_role("button", name=window.word("Отвори белешке ({count})").format(count=1)).click()
        expect(page.get_by_text(read)).to_be_visible()
        window.field("Белешка").fill(f"Dogovor: {typed}.")
        look(desk, page)
        window.go("/account")
        assert page.evaluate(DRAFTS) == 1
        window.button("Одјави се").click()
        page.wait_for_url("**/sign-in")
        look(desk, page)
        del desk.records[context]
        assert record.faults() == []
    assert running.chromium is not None
    assert left_in(tmp_path, NET) == {}


@pytest.mark.parametrize("put", [IN_THE_CLEAR, IN_A_DATABASE], ids=("storage", "database"))
def test_a_canary_that_was_kept_would_be_found(desk: Desk, tmp_path: Path, put: str) -> None:
    with kept_on_disk(tmp_path, desk.address, CYRILLIC_PHONE) as context:
        page = context.new_page()
        page.goto("/transparency")
        page.evaluate(put, f"Dogovor: {canaries()[0]}.")
    assert left_in(tmp_path, NET) != {}
