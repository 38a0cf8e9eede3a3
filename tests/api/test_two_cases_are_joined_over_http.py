"""Two cases of one person over HTTP: proposed, listed, confirmed or declined; and who may not."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backend.teams import factor_marks
from backend.teams.models import User
from tests.api.audit import Audit
from tests.api.case_bodies import CASES
from tests.api.client import browser_for, client_for
from tests.api.conftest import Counted
from tests.api.test_of_two_confirmations_at_once_one_wins import together
from tests.backend.cases.barred import shut_out
from tests.backend.referrals.two_cases import Pair, joined, pair, propose
from tests.world import Town

MERGES = "/api/v1/merges"


@pytest.fixture
def two(town: Town) -> Pair:
    return pair(town)


def at(two: Pair) -> str:
    return f"{CASES}/{two.stays.case.pk}/merge"


def test_it_is_proposed_by_code_found_by_the_deputy_and_confirmed(
    two: Pair, audit: Audit, counted: Counted
) -> None:
    chair, deputy = browser_for(two.town.coordinator), browser_for(two.town.deputy)
    made = chair.post(at(two), {"other": two.goes.code})
    assert made.status == 201, made.raw
    said = made.json
    assert (said["case"], said["other"]) == (str(two.stays.case.pk), str(two.goes.pk))
    assert (said["asked_roles"], said["merged_at"]) == (["deputy_coordinator"], None)
    assert chair.get(made.headers["Location"]).json == said
    with counted("merges_list"):
        [listed] = deputy.get(MERGES, query={"waiting": "true"}).json["results"]
    assert {**listed, "redisclosure_notice": said["redisclosure_notice"]} == said
    done = deputy.post(f"{MERGES}/{said['id']}/confirm", {})
    assert (done.status, done.json["counts"]["conflicts"]) == (200, 1)
    assert deputy.get(f"{MERGES}/{said['id']}").status == 200, "who confirmed it may read it"
    verbs = {entry["verb"] for entry in audit.entries()}
    assert {"case.merge_proposed", "case.merged", "merge.read", "merge.listed"} <= verbs


def test_where_it_went_shows_to_who_sees_both(two: Pair) -> None:
    joined(two)
    path = f"{CASES}/{two.goes.pk}"
    seen = browser_for(two.town.coordinator).get(path).json
    assert (seen["merged_into"], seen["closure_reason"]) == (str(two.stays.case.pk), "merged")
    assert "reopen" not in seen["allowed_actions"]
    hidden = browser_for(two.town.outreach).get(path)
    assert (hidden.json["merged_into"], hidden.json["status"]) == (None, "closed")
    assert str(two.stays.case.pk) not in hidden.raw.decode()
    again = browser_for(two.town.coordinator).post(f"{path}/reopen", {})
    assert (again.status, again.code) == (409, "case_merged")


def test_it_is_declined_or_taken_back(two: Pair) -> None:
    for user in (two.town.deputy, two.town.coordinator):
        row = propose(two)
        answer = browser_for(user).post(f"{MERGES}/{row.pk}/decline", {})
        assert (answer.status, answer.json["declined_by"]) == (200, str(user.pk))
        assert browser_for(two.town.deputy).post(f"{MERGES}/{row.pk}/confirm", {}).status == 404


def test_nobody_else_does_either(two: Pair) -> None:
    body = {"other": str(two.goes.pk)}
    assert browser_for(two.town.social_worker).post(at(two), body).status == 403
    for user in (two.town.outreach, two.town.lead, Town().coordinator):
        assert browser_for(user).post(at(two), body).status == 404
    row = propose(two)
    for user in (two.town.social_worker, two.town.outreach, two.town.lead, Town().deputy):
        assert browser_for(user).post(f"{MERGES}/{row.pk}/confirm", {}).status == 404
        assert browser_for(user).get(MERGES).json["results"] == []
    assert browser_for(two.town.coordinator).post(f"{MERGES}/{row.pk}/confirm", {}).status == 403


def test_who_is_shut_out_of_either_finds_no_merge(two: Pair) -> None:
    row = propose(two)
    for user in (two.town.deputy, two.town.coordinator):
        shut_out(two.goes, user, by=two.town.coordinator, for_=two.town.centre)
        for answer in (
            browser_for(user).get(f"{MERGES}/{row.pk}"),
            browser_for(user).post(f"{MERGES}/{row.pk}/confirm", {}),
            browser_for(user).post(f"{MERGES}/{row.pk}/decline", {}),
        ):
            assert answer.status == 404
    answer = browser_for(two.town.coordinator).post(at(two), {"other": two.goes.code})
    assert [(one["pointer"], one["code"]) for one in answer.json["errors"]] == [("/other", "unknown_id")]


def acts(two: Pair) -> list[tuple[User, str, dict[str, str]]]:
    merge = f"{MERGES}/{propose(two).pk}"
    return [
        (two.town.coordinator, at(two), {"other": two.goes.code}),
        (two.town.deputy, f"{merge}/confirm", {}),
        (two.town.deputy, f"{merge}/decline", {}),
    ]


def test_no_machine_takes_part(two: Pair) -> None:
    for user, path, body in acts(two):
        assert client_for(user).post(path, body).status in {403, 404}


def test_each_act_asks_for_the_second_factor_again(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    real = factor_marks.mark_passed

    def long_ago(session: Any, user_id: Any, *, kind: str) -> None:
        real(session, user_id, kind=kind)
        before = (timezone.now() - timedelta(minutes=11)).timestamp()
        session[factor_marks.SHOWN] = dict.fromkeys(session[factor_marks.SHOWN], before)

    monkeypatch.setattr(factor_marks, "mark_passed", long_ago)
    for user, path, body in acts(two):
        assert browser_for(user).post(path, body).code == "step_up_required"


def test_of_two_confirmations_one_wins(two: Pair) -> None:
    deputies = [two.town.deputy, two.town.worker("deputy_coordinator", two.town.centre)]
    row = propose(two)
    path = f"{MERGES}/{row.pk}/confirm"
    assert sorted(together([(browser_for(one), path) for one in deputies])) in ([200, 404], [200, 409])
    row.refresh_from_db()
    assert row.merged_at is not None


@pytest.mark.parametrize(
    "body",
    [{}, {"other": None}, {"other": ["a"]}, {"other": "x" * 99}, {"other": 7}, [], {"other": "a\u0000b"}],
    ids=["empty", "null", "a_list", "long", "a_number", "no_object", "nul"],
)
def test_a_hostile_body_is_refused(two: Pair, body: Any) -> None:
    assert browser_for(two.town.coordinator).post(at(two), body).status in {400, 422}
