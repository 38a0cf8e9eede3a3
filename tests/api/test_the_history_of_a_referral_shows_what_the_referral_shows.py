"""GET /referrals/{id}/history: to each side what the referral shows to it, to a stub how it went, to others nothing."""

from typing import Any
from uuid import uuid4

import pytest

from backend.referrals import answering, asking, correcting, ending, progress, sending
from backend.referrals.drafting import Terms
from backend.referrals.models import Referral
from tests.api.audit import Audit
from tests.api.client import Answer, browser_for, client_for
from tests.api.conftest import Counted
from tests.api.referral_loop import AT
from tests.backend.referrals.loops import CLASSES, Loop, moved, opened
from tests.world import Town, actor, ago

WORD = "svitkovinarka"
ALWAYS = {"status", "sent_at", "answered_at", "ended_at", "acknowledged_at"}


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)


def history(user: Any, referral: Referral) -> Answer:
    return browser_for(user).get(f"{AT}/{referral.id}/history")


def told(answer: Answer) -> list[dict[str, Any]]:
    assert answer.status == 200, answer.raw
    found: list[dict[str, Any]] = answer.json["results"]
    return found


def fields(answer: Answer) -> set[str]:
    return {field["field"] for one in told(answer) for field in one["fields"]}


def was_and_is(answer: Answer, name: str) -> list[tuple[Any, Any]]:
    """Return how one field went, newest first."""
    found = [field for one in told(answer) for field in one["fields"] if field["field"] == name]
    return [(field["was"], field["is"]) for field in found]


def test_each_side_reads_how_it_went(loop: Loop, counted: Counted) -> None:
    referral, town = loop.accepted(), loop.town
    browser = browser_for(town.social_worker)
    with counted("referral_history_list"):
        answer = browser.get(f"{AT}/{referral.id}/history")
    assert was_and_is(answer, "status") == [("requested", "accepted"), (None, "requested")]
    assert was_and_is(history(town.nurse, referral), "status") == was_and_is(answer, "status")


def test_a_side_knows_its_own_people_and_the_coordinator_all(loop: Loop) -> None:
    referral, town = loop.accepted(), loop.town
    worker, nurse = str(town.social_worker.id), str(town.nurse.id)
    accepted, sent = (one["author"] for one in told(history(town.coordinator, referral)))
    assert (accepted, sent) == (nurse, worker)
    assert [one["author"] for one in told(history(town.nurse, referral))] == [nurse, None]
    assert [one["author"] for one in told(history(town.social_worker, referral))] == [None, worker]


def test_a_recipient_knows_nothing_of_the_draft(loop: Loop) -> None:
    town = loop.town
    draft = loop.refer(town.society, send=False)
    assert history(town.nurse, draft).status == history(town.outreach, draft).status == 404
    by = actor(town.social_worker)
    sending.edit(
        by, draft, terms=Terms(recipient_id=town.clinic.id, service_code="TX-OPC"), version=draft.version
    )
    sending.send(by, draft)
    assert was_and_is(history(town.social_worker, draft), "recipient") == [
        (str(town.society.id), str(town.clinic.id)),
        (None, str(town.society.id)),
    ]
    seen = history(town.nurse, draft)
    assert was_and_is(seen, "status") == [(None, "requested")]
    assert str(town.society.id).encode() not in seen.raw
    assert "draft" not in str(seen.json)
    assert history(town.outreach, draft).status == 404


def test_a_stub_says_how_it_went_and_nothing_of_what_it_was(loop: Loop) -> None:
    referral, town = loop.rejected(), loop.town
    answer = history(town.nurse, referral)
    assert fields(answer) <= ALWAYS
    assert was_and_is(answer, "status")[0] == ("requested", "rejected")
    assert {(one["author"], one["verb"]) for one in told(answer)} == {(None, "referral.changed")}
    assert str(town.centre.id).encode() not in answer.raw
    assert was_and_is(history(town.social_worker, referral), "reason_code") == [("", "no-capacity")]
    moved(referral, ended_at=ago(days=31))
    assert history(town.nurse, referral).status == 404


def test_what_runs_out_while_requested_is_gone_for_the_recipient(loop: Loop) -> None:
    referral, town = loop.refer(), loop.town
    assert history(town.nurse, referral).status == 200
    moved(referral, basis_until=ago(seconds=1))
    assert history(town.nurse, referral).status == 404
    assert history(town.social_worker, referral).status == 200


def test_a_consent_that_ended_leaves_the_recipient_a_stub(loop: Loop) -> None:
    referral, town = loop.started(), loop.town
    assert "urgency" in fields(history(town.nurse, referral))
    moved(referral, basis_until=ago(seconds=1))
    assert fields(history(town.nurse, referral)) <= ALWAYS


def test_a_note_and_a_question_are_only_said_to_have_changed(loop: Loop) -> None:
    town = loop.town
    loop.agree(town.clinic, classes=(*CLASSES, "narrative"))
    referral = loop.refer(narrative=f"Molimo za prijem, {WORD}.", data_classes=(*CLASSES, "narrative"))
    preview = history(town.nurse, referral)
    assert "narrative" not in fields(preview)
    answering.accept(loop.clinic, referral)
    asking.ask(loop.clinic, referral, question_code="insurance", note=f"Pitanje, {WORD}.")
    for user in (town.nurse, town.social_worker):
        answer = history(user, referral)
        assert {"field": "narrative", "changed": True} in told(answer)[-1]["fields"]
        [question] = [one for one in told(answer) if one["kind"] == "question"]
        assert {"field": "note", "changed": True} in question["fields"]
        assert WORD.encode() not in answer.raw
        assert bytes(Referral.objects.get(pk=referral.pk).narrative or b"").hex().encode() not in answer.raw
    machine = client_for(town.nurse, operations=["case.view_coded"]).get(f"{AT}/{referral.id}/history")
    [question] = [one for one in told(machine) if one["kind"] == "question"]
    assert {field["field"] for field in question["fields"]} == {"question_code", "asked_by_side", "asked_at"}


def test_a_reason_that_tells_more_than_is_open_reads_other(loop: Loop) -> None:
    loop.agree(loop.town.clinic, classes=("basic_profile", "needs"))
    referral = loop.started(data_classes=("basic_profile", "needs"))
    progress.hold(loop.clinic, referral, reason_code="detained")
    assert was_and_is(history(loop.town.nurse, referral), "reason_code")[0] == ("", "other-coded")
    assert was_and_is(history(loop.town.social_worker, referral), "reason_code")[0] == ("", "detained")


def test_the_second_person_of_a_correction_reads_how_it_went(loop: Loop) -> None:
    referral = loop.completed()
    second = loop.town.worker("deputy_coordinator", loop.town.society)
    assert history(second, referral).status == 404
    correcting.correct(loop.coordinator, referral, reason_code="duplicate")
    answer = history(second, referral)
    assert was_and_is(answer, "status")[0] == ("in-progress", "completed")
    assert fields(answer) <= ALWAYS
    assert {one["author"] for one in told(answer)} == {None}


def test_it_is_one_recorded_read(loop: Loop, audit: Audit) -> None:
    referral = loop.accepted()
    known = len(audit.entries(object_id=str(referral.id)))
    history(loop.town.nurse, referral)
    entry = audit.entries(object_id=str(referral.id))[known:]
    assert [(one["verb"], one["outcome"]) for one in entry] == [("referral.history_read", "success")]
    assert entry[0]["said"]["facts"] == {"access": "full", "purpose": "referral_received"}


@pytest.mark.parametrize("who", ["outreach", "partner_worker", "lead", "officer"])
def test_who_does_not_see_the_referral_is_told_nothing(loop: Loop, who: str, audit: Audit) -> None:
    referral, user = loop.accepted(), getattr(loop.town, who)
    refused, absent = (browser_for(user).get(f"{AT}/{key}/history") for key in (referral.id, uuid4()))
    assert (refused.status, refused.code) == (absent.status, absent.code) == (404, "not_found")
    [entry] = audit.denied(object_id=str(referral.id))
    assert (entry["log"], entry["actor_id"]) == (loop.town.team.id, user.id)


def test_somebody_of_another_town_and_a_stranger_are_told_nothing(loop: Loop, stranger: Any) -> None:
    referral = loop.accepted()
    assert history(Town().coordinator, referral).status == 404
    assert stranger.get(f"{AT}/{referral.id}/history").status == 401


def test_an_ended_referral_keeps_its_history_for_who_made_it(loop: Loop) -> None:
    referral = ending.complete(loop.clinic, loop.started(), outcome_code="service-started")
    answer = history(loop.town.social_worker, referral)
    assert [is_ for _, is_ in was_and_is(answer, "status")] == [
        "completed", "in-progress", "accepted", "requested",
    ]  # fmt: skip
