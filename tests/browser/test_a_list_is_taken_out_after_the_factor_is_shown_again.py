"""A list as a file: who signed in a while ago shows the second factor once more, and the file comes by itself."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from backend.teams import factor_marks
from tests.api.signing_in import SECRET, person
from tests.browser.authenticator import code_of
from tests.browser.desk import Desk
from tests.browser.shapes import Shape
from tests.browser.towns import BusyTown
from tests.browser.window import open_window
from tests.world import seat

A_WHILE = timedelta(minutes=11)


@pytest.fixture
def a_while_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is signed in by this test showed the factor a while ago."""
    real = factor_marks.mark_passed

    def marked(session: Any, user_id: Any, *, kind: str) -> None:
        real(session, user_id, kind=kind)
        before = (timezone.now() - A_WHILE).timestamp()
        session[factor_marks.SHOWN] = dict.fromkeys(session[factor_marks.SHOWN], before)

    monkeypatch.setattr(factor_marks, "mark_passed", marked)


@pytest.mark.usefixtures("a_while_ago")
def test_the_log_comes_as_a_table(desk: Desk, seldom: Shape) -> None:
    town, officer = BusyTown(), person()
    seat(officer, "data_protection_officer", team=town.team)
    window = open_window(desk, officer, seldom, "/audit?view=log")
    window.button("Преузми CSV").click()
    expect(window.page.get_by_role("dialog")).to_be_visible()
    window.sees("Потврдите да сте то Ви")
    window.look(in_the_dark=True)
    window.field("Код").fill(code_of(SECRET))
    with window.page.expect_download() as taken:
        window.button("Потврди").click()
    expect(window.page.get_by_role("dialog")).to_have_count(0)
    assert taken.value.suggested_filename.endswith(".csv")
    with taken.value.path().open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert {"at", "verb"} <= set(head)
    assert rows
    window.look()
