"""/audit/reviews: who sees which item, the verdicts, the answer of the person concerned, and one verdict for a look."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from backend.cases.models import BreakGlass
from backend.review.models import OFFICER, ReviewItem
from backend.review.rules import BREAK_GLASS
from tests.api.audit import Audit
from tests.api.client import Answer, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.cases.looks import look
from tests.backend.cases.papers import overwrite
from tests.backend.referrals.loops import opened
from tests.backend.review.items import item
from tests.world import Town, ago, national

REVIEWS = "/api/v1/audit/reviews"
WHY = "Dežurna služba je tražila plan."


@pytest.fixture
def row(town: Town) -> ReviewItem:
    return item(town, town.nurse)


def say(user: Any, row: ReviewItem, verdict: str = "expected") -> Answer:
    return browser_for(user).post(f"{REVIEWS}/{row.pk}/judge", {"verdict": verdict})


def reply(user: Any, row: ReviewItem, text: Any = WHY) -> Answer:
    return browser_for(user).post(f"{REVIEWS}/{row.pk}/answer", {"text": text})


def seen(user: Any, **query: Any) -> list[dict[str, Any]]:
    answer = browser_for(user).get(REVIEWS, query=query)
    assert answer.status == 200, answer.raw
    found: list[dict[str, Any]] = answer.json["results"]
    return found


def test_the_lead_has_the_own_queue_and_the_officer_both(
    town: Town, row: ReviewItem, counted: Counted
) -> None:
    officers = item(town, town.lead, for_role=OFFICER)
    lead = browser_for(town.lead)
    with counted("reviews_list"):
        lead.get(REVIEWS)
    assert [one["id"] for one in seen(town.lead)] == [str(row.pk)]
    assert {one["id"] for one in seen(town.officer)} == {str(row.pk), str(officers.pk)}
    assert [one["id"] for one in seen(town.officer, for_role=OFFICER)] == [str(officers.pk)]
    with counted("reviews_retrieve"):
        assert lead.get(f"{REVIEWS}/{row.pk}").json["answer"] is None
    assert lead.get(f"{REVIEWS}/{officers.pk}").status == 404


@pytest.mark.parametrize("who", ["coordinator", "deputy", "outreach", "partner_worker", "platform_admin"])
def test_nobody_else_sees_an_item(town: Town, row: ReviewItem, who: str) -> None:
    user = national(who) if who == "platform_admin" else getattr(town, who)
    assert seen(user) == []
    assert browser_for(user).get(f"{REVIEWS}/{row.pk}").status == 404
    assert say(user, row).status == reply(user, row).status == 404


def test_neither_the_lead_of_another_town_nor_the_person_before_being_asked(
    town: Town, row: ReviewItem
) -> None:
    for user in (Town().lead, Town().officer, town.nurse):
        assert seen(user) == []
        assert say(user, row).status == reply(user, row).status == 404


def test_a_verdict_is_given_once(town: Town, row: ReviewItem, audit: Audit) -> None:
    for wrong in ({}, {"verdict": "fine"}, {"verdict": None}, {"verdict": "ask", "note": "x"}):
        assert browser_for(town.lead).post(f"{REVIEWS}/{row.pk}/judge", wrong).status == 422
    done = say(town.lead, row)
    assert (done.status, done.json["verdict"], done.json["judged_by"]) == (200, "expected", str(town.lead.id))
    again = say(town.officer, row, "escalate")
    assert (again.status, again.code) == (409, "already_judged")
    [entry] = audit.entries(verb="review.judged", outcome="success")
    assert (entry["log"], entry["said"]["facts"]["verdict"]) == (town.team.id, "expected")
    assert [one["id"] for one in seen(town.lead, judged="true")] == [str(row.pk)]


def test_nobody_judges_the_own_act(town: Town) -> None:
    of_lead = item(town, town.lead, for_role=OFFICER)
    of_officer = item(town, town.officer)
    assert (say(town.lead, of_lead).status, say(town.officer, of_officer).status) == (404, 404)
    assert say(town.officer, of_lead, "ask").status == say(town.lead, of_officer, "ask").status == 200
    assert (say(town.lead, of_lead).status, say(town.officer, of_officer).status) == (403, 403)


def test_a_machine_gives_no_verdict(town: Town, row: ReviewItem) -> None:
    answer = client_for(town.lead).post(f"{REVIEWS}/{row.pk}/judge", {"verdict": "expected"})
    assert answer.status in {403, 404}
    row.refresh_from_db()
    assert row.verdict is None


def test_the_person_is_asked_answers_once_and_is_not_told_who_asked(town: Town, row: ReviewItem) -> None:
    assert say(town.lead, row, "ask").json["asked_at"] is not None
    [told] = seen(town.nurse)
    assert (told["id"], told["action"], told["answered_at"]) == (str(row.pk), "case.read", None)
    for name in ("judged_by", "verdict", "rule", "rank", "entry", "for_role", "due_at"):
        assert told[name] is None, name
    for given in ({"rule": row.rule}, {"for_role": row.for_role}, {"judged": "true"}, {"judged": "false"}):
        assert browser_for(town.nurse).get(REVIEWS, query=given).json["results"] == []
    answered = reply(town.nurse, row)
    assert (answered.status, answered.json["answer"], answered.json["judged_by"]) == (200, WHY, None)
    again = reply(town.nurse, row)
    assert (again.status, again.code) == (409, "already_answered")
    assert browser_for(town.lead).get(f"{REVIEWS}/{row.pk}").json["answer"] == WHY
    assert client_for(town.officer).get(f"{REVIEWS}/{row.pk}").status in {200, 404}
    assert say(town.lead, row, "ask").code == "answer_awaited"
    assert say(town.lead, row).status == 200


def test_a_colleague_answers_for_nobody(town: Town, row: ReviewItem) -> None:
    say(town.lead, row, "ask")
    colleague = town.worker("member", town.clinic)
    assert seen(colleague) == []
    assert reply(colleague, row).status == reply(town.coordinator, row).status == 404
    assert reply(town.lead, row).status == 404


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "required"), ("a" * 1001, "max_length"), (None, "null"), (["x"], "invalid"),
        ("JMBG 0101990710006 te osobe.", "identifier_found"),
    ],
    ids=["empty", "long", "null", "list", "identifier"],
)  # fmt: skip
def test_a_hostile_answer_is_named_and_nothing_is_kept(
    town: Town, row: ReviewItem, text: Any, code: str
) -> None:
    say(town.lead, row, "ask")
    refused = reply(town.nurse, row, text)
    assert refused.status == 422
    assert refused.json["errors"][0]["code"] in {code, "blank"}
    assert reply(town.nurse, row).status == 200


def test_the_answer_stands_nowhere_in_clear(
    town: Town,
    row: ReviewItem,
    admin: psycopg.Connection[Any],
    audit: Audit,
    caplog: pytest.LogCaptureFixture,
) -> None:
    say(town.lead, row, "ask")
    reply(town.nurse, row)
    for table in ("review_reviewitem", "review_historicalreviewitem"):
        rows = admin.execute(
            f"SELECT encode(answer, 'escape') FROM {table} WHERE id = %s", [row.pk]
        ).fetchall()
        assert rows
        assert "Dežurna" not in str(rows)
    assert "Dežurna" not in str(audit.entries()) + caplog.text


def test_escalating_tells_the_officer(town: Town, row: ReviewItem) -> None:
    assert town.officer.id
    assert say(town.lead, row, "escalate").json["escalated_at"] is not None
    [told] = browser_for(town.officer).get("/api/v1/notifications").json["results"]
    assert (told["kind"], told["object_kind"], told["object_id"]) == (
        "review.escalated", "reviewitem", str(row.pk),
    )  # fmt: skip
    for user in (town.lead, town.nurse, town.coordinator):
        assert browser_for(user).get("/api/v1/notifications").json["results"] == []


def test_what_is_late_shows(town: Town, row: ReviewItem, admin: psycopg.Connection[Any]) -> None:
    assert (seen(town.lead)[0]["overdue"], seen(town.lead, overdue="true")) == (False, [])
    overwrite(admin, "review_reviewitem", row.pk, due_at=ago(minutes=1))
    assert seen(town.lead, overdue="true")[0]["overdue"] is True
    say(town.lead, row, "ask")
    assert seen(town.lead)[0]["overdue"] is False
    overwrite(admin, "review_reviewitem", row.pk, asked_at=timezone.now() - timedelta(days=8))
    assert seen(town.lead, unanswered="true")[0]["answer_overdue"] is True


@pytest.fixture
def look_row(town: Town) -> BreakGlass:
    return look(town.outreach, opened(town).case)


def of_look(town: Town, row: BreakGlass) -> ReviewItem:
    values = {"rule": BREAK_GLASS, "bundle": str(row.pk), "for_role": OFFICER, "case_id": row.case_id}
    return item(town, town.outreach, verb="breakglass.requested", **values)


def test_a_verdict_at_the_item_is_the_verdict_on_the_look(town: Town, look_row: BreakGlass) -> None:
    row = of_look(town, look_row)
    assert say(town.officer, row).json["case_code"] == look_row.case.code
    look_row.refresh_from_db()
    assert (look_row.verdict, look_row.reviewed_by) == ("expected", town.officer.id)


def test_a_verdict_at_the_look_is_the_verdict_on_the_item(town: Town, look_row: BreakGlass) -> None:
    row = of_look(town, look_row)
    at_look = f"/api/v1/break-glass/{look_row.pk}/review"
    assert browser_for(town.lead).post(at_look, {"verdict": "ask"}).status == 200
    row.refresh_from_db()
    assert (row.verdict, row.judged_by) == ("ask", town.lead.id)
    assert row.asked_at is not None
    assert reply(town.outreach, row).status == 200
    assert say(town.officer, row, "escalate").status == 200
    look_row.refresh_from_db()
    assert look_row.verdict == "ask"


def test_absent_and_malformed_items_are_not_found(town: Town) -> None:
    for key in (uuid4(), "x-y", "' OR 1=1"):
        assert browser_for(town.lead).get(f"{REVIEWS}/{key}").status == 404
    assert browser_for(town.lead).get(REVIEWS, query={"answer": "x"}).status == 400
