"""/public/transparency and /transparency: no sign-in, the same answer for all, no parameter, limits for strangers."""

import re
from typing import Any

import pytest

from api.models import RateCounter
from backend.work.schedule import JOBS
from tests.api.client import Api, client_for
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import opened
from tests.world import Town, national

PATH, PAGE = "/api/v1/public/transparency", "/transparency"
JOB = next(one for one in JOBS if one.name == "transparency")


@pytest.fixture
def counted_quarter(database: Any) -> None:
    JOB.run(JOB.actor)


def test_nobody_has_to_sign_in(stranger: Api, counted_quarter: None) -> None:
    answer = stranger.get(PATH)
    assert answer.status == 200
    newest = answer.json["quarters"][0]
    assert re.fullmatch(r"20[0-9]{2}-Q[1-4]", newest["quarter"])
    assert set(newest) == {
        "quarter", "break_glass", "authority_orders", "safeguarding", "rights_requests", "erasures",
        "case_keys_destroyed", "team_keys_destroyed", "review",
    }  # fmt: skip
    assert all(set(note) == {"en", "sr-Cyrl", "sr-Latn"} for note in answer.json["notes"])


def test_everybody_reads_the_same(stranger: Api, town: Town, counted_quarter: None) -> None:
    said = stranger.get(PATH).raw
    for user in (town.coordinator, town.officer, national("national_analyst")):
        assert client_for(user).get(PATH).raw == said


def test_a_look_of_today_changes_no_byte(stranger: Api, town: Town, counted_quarter: None) -> None:
    before = stranger.get(PATH).raw, stranger.get(PAGE).raw
    look(town.nurse, opened(town).case)
    JOB.run(JOB.actor)
    assert (stranger.get(PATH).raw, stranger.get(PAGE).raw) == before


@pytest.mark.parametrize("path", [PATH, PAGE])
@pytest.mark.parametrize(
    "query", [{"quarter": "2026-Q3"}, {"team": "bor"}, {"": "x"}], ids=["quarter", "team", "none"]
)
def test_there_is_nothing_to_choose(stranger: Api, path: str, query: dict[str, str]) -> None:
    answer = stranger.get(path, query=query)
    assert (answer.status, answer.code) == (400, "unknown_parameter")


@pytest.mark.parametrize("path", [PATH, PAGE])
def test_it_is_only_read(stranger: Api, path: str) -> None:
    assert stranger.post(path, {}).status in {403, 405}


@pytest.mark.parametrize("path", [PATH, PAGE])
def test_strangers_have_a_limit(settings: Any, stranger: Api, path: str) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "anonymous": "2/h"}
    RateCounter.objects.all().delete()
    assert [stranger.get(path).status for _ in range(3)] == [200, 200, 429]


def test_the_page_speaks_three_languages_without_any_script(stranger: Api, counted_quarter: None) -> None:
    answer = stranger.get(PAGE)
    page = answer.raw.decode()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    for language, word in {
        "sr-Latn": "Hitni uvidi",
        "sr-Cyrl": "Хитни увиди",
        "en": "Break-glass looks",
    }.items():
        assert f'<section lang="{language}">' in page
        assert word in page
    assert not re.search(r"<script|<style|style=|\son[a-z]+=|javascript:|http", page)


def test_reading_it_costs_one_query(stranger: Api, counted_quarter: None, counted: Any) -> None:
    with counted("transparency_retrieve"):
        stranger.get(PATH)
