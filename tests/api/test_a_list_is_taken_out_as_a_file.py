"""POST /cases/export and /referrals/export: what the list shows, few rows, with the factor, and written down."""

import csv
import io
from datetime import timedelta

import pytest

from backend.spreadsheets import MOST
from tests.api.audit import Audit
from tests.api.client import Answer, browser_for, client_for
from tests.api.referral_loop import Street, street
from tests.world import Town

CASES, REFERRALS = "/api/v1/cases/export", "/api/v1/referrals/export"


@pytest.fixture
def loop(town: Town) -> Street:
    found = street(town)
    assert found.refer().status == 201
    return found


def lines(answer: Answer) -> list[list[str]]:
    assert answer.status == 200, answer.raw
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.raw.decode())))


def test_a_worker_takes_out_the_own_cases_in_plain_columns(loop: Street, town: Town) -> None:
    head, row, notice = lines(browser_for(town.social_worker).post(CASES, {}))
    said = dict(zip(head, row, strict=True))
    assert (said["code"], said["holder"], said["status"]) == (loop.loop.case.code, town.centre.name, "active")
    assert "pristanak" in notice[0]
    assert not {"needs", "items", "age_band"} & set(head)


def test_filters_narrow_it_and_a_recipient_sees_no_more_than_its_list(loop: Street, town: Town) -> None:
    nurse = browser_for(town.nurse)
    head, row, _notice = lines(nurse.post(REFERRALS, {}, query={"status": "requested"}))
    assert dict(zip(head, row, strict=True))["requester"] == town.centre.name
    assert len(lines(nurse.post(REFERRALS, {}, query={"status": "completed"}))) == 2
    assert len(lines(nurse.post(CASES, {}))) == 2
    assert len(lines(browser_for(town.outreach).post(REFERRALS, {}))) == 2
    assert nurse.post(REFERRALS, {}, query={"page_size": "5"}).code == "unknown_parameter"


def test_more_than_twenty_rows_are_not_for_one_person(
    loop: Street, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 20
    for module in ("backend.spreadsheets", "api.resources.list_exports"):
        monkeypatch.setattr(f"{module}.MOST", 0)
    answer = browser_for(town.social_worker).post(CASES, {})
    assert (answer.status, answer.code) == (409, "export_too_large")


def test_it_asks_for_the_factor_and_is_nothing_for_machines_or_leads(
    loop: Street, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client_for(town.social_worker, operations=["case.view_coded"]).post(CASES, {}).status == 403
    assert browser_for(town.lead).post(CASES, {}).code == "forbidden"
    monkeypatch.setattr("backend.teams.factor_marks.FRESH", timedelta())
    assert browser_for(town.social_worker).post(CASES, {}).code == "step_up_required"


def test_each_file_is_an_entry_with_the_ids_in_it(loop: Street, town: Town, audit: Audit) -> None:
    lines(browser_for(town.social_worker).post(CASES, {}, query={"status": "active"}))
    (entry,) = audit.entries(verb="case.exported")
    assert str(loop.loop.case.id) in str(entry["said"])
    assert "status=active" in str(entry["said"])
