"""GET /cases/{id}/looked: openings, reveals, looks and changes of one case, for whoever coordinates its team."""

from typing import Any

import pytest

from tests.api.audit import Audit
from tests.api.case_bodies import CASES
from tests.api.client import browser_for
from tests.api.conftest import Counted
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, national


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)


def looked(user: Any, loop: Loop, **query: Any) -> Any:
    return browser_for(user).get(f"{CASES}/{loop.case.id}/looked", query=query)


def test_it_names_who_opened_changed_and_broke_the_glass(loop: Loop, counted: Counted) -> None:
    town = loop.town
    referral = loop.accepted()
    for user in (town.social_worker, town.nurse):
        browser_for(user).get(f"{CASES}/{loop.case.id}")
    browser_for(town.nurse).get(f"/api/v1/referrals/{referral.id}")
    look(town.outreach, loop.case)
    with counted("looked_list"):
        answer = looked(town.coordinator, loop)
    assert answer.status == 200, answer.raw
    said = {(one["actor"], one["action"]) for one in answer.json["results"]}
    assert {
        (str(town.social_worker.id), "case.read"),
        (str(town.nurse.id), "case.read"),
        (str(town.nurse.id), "referral.accepted"),
        (str(town.nurse.id), "referral.read"),
        (str(town.outreach.id), "breakglass.requested"),
    } <= said
    assert all(one["genuine"] for one in answer.json["results"])
    read = next(one for one in answer.json["results"] if one["action"] == "case.read")
    assert read["purpose"] in {"holding_case", "referral_received"}
    assert "basic_profile" in read["classes"]
    assert not {"object", "facts", "route"} & read.keys()


def test_a_refused_attempt_is_in_it(loop: Loop) -> None:
    assert browser_for(loop.town.outreach).get(f"{CASES}/{loop.case.code}").status == 404
    [tried] = [
        one for one in looked(loop.town.coordinator, loop).json["results"] if one["outcome"] == "denied"
    ]
    assert tried["actor"] == str(loop.town.outreach.id)


def test_another_case_of_the_team_is_not(loop: Loop) -> None:
    other = opened(loop.town)
    browser_for(loop.town.social_worker).get(f"{CASES}/{other.case.id}")
    verbs = [one["action"] for one in looked(loop.town.coordinator, loop).json["results"]]
    assert "case.opened" in verbs
    assert "case.read" not in verbs


def test_a_worker_of_the_case_is_refused_and_whoever_does_not_see_it_finds_none(loop: Loop) -> None:
    town = loop.town
    assert town.lead.id
    assert looked(town.social_worker, loop).status == 403
    for user in (
        town.outreach,
        town.deputy,
        town.lead,
        town.officer,
        Town().coordinator,
        national("platform_admin"),
    ):
        assert looked(user, loop).status == 404


def test_its_pages_turn_and_undeclared_parameters_are_refused(loop: Loop) -> None:
    browser_for(loop.town.coordinator).get(f"{CASES}/{loop.case.id}")
    first = looked(loop.town.coordinator, loop, page_size="1", count="true").json
    assert first["next"] is not None
    assert first["count"] >= 2
    assert looked(loop.town.coordinator, loop, actor=str(loop.town.nurse.id)).status == 400


def test_looking_at_who_looked_is_an_entry_of_its_own(loop: Loop, audit: Audit) -> None:
    looked(loop.town.coordinator, loop)
    [entry] = audit.entries(verb="case.lookers_listed")
    assert (entry["log"], entry["said"]["facts"]) == (loop.town.team.id, {"case": str(loop.case.id)})
    assert len(entry["said"]["object_ids"]) >= 1
