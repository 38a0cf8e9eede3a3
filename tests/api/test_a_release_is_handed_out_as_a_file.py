"""/releases/{id}/export and /public/releases/{number}/export: three forms, the same bytes, and every download known."""

import csv
import hashlib
import io
import json
from typing import Any

import psycopg
import pytest
import rfc8785
from openpyxl import load_workbook

from backend.statistics.releases.models import Release
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.backend.statistics.releases.facts_by_hand import QUARTERS, busy, free_year, lock, write
from tests.backend.statistics.releases.steps import built, released
from tests.world import Town, national

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def year_of(admin: psycopg.Connection[Any], *, parts: tuple[str, ...] = QUARTERS) -> str:
    """Return a year in which a town is locked and some people came."""
    town, year = Town(), str(free_year())
    quarters = [f"{year}-{part}" for part in parts]
    lock(town.team, *quarters)
    write(admin, [one for quarter in quarters for one in busy(town.team, quarter, people=12)])
    return year


@pytest.fixture
def for_office(admin: psycopg.Connection[Any]) -> Release:
    return released(f"{year_of(admin, parts=('Q1',))}-Q1")


@pytest.fixture
def for_all(admin: psycopg.Connection[Any]) -> Release:
    return released(year_of(admin), "C")


def path(row: Release) -> str:
    return f"/api/v1/releases/{row.pk}/export"


def test_the_office_takes_it_in_three_forms_and_each_is_recorded(for_office: Release, audit: Audit) -> None:
    analyst = national("national_analyst")
    api = client_for(analyst)
    for form, media_type in FORMS.items():
        first, second = (api.get(path(for_office), query={"as": form}) for _ in range(2))
        assert (first.status, first.headers["Content-Type"]) == (200, media_type)
        name = f"spona-release-{for_office.number}-B-{for_office.period}.{form}"
        assert first.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert first.raw == second.raw
    entries = audit.entries(verb="release.exported", actor_id=analyst.id)
    assert len(entries) == 6
    assert {one["object_id"] for one in entries} == {str(for_office.pk)}


def test_what_the_file_says_is_what_the_release_says(for_office: Release) -> None:
    api = client_for(national("release_officer"))
    whole = json.loads(api.get(path(for_office), query={"as": "json"}).raw)
    assert (
        hashlib.sha256(rfc8785.dumps(whole["document"])).hexdigest() == whole["sha256"] == for_office.sha256
    )
    assert whole["document"] == for_office.document
    assert whole["manifest_sha256"] == hashlib.sha256(rfc8785.dumps(for_office.manifest)).hexdigest()
    text = api.get(path(for_office), query={"as": "csv"}).raw.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    cells = [one for table in for_office.document["tables"] for one in table["cells"]]
    assert [one["value"] for one in rows[: len(cells)]] == [
        "" if one["n"] is None else str(one["n"]) for one in cells
    ]
    book = load_workbook(io.BytesIO(api.get(path(for_office), query={"as": "xlsx"}).raw))
    assert book.sheetnames[0] == "Method"
    assert {table["id"] for table in for_office.document["tables"]} <= set(book.sheetnames)


def test_everybody_takes_what_is_published_for_all(for_all: Release, stranger: Api, audit: Audit) -> None:
    public = f"/api/v1/public/releases/{for_all.number}/export"
    assert stranger.get(public).raw == stranger.get(public, query={"as": "json"}).raw
    nurse = client_for(Town().nurse)
    for form, media_type in FORMS.items():
        answer = stranger.get(public, query={"as": form})
        assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)
        assert nurse.get(path(for_all), query={"as": form}).raw == answer.raw


def test_what_is_for_the_office_alone_is_nowhere_for_others(for_office: Release, stranger: Api) -> None:
    town = Town()
    for user in (town.coordinator, town.lead, national("platform_admin")):
        assert client_for(user).get(path(for_office), query={"as": "csv"}).status == 404
    assert stranger.get(path(for_office), query={"as": "csv"}).status == 401
    public = f"/api/v1/public/releases/{for_office.number}/export"
    assert stranger.get(public, query={"as": "csv"}).status == 404


@pytest.mark.parametrize(
    "query",
    [{"as": "pdf"}, {"as": ""}, {"as": "csv", "table": "people"}],
    ids=["pdf", "empty", "more"],
)
def test_there_are_three_forms_and_nothing_else_to_choose(
    for_all: Release, stranger: Api, query: dict[str, str]
) -> None:
    api = client_for(national("national_analyst"))
    assert api.get(path(for_all), query=query).status == 400
    assert stranger.get(f"/api/v1/public/releases/{for_all.number}/export", query=query).status == 400


@pytest.mark.parametrize("number", ["0", "-1", "1e3", "999999999", "x", "%00", "9" * 40])
def test_a_number_that_is_none_is_not_found(database: Any, stranger: Api, number: str) -> None:
    assert stranger.get(f"/api/v1/public/releases/{number}/export", query={"as": "csv"}).status in {400, 404}


def test_what_is_not_built_yet_is_no_file(admin: psycopg.Connection[Any]) -> None:
    analyst, year = national("national_analyst"), year_of(admin, parts=("Q1",))
    api = browser_for(analyst)
    made = api.post("/api/v1/releases", {"tier": "B", "period": f"{year}-Q1"})
    assert made.status == 201, made.raw
    assert api.get(f"{made.headers['Location']}/export", query={"as": "csv"}).code == "release_building"


def test_what_waits_for_approval_says_that_it_is_not_published(admin: psycopg.Connection[Any]) -> None:
    row = built(f"{year_of(admin, parts=('Q1',))}-Q1")
    answer = client_for(national("national_analyst")).get(path(row), query={"as": "json"})
    assert json.loads(answer.raw)["release"] is None
    assert "release-not-published" in answer.headers["Content-Disposition"]
