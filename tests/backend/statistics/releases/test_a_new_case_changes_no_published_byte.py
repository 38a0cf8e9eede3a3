"""A case as there is no other, opened as people open it: no byte that anybody may read of releases tells of it.

Every published output is compared before and after: releases, figures, files, what a lead is shown, public pages.
"""

import io
from datetime import date
from typing import Any

import psycopg
import pytest
from openpyxl import load_workbook

from backend.statistics import quarters
from backend.statistics.periods import Quarter
from backend.statistics.releases.models import Release
from tests.api.client import Answer, Api, browser_for, client_for
from tests.backend.referrals.loops import opened
from tests.backend.statistics.indicators.documents import document, table
from tests.backend.statistics.releases import rows
from tests.backend.statistics.releases.facts_by_hand import free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import released
from tests.world import Town, national

pytestmark = pytest.mark.database
NOW = Quarter.of(quarters.today())
READ = ("", "/gate", "/manifest", "/figures", "/export?as=csv", "/export?as=json", "/export?as=xlsx")


@pytest.fixture
def town(admin: psycopg.Connection) -> Town:
    return Town()


@pytest.fixture
def made(admin: psycopg.Connection, town: Town) -> list[Release]:
    """What is published of a year that the town has locked: one for the Office, one for all."""
    year = free_year()
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    return [released(f"{year}-Q4"), released(str(year), "C")]


def said(town: Town, made: list[Release]) -> dict[str, bytes]:
    """Return every published output by its address."""
    office, lead = client_for(national("release_officer")), browser_for(town.lead)
    public = f"/api/v1/public/releases/{made[1].number}"
    asked = [(office, f"/api/v1/releases/{row.pk}{tail}") for row in made for tail in READ]
    asked += [(Api(), public + tail) for tail in READ if tail not in {"/gate", "/manifest"}]
    asked += [
        (Api(), path) for path in ("/api/v1/public/releases", "/api/v1/public/transparency", "/transparency")
    ]
    asked += [(lead, f"/api/v1/statistics/teams/{town.team.pk}")]
    return {f"{at} {path}": whole(api.get(path)) for at, (api, path) in enumerate(asked)}


def whole(answer: Answer) -> bytes:
    assert answer.status == 200, answer.raw
    return answer.raw


def test_until_its_quarter_locks_and_after_it(
    town: Town, made: list[Release], admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said(town, made)
    loop = opened(town)
    loop.completed()
    assert said(town, made) == before
    monkeypatch.setattr(quarters, "today", lambda: date(NOW.year + 1, 6, 1))
    quarters.lock_quarter(loop.coordinator, team=town.team, quarter=str(NOW))
    monkeypatch.undo()
    assert said(town, made) == before


def test_the_files_name_no_case_and_hold_no_formula(
    town: Town, made: list[Release], admin: psycopg.Connection
) -> None:
    loop = opened(town)
    outputs = said(town, made)
    for path, raw in outputs.items():
        for secret in (loop.case.pk, loop.case.code, loop.case.spoken_name, town.coordinator.username):
            assert str(secret).encode() not in raw, path
    for path, raw in outputs.items():
        if path.endswith("as=csv"):
            cells = [cell.strip('"') for line in raw.decode().splitlines() for cell in line.split('","')]
            assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t", "\r"}], path


def test_a_name_that_is_a_formula_is_text_in_every_file(admin: psycopg.Connection) -> None:
    """A team's short name comes from an administrator; a spreadsheet at a newspaper runs what begins with `=`."""
    row = _telling(admin, '=HYPERLINK("http://x","y")')
    office: Any = client_for(national("national_analyst"))
    at = f"/api/v1/releases/{row.pk}/export"
    text = office.get(at, query={"as": "csv"}).raw.decode()
    assert "'=HYPERLINK" in text
    assert '"=HYPERLINK' not in text
    book = load_workbook(io.BytesIO(office.get(at, query={"as": "xlsx"}).raw))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if str(cell.value).startswith("=")]


def _telling(admin: psycopg.Connection, name: str) -> Release:
    row = rows.waiting()
    cell = {"row": name, "column": "+1", "mark": "@SUM(A1)", "n": 12, "mask": ""}
    labels = {"en": name, "sr-Latn": name, "sr-Cyrl": name}
    found = table("people", [cell])
    told = {**document(tier="B", period=row.period), "tables": [{**found, "label": labels, "caveat": labels}]}
    with admin.transaction(), admin.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        text = "UPDATE statistics_release SET document = %s WHERE id = %s"
        cursor.execute(text, [psycopg.types.json.Jsonb(told), row.pk])
    return row
