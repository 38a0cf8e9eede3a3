"""Rate limits per caller: told in headers, refused with Retry-After, one audit entry a minute with the count."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from api import denials, throttling
from api.models import RateCounter, ThrottledCalls
from api.rates import Rate, parse_rate
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.world import Town, make_user

pytestmark = pytest.mark.urls("tests.api.sample")

LIST = "/api/v1/boxes"


@pytest.fixture
def tight(settings: Any) -> None:
    settings.SPONA_RATES = {"user": "3/h", "token": "2/h", "anonymous": "2/h", "probe": "10/h"}


def statuses(api: Api, times: int) -> list[int]:
    return [api.get(LIST).status for _ in range(times)]


def test_each_caller_has_a_limit_of_its_own(town: Town, tight: None) -> None:
    assert statuses(client_for(town.coordinator), 3) == [200, 200, 429]
    assert statuses(client_for(town.nurse), 3) == [200, 200, 429]


def test_people_and_machines_have_different_limits(town: Town, tight: None) -> None:
    assert statuses(client_for(town.coordinator), 3) == [200, 200, 429]
    assert statuses(browser_for(town.coordinator), 4) == [200, 200, 200, 429]


def test_two_tokens_of_one_person_share_the_limit(town: Town, tight: None) -> None:
    one, other = client_for(town.coordinator), client_for(town.coordinator)
    assert statuses(one, 2) + statuses(other, 1) == [200, 200, 429]


def test_the_headers_tell_what_is_left(town: Town, tight: None) -> None:
    api = client_for(town.coordinator)
    first, _second, third = (api.get(LIST) for _ in range(3))
    assert first.headers["RateLimit-Policy"] == '"token";q=2;w=3600'
    assert first.headers["RateLimit"].startswith('"token";r=1;t=')
    assert third.headers["RateLimit"].startswith('"token";r=0;t=')
    assert (third.status, third.code) == (429, "throttled")
    assert 1 <= int(third.headers["Retry-After"]) <= 3600


def test_strangers_are_counted_by_address(tight: None) -> None:
    RateCounter.objects.all().delete()
    stranger = Api()
    assert [stranger.get(LIST).status for _ in range(3)] == [401, 401, 429]
    RateCounter.objects.all().delete()


def test_guessing_tokens_is_counted_by_address(tight: None) -> None:
    RateCounter.objects.all().delete()
    guesser = Api()
    guesses = [
        guesser.get(LIST, Authorization=f"Bearer spona_mt_{'x' * 40}{number}").status for number in range(3)
    ]
    assert guesses == [401, 401, 429]
    RateCounter.objects.all().delete()


def test_health_is_not_limited(tight: None) -> None:
    assert {Api().get("/health/live").status for _ in range(5)} == {200}


def test_a_refused_call_changes_nothing_and_asks_nothing(town: Town, tight: None, audit: Audit) -> None:
    api = client_for(town.coordinator)
    statuses(api, 2)
    answer = api.post(
        LIST, {"team": str(town.team.id), "organisation": str(town.centre.id), "urgency": "asap"}
    )
    assert answer.status == 429
    assert audit.entries(verb="case.opened") == []


def test_the_counter_outlives_the_rollback(town: Town, tight: None) -> None:
    api = client_for(town.coordinator)
    assert [api.post(LIST, {}).status for _ in range(3)] == [422, 422, 429]


def throttled(user_id: UUID) -> list[ThrottledCalls]:
    return list(ThrottledCalls.objects.filter(actor_id=user_id))


def test_refused_calls_of_a_minute_become_one_entry(town: Town, tight: None, audit: Audit) -> None:
    api = client_for(town.coordinator)
    statuses(api, 2 + 5)
    denials.flush(before=timezone.now() + timedelta(minutes=2))
    entries = audit.denied(actor_id=town.coordinator.id)
    assert len(entries) <= 2  # the five calls may lie on both sides of a minute's end
    assert sum(entry["said"]["facts"]["count"] for entry in entries) == 5
    assert {(entry["verb"], entry["code"]) for entry in entries} == {("request.throttled", "throttled")}
    assert {(entry["said"]["route"], entry["said"]["method"]) for entry in entries} == {(LIST, "GET")}
    assert throttled(town.coordinator.id) == []


def test_each_route_has_an_entry_of_its_own(town: Town, tight: None, audit: Audit) -> None:
    api = client_for(town.coordinator)
    statuses(api, 2)
    api.get(LIST)
    api.get(f"{LIST}/{town.team.id}")
    denials.flush(before=timezone.now() + timedelta(minutes=2))
    routes = {entry["said"]["route"] for entry in audit.denied(actor_id=town.coordinator.id)}
    assert routes == {LIST, f"{LIST}/{{id}}"}


def test_the_first_call_of_a_window_writes_what_is_due(town: Town, audit: Audit) -> None:
    somebody = make_user()
    earlier = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=3)
    ThrottledCalls.objects.create(
        minute=earlier, actor_id=somebody.id, actor_kind="user", route="/x", method="GET", count=7
    )
    client_for(town.coordinator).get(LIST)
    entries = audit.denied(actor_id=somebody.id)
    assert [entry["said"]["facts"]["count"] for entry in entries] == [7]


@pytest.mark.pure
@given(
    calls=st.integers(1, 9_999_999), unit=st.sampled_from(["s", "sec", "m", "min", "h", "hour", "d", "day"])
)
def test_a_rate_is_read_as_written(calls: int, unit: str) -> None:
    seconds = {"s": 1, "m": 60, "h": 3600, "d": 86400}[unit[0]]
    assert parse_rate(f"{calls}/{unit}") == Rate(calls, seconds)


@pytest.mark.pure
@pytest.mark.parametrize("text", ["", "10", "0/min", "-1/min", "10/week", "10 / min", "ten/min", "10/min/ip"])
def test_another_text_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        parse_rate(text)


@pytest.mark.pure
@given(now=st.floats(0, 4e9))
def test_a_window_ends_within_its_length(now: float) -> None:
    rate = Rate(10, 60)
    assert 1 <= rate.reset(now) <= 60
    assert rate.window(now) <= now / 60


def test_a_flood_without_csrf_token_becomes_one_entry_a_minute(tight: None, audit: Audit) -> None:
    RateCounter.objects.all().delete()
    path = "/api/v1/auth/browser/v1/auth/login"
    flood = Api()
    answers = [flood.post(path, {"username": "x", "password": "y"}) for _ in range(5)]
    assert [answer.code for answer in answers] == ["csrf_failed"] * 2 + ["throttled"] * 3
    assert len(audit.denied(code="csrf_failed")) == 2
    RateCounter.objects.all().delete()


@given(calls=st.integers(1, 9_999_999))
def test_a_process_takes_a_small_share_of_a_generous_limit_at_a_time(calls: int) -> None:
    share = Rate(calls, 60).share()
    assert share == 1 if calls < 120 else 1 < share <= min(10, calls / 60)


def test_a_generous_limit_is_the_same_for_one_process(town: Town, settings: Any) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "token": "120/h"}
    api = client_for(town.coordinator)
    assert statuses(api, 122) == [200] * 120 + [429] * 2


def test_numbers_left_with_another_process_are_given_to_nobody(
    town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "token": "120/h"}
    api = client_for(town.coordinator)
    assert statuses(api, 1) == [200]
    monkeypatch.setattr(throttling, "_TAKEN", throttling._Numbers())
    assert statuses(api, 119) == [200] * 118 + [429]


def test_numbers_of_another_window_or_caller_are_not_used() -> None:
    numbers = throttling._Numbers()
    numbers.keep(b"one", "now", [2, 3])
    assert [numbers.next(b"one", "later"), numbers.next(b"other", "now")] == [None, None]
    assert [numbers.next(b"one", "now") for _ in range(3)] == [2, 3, None]
    numbers.keep(b"one", "now", [4])
    numbers.keep(b"one", "now", [8])
    assert [numbers.next(b"one", "now") for _ in range(3)] == [4, 8, None]


def test_what_is_kept_for_callers_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "_MOST", 3)
    numbers = throttling._Numbers()
    for name in (b"a", b"b", b"c", b"d"):
        numbers.keep(name, "now", [2])
    assert [numbers.next(name, "now") for name in (b"a", b"d")] == [None, 2]
