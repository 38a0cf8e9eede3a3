"""/releases and /public/releases: who prepares, approves and reads; what is refused; and what strangers see."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.statistics.releases import job
from backend.statistics.releases.models import Release
from backend.statistics.releases.system import RELEASES
from tests.api.audit import NATIONAL, Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.statistics.releases.facts_by_hand import free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import built, released
from tests.world import Town, national

PATH = "/api/v1/releases"
PUBLIC = "/api/v1/public/releases"


@pytest.fixture
def year(admin: psycopg.Connection, town: Town) -> int:
    """A year that the town has locked."""
    year = free_year()
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    return year


def test_one_prepares_the_worker_builds_and_another_approves(
    year: int, audit: Audit, counted: Counted
) -> None:
    analyst, officer = browser_for(national("national_analyst")), browser_for(national("release_officer"))
    with counted("releases_create"):
        asked = analyst.post(PATH, {"tier": "B", "period": f"{year}-Q1"})
    assert (asked.status, asked.json["status"], asked.json["document"]) == (201, "building", None)
    at = f"{PATH}/{asked.json['id']}"
    assert officer.post(f"{at}/approve", {}).code == "release_building"
    job.build_waiting(RELEASES)
    with counted("releases_retrieve"):
        ready = officer.get(at)
    assert ready.json["status"] == "prepared"
    assert ready.json["document"]["period"] == f"{year}-Q1"
    with counted("releases_approve"):
        done = officer.post(f"{at}/approve", {})
    assert (done.status, done.json["status"]) == (200, "published")
    assert done.json["number"] >= 1
    with counted("releases_list"):
        assert at.rpartition("/")[2] in {one["id"] for one in analyst.get(PATH).json["results"]}
    (entry,) = audit.entries(verb="release.published", log=NATIONAL)
    assert entry["said"]["facts"]["sha256"] == done.json["sha256"]


def test_who_prepared_it_gets_403_and_an_analyst_approves_nothing(year: int) -> None:
    officer = national("release_officer")
    row = built(f"{year}-Q1", by=officer)
    assert browser_for(officer).post(f"{PATH}/{row.pk}/approve", {}).status == 403
    assert browser_for(national("national_analyst")).post(f"{PATH}/{row.pk}/approve", {}).status == 403
    assert client_for(national("release_officer")).post(f"{PATH}/{row.pk}/approve", {}).status == 403
    assert (
        browser_for(national("release_officer")).post(f"{PATH}/{row.pk}/decline", {}).json["status"]
        == "declined"
    )


def test_the_report_is_for_who_prepared_it_and_for_officers(year: int, counted: Counted) -> None:
    analyst = national("national_analyst")
    row = built(f"{year}-Q1", by=analyst)
    with counted("releases_gate"):
        said = browser_for(analyst).get(f"{PATH}/{row.pk}/gate")
    assert said.json["passed"] is True
    assert said.json["steps"][-1]["failed"] == []
    assert browser_for(national("release_officer")).get(f"{PATH}/{row.pk}/gate").status == 200
    assert browser_for(national("national_analyst")).get(f"{PATH}/{row.pk}/gate").status == 403
    with counted("releases_manifest"):
        manifest = browser_for(national("national_analyst")).get(f"{PATH}/{row.pk}/manifest").json
    assert manifest["quarters"][0]["quarter"] == f"{year}-Q1"
    assert len(manifest["facts_sha256"]) == len(manifest["ptable_sha256"]) == 64


def test_everybody_signed_in_sees_what_is_published_for_all_and_nothing_else(town: Town, year: int) -> None:
    office, everybody = released(f"{year}-Q1"), released(str(year), "C")
    waiting = built(f"{year}-H1")
    for user in (town.coordinator, town.lead, town.partner_worker, national("directory_admin")):
        api = browser_for(user)
        seen = {one["id"] for one in api.get(PATH, query={"page_size": "100"}).json["results"]}
        assert str(everybody.pk) in seen
        assert seen.isdisjoint({str(office.pk), str(waiting.pk)})
        assert api.get(f"{PATH}/{everybody.pk}").json["document"]["tier"] == "C"
        for row in (office, waiting):
            assert api.get(f"{PATH}/{row.pk}").status == 404
            assert api.get(f"{PATH}/{row.pk}/gate").status == 404
        assert api.get(f"{PATH}/{everybody.pk}/manifest").status == 403
        assert api.post(PATH, {"tier": "B", "period": f"{year}-Q2"}).status == 403


def test_strangers_see_published_public_releases_alone(year: int, stranger: Api, counted: Counted) -> None:
    office, everybody = released(f"{year}-Q1"), released(str(year), "C")
    with counted("public_releases_list"):
        listed = stranger.get(PUBLIC)
    numbers = {one["number"] for one in listed.json["results"]}
    assert everybody.number in numbers
    assert office.number not in numbers
    with counted("public_releases_retrieve"):
        found = stranger.get(f"{PUBLIC}/{everybody.number}")
    assert found.json["document"] == everybody.document
    assert found.headers["ETag"] == f'"{everybody.sha256}"'
    assert {*found.json} == {"number", "tier", "period", "plan_version", "sha256", "approved_at", "document"}
    for name in (office.number, "0", "-1", "1e3", "٣", "9" * 30, "x", str(everybody.pk), "%00", "1.0"):
        assert stranger.get(f"{PUBLIC}/{name}").status == 404
    assert stranger.get(PATH).status == 401
    assert "RateLimit" in listed.headers


@pytest.mark.parametrize("parameter", ["team", "where", "age_group", "quarter", "ordering", "page_size"])
def test_a_parameter_that_is_not_declared_is_refused(parameter: str, stranger: Api) -> None:
    assert stranger.get(PUBLIC, query={parameter: "1"}).status == 400
    office = client_for(national("national_analyst"))
    if parameter not in {"ordering", "page_size"}:
        assert office.get(PATH, query={parameter: "1"}).code == "unknown_parameter"
    row = Release.objects.first()
    if row is not None:
        for one in ("", "/gate", "/manifest"):
            assert office.get(f"{PATH}/{row.pk}{one}", query={parameter: "1"}).status == 400


@pytest.mark.parametrize(
    "body",
    [
        {}, [], None, {"tier": "A", "period": "2025"},  {"tier": "B", "period": "2025-Q9"},
        {"tier": "B", "period": "2025' OR 1=1"}, {"tier": ["B"], "period": "2025"}, {"tier": "C", "period": "2025-Q1"},
        {"tier": "B", "period": "2025", "teams": ["bor"]}, {"tier": "B", "period": "2025", "mask": False},
        {"tier": "B", "period": "9" * 5000}, b"\xff\xfe", b'{"tier":"B","tier":"C","period":"2025"}',
    ],
    ids=str,
)  # fmt: skip
def test_a_body_that_means_nothing_is_refused(body: Any) -> None:
    answer = browser_for(national("national_analyst")).post(PATH, body)
    assert answer.status in {400, 422}, answer.raw


def test_what_is_refused_says_why(year: int) -> None:
    analyst = browser_for(national("national_analyst"))
    assert analyst.post(PATH, {"tier": "B", "period": "2199"}).code == "period_not_over"
    assert analyst.post(PATH, {"tier": "B", "period": "1899-Q1"}).code == "invalid"
    assert analyst.post(PATH, {"tier": "B", "period": "1900-Q1"}).code == "nothing_locked"
    assert analyst.post(PATH, {"tier": "B", "period": f"{year}-Q1"}).status == 201
    assert analyst.post(PATH, {"tier": "B", "period": f"{year}-Q1"}).code == "release_waiting"
    officer = browser_for(national("release_officer"))
    assert officer.post(f"{PATH}/{uuid4()}/approve", {}).status == 404
    assert officer.post(f"{PATH}/nothing/approve", {}).status == 404
