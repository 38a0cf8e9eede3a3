"""GET /statistics/teams/{id} and /quarters: exact figures for the own team, as far as the role goes, and the lock."""

from datetime import date
from typing import Any

import pytest

from backend.statistics import quarters
from backend.statistics.periods import Quarter
from tests.api.audit import Audit
from tests.api.client import browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, national

QUARTERS = "/api/v1/quarters"
TEAMS = "/api/v1/statistics/teams"
NOW = Quarter.of(quarters.today())
LATER = date(NOW.year + 1, 6, 1)


@pytest.fixture
def loop(town: Town) -> Loop:
    made = opened(town)
    made.completed()
    return made


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quarter under way is over from here on."""
    monkeypatch.setattr(quarters, "today", lambda: LATER)


def read(user: Any, town: Town, **query: Any) -> Any:
    return browser_for(user).get(f"{TEAMS}/{town.team.id}", query=query)


def lock(user: Any, town: Town, quarter: str = str(NOW)) -> Any:
    return browser_for(user).post(QUARTERS, {"team": str(town.team.id), "quarter": quarter})


def numbers(answer: Any, organisation: Any = None) -> dict[str, int]:
    """Return the numbers without a service, of the whole or of one organisation."""
    of = None if organisation is None else str(organisation.id)
    rows = answer.json["numbers"]
    return {one["mark"]: one["n"] for one in rows if one["organisation"] == of and not one["service_code"]}


def test_the_coordinator_sees_the_quarter_under_way(loop: Loop, counted: Counted) -> None:
    with counted("team_statistics_retrieve"):
        answer = read(loop.town.coordinator, loop.town)
    assert answer.status == 200, answer.raw
    assert (answer.json["stage"], answer.json["quarter"]) == ("live", str(NOW))
    whole = {
        "requested": 1,
        "decided": 1,
        "accepted": 1,
        "ended": 1,
        "in_coordination": 1,
        "new": 1,
        "helped": 1,
    }
    assert numbers(answer) == whole
    assert numbers(answer, loop.town.clinic).keys() == {"requested", "decided", "accepted", "ended", "helped"}
    services = {one["service_code"] for one in answer.json["numbers"]}
    assert services == {"", "TX-OPC"}


def test_the_deputy_sees_the_same_as_the_coordinator(loop: Loop, over: None) -> None:
    assert lock(loop.town.coordinator, loop.town).status == 201
    one, other = (read(who, loop.town, quarter=str(NOW)) for who in (loop.town.coordinator, loop.town.deputy))
    assert one.json == other.json
    assert one.json["stage"] == "locked"


def test_a_locked_quarter_counts_what_the_preview_did(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = numbers(read(loop.town.coordinator, loop.town))
    monkeypatch.setattr(quarters, "today", lambda: LATER)
    assert lock(loop.town.coordinator, loop.town).status == 201
    answer = read(loop.town.coordinator, loop.town, quarter=str(NOW))
    assert before.items() <= numbers(answer).items()
    crossed = {(one["dimension"], one["code"]): one["n"] for one in answer.json["crossed"]}
    assert crossed[("age_group", "lt25")] == crossed[("sex", "1")] == 1


def test_a_member_sees_the_own_organisation_alone(loop: Loop, over: None) -> None:
    town = loop.town
    loop.refer(town.society, need_id=loop.needs()["housing"][0])
    assert lock(town.coordinator, town).status == 201
    answer = read(town.nurse, town, quarter=str(NOW))
    assert answer.status == 200
    assert {one["organisation"] for one in answer.json["numbers"]} == {str(town.clinic.id)}
    assert numbers(answer, town.clinic)["requested"] == 1
    live = read(town.outreach, town)
    assert {one["organisation"] for one in live.json["numbers"]} <= {str(town.society.id)}


def test_the_lead_sees_no_exact_number(loop: Loop, over: None) -> None:
    town = loop.town
    assert lock(town.coordinator, town).status == 201
    for query in ({}, {"quarter": str(NOW)}):
        answer = read(town.lead, town, **query)
        assert (answer.status, answer.json["stage"]) == (200, "published")
        assert [answer.json[name] for name in ("numbers", "series", "gaps", "crossed")] == [[], [], [], []]


def test_a_series_has_the_quarters_that_are_locked(loop: Loop, over: None) -> None:
    town = loop.town
    assert lock(town.coordinator, town).status == 201
    answer = read(town.coordinator, town)
    assert {one["quarter"] for one in answer.json["series"]} == {str(NOW)}
    assert {"in_coordination", "requested"} <= {one["mark"] for one in answer.json["series"]}


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 404), ("partner_worker", 404), ("national_analyst", 404), ("stranger", 404)],
)
def test_others_see_nothing(loop: Loop, who: str, status: int) -> None:
    town = loop.town
    if who == "stranger":
        user = Town().coordinator
    else:
        user = national(who) if who == "national_analyst" else getattr(town, who)
    assert read(user, town).status == status
    assert browser_for(user).get(f"{QUARTERS}?team={town.team.id}").status in {200, 403}


@pytest.mark.parametrize(
    "query", [{"quarter": "2026-Q9"}, {"quarter": "2999-Q1"}, {"quarter": ""}, {"since": "1"}]
)
def test_what_is_not_declared_is_refused(loop: Loop, query: dict[str, str]) -> None:
    assert read(loop.town.coordinator, loop.town, **query).status == 400


@pytest.mark.parametrize("key", ["x", "0" * 40, "00000000-0000-4000-8000-000000000000", "%00"])
def test_a_team_that_is_none_is_absent(loop: Loop, key: str) -> None:
    assert browser_for(loop.town.coordinator).get(f"{TEAMS}/{key}").status == 404


def test_reading_is_recorded(loop: Loop, audit: Audit) -> None:
    read(loop.town.coordinator, loop.town)
    [entry] = audit.entries(verb="statistics.read", object_id=str(loop.town.team.id))
    assert (entry["log"], entry["object_kind"]) == (loop.town.team.id, "team")


def test_a_lock_is_listed_and_found(loop: Loop, over: None, counted: Counted) -> None:
    with counted("quarters_create"):
        made = lock(loop.town.coordinator, loop.town)
    assert made.status == 201, made.raw
    for who in (loop.town.coordinator, loop.town.nurse, loop.town.lead):
        with counted("quarters_list"):
            listed = browser_for(who).get(f"{QUARTERS}?team={loop.town.team.id}")
        assert [one["quarter"] for one in listed.json["results"]] == [str(NOW)]
    with counted("quarters_retrieve"):
        found = browser_for(loop.town.coordinator).get(f"{QUARTERS}/{made.json['id']}")
    assert found.json == made.json
    assert browser_for(Town().coordinator).get(f"{QUARTERS}/{made.json['id']}").status == 404


def test_a_lock_that_cannot_be_is_a_problem(loop: Loop, over: None) -> None:
    town = loop.town
    assert lock(town.coordinator, town).status == 201
    for quarter, status, code in (
        (str(NOW), 409, "quarter_locked"),
        (str(Quarter.of(LATER)), 409, "quarter_open"),
        ("2026-13", 422, "invalid"),
    ):
        answer = lock(town.coordinator, town, quarter)
        assert (answer.status, answer.json["code"]) == (status, code)
    assert lock(town.deputy, town, str(NOW)).status == 403
    assert (
        client_for(town.coordinator).post(QUARTERS, {"team": str(town.team.id), "quarter": str(NOW)}).status
        == 403
    )
    assert browser_for(town.coordinator).post(QUARTERS, {"team": 1, "quarter": [], "x": 0}).status == 422
