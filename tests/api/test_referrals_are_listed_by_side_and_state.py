"""Lists of referrals and the inbox: what shows to whom, filters, budgets, and nothing that is sealed."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.cases.models import Case
from tests.api.audit import Audit
from tests.api.client import browser_for
from tests.api.conftest import Counted
from tests.api.referral_loop import AT, Street, street
from tests.backend.referrals.loops import moved, opened
from tests.world import Town, ago

NOWHERE = "00000000-0000-4000-8000-000000000000"
INBOX = ("to_answer", "overdue", "answered_not_acknowledged", "expiring_consent")


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def codes(way: Street, by: str, **query: Any) -> list[str]:
    answer = way.by(by).get(AT, query=query)
    assert answer.status == 200, answer.raw
    return [row["code"] for row in answer.json["results"]]


def test_each_side_sees_its_own_and_strangers_none(way: Street) -> None:
    code = way.refer().json["code"]
    assert codes(way, "social_worker") == codes(way, "nurse") == codes(way, "coordinator") == [code]
    assert codes(way, "outreach") == codes(way, "partner_worker") == []
    assert codes(way, "social_worker", side="sent") == codes(way, "nurse", side="received") == [code]
    assert codes(way, "social_worker", side="received") == codes(way, "nurse", side="sent") == []


def test_a_row_has_plain_columns_only(way: Street) -> None:
    way.refer()
    (row,) = way.by("nurse").get(AT).json["results"]
    assert set(row) == {
        "id", "code", "team", "spoken_name", "service_code", "urgency", "status", "business_status", "due_at",
        "overdue", "requester", "recipient", "sent_at", "needs_rerouting", "side", "created_at", "version",
    }  # fmt: skip
    assert (row["service_code"], row["overdue"], row["needs_rerouting"]) == ("TX-OPC", False, False)
    assert row["requester"] == str(way.loop.town.centre.id)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (lambda way: {"status": "requested"}, True),
        (lambda way: {"status": "accepted,rejected"}, False),
        (lambda way: {"urgency": "routine"}, True),
        (lambda way: {"urgency": "stat"}, False),
        (lambda way: {"service_code": "TX-OPC"}, True),
        (lambda way: {"service_code": "TX-DET"}, False),
        (lambda way: {"overdue": "false"}, True),
        (lambda way: {"overdue": "true"}, False),
        (lambda way: {"case": str(way.loop.case.id)}, True),
        (lambda way: {"case": NOWHERE}, False),
        (lambda way: {"team": str(way.loop.town.team.id)}, True),
        (lambda way: {"team": NOWHERE}, False),
        (lambda way: {"recipient": str(way.loop.town.clinic.id)}, True),
        (lambda way: {"recipient": str(way.loop.town.centre.id)}, False),
        (lambda way: {"requester": str(way.loop.town.centre.id)}, True),
    ],
)
def test_filters_narrow(way: Street, query: Callable[[Street], dict[str, Any]], *, found: bool) -> None:
    way.refer()
    assert bool(codes(way, "social_worker", **query(way))) == found


def test_a_foreign_case_in_a_filter_finds_nothing_as_an_absent_one_does(way: Street) -> None:
    other = opened(Town())
    other.refer()
    assert codes(way, "social_worker", case=str(other.case.id)) == []


@pytest.mark.parametrize("query", [{"need": "x"}, {"status": "gone"}, {"side": "both"}, {"overdue": "1"}])
def test_anything_else_is_refused(way: Street, query: dict[str, str]) -> None:
    assert way.by("social_worker").get(AT, query=query).status == 400


def test_an_overdue_one_says_so(way: Street) -> None:
    referral = way.loop.refer()
    moved(referral, due_at=ago(hours=1))
    assert codes(way, "nurse", overdue="true") == [referral.code]
    inbox = way.by("social_worker").get("/api/v1/inbox").json
    assert [line["code"] for line in inbox["overdue"]] == [referral.code]


def test_the_inbox_has_its_four_lists(way: Street) -> None:
    way.refer()
    inbox = way.by("nurse").get("/api/v1/inbox").json
    assert [line["status"] for line in inbox["to_answer"]] == ["requested"]
    assert set(inbox) == {*INBOX, "redisclosure_notice"}
    others = way.by("outreach").get("/api/v1/inbox").json
    assert not any(others[name] for name in INBOX)


def test_who_has_no_part_in_cases_has_an_empty_inbox_and_no_list(way: Street) -> None:
    lead = browser_for(way.loop.town.lead)
    inbox = lead.get("/api/v1/inbox").json
    assert not any(inbox[name] for name in INBOX)
    assert lead.get(AT).status == 403


def test_pages_go_through_all_rows_once(way: Street) -> None:
    for _ in range(3):
        way.loop.refer()
    first = way.by("nurse").get(AT, query={"page_size": 2}).json
    second = way.by("nurse").get(first["next"]).json
    seen = [row["code"] for page in (first, second) for row in page["results"]]
    assert len(seen) == len(set(seen)) == 3
    assert second["next"] is None


def test_a_list_is_audited_with_its_ids_and_filters(way: Street, audit: Audit) -> None:
    made = way.refer().json
    way.by("nurse").get(AT, query={"status": "requested"})
    (entry,) = audit.entries(verb="referral.listed", log=way.loop.town.team.id)
    assert entry["said"]["object_ids"] == [made["id"]]
    assert entry["said"]["facts"]["filters"] == ["status=requested"]


def test_reading_keeps_to_its_budgets(way: Street, counted: Counted) -> None:
    referral = way.loop.accepted()
    for name in ("social_worker", "nurse"):
        way.by(name)
    with counted("referrals_list"):
        assert way.by("nurse").get(AT).status == 200
    with counted("referrals_retrieve"):
        assert way.read(referral, by="nurse").json["access"] == "full"
    with counted("inbox_retrieve"):
        assert way.by("nurse").get("/api/v1/inbox").status == 200


def test_creating_keeps_to_its_budget(way: Street, counted: Counted) -> None:
    worker, body = way.by("social_worker"), way.body()
    way.loop.refer(need_id=way.loop.needs()["housing"][0])
    with counted("referrals_create"):
        assert worker.post(AT, body).status == 201
    assert Case.objects.get(pk=way.loop.case.pk).referral_set.count() == 2
