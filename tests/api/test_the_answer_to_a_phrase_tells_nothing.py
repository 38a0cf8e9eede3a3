"""One answer to every phrase, in bytes and in time; limited by the hour. A lost case is found with the person there."""

import statistics
import time
from typing import Any, Final

import pytest
from django.conf import settings

from backend.cases.models import Case, DuplicateTag
from tests.access.judge import VOLATILE
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body
from tests.api.client import Answer, Api, browser_for
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town

KNOWN: Final = "treći maj, Drina, crveni bicikl"
FIND: Final = f"{CASES}/find-by-phrase"


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        settings, "SPONA_RATES", {**settings.SPONA_RATES, "duplicate": "1000000/h", "user": "1000000/min"}
    )


def hint(api: Api, loop: Loop, phrase: Any) -> Answer:
    return api.post(f"{CASES}/{loop.case.pk}/duplicate-hint", {"phrase": phrase})


def tried(loop: Loop, *, times: int) -> dict[str, tuple[set[tuple[Any, ...]], list[float]]]:
    """Try phrases that match and phrases that do not, in turn. Returns what was answered, and how long each took."""
    worker, other = browser_for(loop.town.social_worker), opened(loop.town)
    assert hint(worker, other, KNOWN).status == 202
    found: dict[str, tuple[set[tuple[Any, ...]], list[float]]] = {"match": (set(), []), "none": (set(), [])}
    for number in range(2 * times):
        name = ("match", "none")[(number + number // 2) % 2]
        phrase = KNOWN if name == "match" else f"nikad zapisana rečenica {number:05}"
        begun = time.perf_counter()
        answer = hint(worker, loop, phrase)
        found[name][1].append(time.perf_counter() - begun)
        headers = {key: value for key, value in answer.headers.items() if key not in VOLATILE}
        found[name][0].add((answer.status, answer.raw, tuple(sorted(headers.items()))))
    return found


def test_a_few_answers_are_the_same_bytes(loop: Loop, unlimited: None) -> None:
    found = tried(loop, times=6)
    assert found["match"][0] == found["none"][0]
    assert [(status, body) for status, body, _ in found["none"][0]] == [(202, b'{"noted":true}')]


@pytest.mark.full
def test_of_two_hundred_each_neither_bytes_nor_time_tell(loop: Loop, unlimited: None, capsys: Any) -> None:
    found = tried(loop, times=200)
    assert found["match"][0] == found["none"][0]
    matched, other = (statistics.median(times) for _, times in found.values())
    with capsys.disabled():
        print(f"\nphrases: median {matched * 1000:.1f} ms matching, {other * 1000:.1f} ms not")  # noqa: T201
    assert abs(matched - other) <= 0.1 * other


def test_twenty_an_hour_and_no_more(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.SPONA_RATES["duplicate"] == "20/h"
    monkeypatch.setattr(settings, "SPONA_RATES", {**settings.SPONA_RATES, "duplicate": "2/h"})
    worker, chair = browser_for(loop.town.social_worker), browser_for(loop.town.coordinator)
    assert [hint(worker, loop, KNOWN).status for _ in range(3)] == [202, 202, 429]
    body = {"phrase": KNOWN, "person_present": True}
    assert [chair.post(FIND, body).status for _ in range(3)] == [200, 200, 429]


def test_the_coordinator_finds_it_and_the_worker_may_not(loop: Loop, audit: Audit, unlimited: None) -> None:
    worker, chair = browser_for(loop.town.social_worker), browser_for(loop.town.coordinator)
    assert hint(worker, loop, KNOWN).status == 202
    body = {"phrase": KNOWN.upper(), "person_present": True}
    assert chair.post(FIND, body).json["cases"] == [str(loop.case.pk)]
    assert worker.post(FIND, body).status == 403
    [entry] = audit.entries(verb="case.found_by_phrase")
    assert str(loop.case.pk) in str(entry)


@pytest.mark.parametrize("present", [False, None, "maybe"], ids=["no", "null", "a_word"])
def test_nobody_is_looked_for_who_is_not_there(loop: Loop, present: Any) -> None:
    answer = browser_for(loop.town.coordinator).post(FIND, {"phrase": KNOWN, "person_present": present})
    assert answer.status == 422


@pytest.mark.parametrize(
    "phrase",
    ["", "abc", "x" * 201, None, ["a"], "\u0000aaaaaaa"],
    ids=["empty", "short", "long", "null", "a_list", "a_control"],
)
def test_a_hostile_phrase_is_refused_and_not_repeated(loop: Loop, phrase: Any) -> None:
    answer = hint(browser_for(loop.town.social_worker), loop, phrase)
    assert answer.status in {400, 422}
    assert not phrase or str(phrase).encode() not in answer.raw


def test_whose_case_it_is_not_gets_the_answer_for_none(loop: Loop) -> None:
    assert hint(browser_for(loop.town.outreach), loop, KNOWN).status == 404
    assert hint(browser_for(loop.town.lead), loop, KNOWN).status == 404


def test_a_phrase_given_with_a_new_case_changes_nothing_in_its_answer(town: Town, audit: Audit) -> None:
    worker, said = browser_for(town.outreach), "Treći maj, Drina, crveni bicikl"
    plain = worker.post(CASES, case_body(town))
    told = worker.post(CASES, case_body(town, phrase=said))
    assert (plain.status, told.status) == (201, 201)
    assert plain.json.keys() == told.json.keys()
    assert DuplicateTag.objects.filter(case_id=told.json["id"]).count() == 1
    assert not DuplicateTag.objects.filter(case_id=plain.json["id"]).exists()
    assert "bicikl" not in str(audit.entries()) + told.raw.decode()


@pytest.mark.parametrize(
    "phrase", ["ab", "x" * 201, "", None, ["a"]], ids=["short", "long", "empty", "null", "list"]
)
def test_a_phrase_that_is_none_opens_no_case_and_is_not_repeated(town: Town, phrase: Any) -> None:
    answer = browser_for(town.outreach).post(CASES, case_body(town, phrase=phrase))
    assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, ["/phrase"])
    assert not Case.objects.filter(team=town.team).exists()
