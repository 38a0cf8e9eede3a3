"""/releases/{id}/figures and /tdi, /public/releases/{number}/figures: who reads what, and what is refused."""

import io

import psycopg
import pytest
from openpyxl import load_workbook

from backend.statistics.releases.models import Release
from tests.api.audit import NATIONAL, Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.statistics.indicators.documents import cell, document, table
from tests.backend.statistics.releases import rows
from tests.world import Town, national

PATH = "/api/v1/releases"
PUBLIC = "/api/v1/public/releases"
PEOPLE = table(
    "people", [cell("total", "total", "in_coordination", 120), cell("total", "total", "new", None, "<10")]
)
TDI = {"mask": "0-4", "cells": [{"table": "9.1.1", "row": "1.1", "column": "1", "n": 12}]}


@pytest.fixture
def public(admin: psycopg.Connection) -> Release:
    return said(admin, rows.for_all(), tables=[PEOPLE])


def said(admin: psycopg.Connection, row: Release, **parts: object) -> Release:
    """Let a release say something: what it says is set once, so the administrator does it."""
    told = {**document(tier=row.tier, period=row.period), **parts}
    with admin.transaction(), admin.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE statistics_release SET document = %s WHERE id = %s",
            [psycopg.types.json.Jsonb(told), row.pk],
        )
    return row


def test_everybody_reads_the_sentences_of_a_public_release_without_signing_in(public: Release) -> None:
    answer = Api().get(f"{PUBLIC}/{public.number}/figures")
    assert answer.status == 200
    found = {one["indicator"]: one for one in answer.json["results"]}
    assert len(found) == 50
    assert (found["N1"]["state"], found["N1"]["value"]) == ("shown", 120)
    assert (found["N3"]["state"], found["N3"]["value"], found["N3"]["mask"]) == ("masked", None, "<10")
    assert (
        f"120 osoba (zaštićen broj, zaokružen na 5; izdanje {public.number},"
        in found["N1"]["sentences"]["sr-Latn"]
    )
    assert found["P7"]["state"] == "not_measured"
    assert set(found["N1"]["labels"]) == {"en", "sr-Cyrl", "sr-Latn"}


def test_one_indicator_is_asked_for_by_its_code(public: Release, town: Town) -> None:
    for path in (f"{PUBLIC}/{public.number}/figures", f"{PATH}/{public.pk}/figures"):
        asker = Api() if path.startswith(PUBLIC) else client_for(town.coordinator)
        assert {one["indicator"] for one in asker.get(f"{path}?indicator=N1").json["results"]} == {"N1"}
        assert asker.get(f"{path}?indicator=N9").status == 400
        assert asker.get(f"{path}?team=bor").status == 400


@pytest.mark.parametrize("number", ["0", "999999999", "x", "-1", "1e3"])
def test_a_number_that_is_not_published_is_absent(number: str) -> None:
    assert Api().get(f"{PUBLIC}/{number}/figures").status == 404


def test_everybody_signed_in_reads_what_is_published_for_all_and_it_is_recorded(
    public: Release, town: Town, audit: Audit, counted: Counted
) -> None:
    coordinator = client_for(town.coordinator)
    with counted("release_figures_figures"):
        answer = coordinator.get(f"{PATH}/{public.pk}/figures")
    assert answer.status == 200
    (entry,) = audit.entries(verb="release.figures_read", log=NATIONAL)
    assert entry["said"]["object_id"] == str(public.pk)


def test_what_is_for_the_office_is_absent_for_everybody_else(town: Town) -> None:
    row = rows.waiting()
    assert client_for(town.coordinator).get(f"{PATH}/{row.pk}/figures").status == 404
    assert browser_for(town.coordinator).get(f"{PATH}/{row.pk}/figures").status == 404
    assert Api().get(f"{PATH}/{row.pk}/figures").status == 401
    assert client_for(national("national_analyst")).get(f"{PATH}/{row.pk}/figures").status == 200


def test_a_release_that_was_not_built_says_nothing() -> None:
    row = rows.unbuilt()
    answer = client_for(national("national_analyst")).get(f"{PATH}/{row.pk}/figures")
    assert (answer.status, answer.json["results"]) == (200, [])
    assert client_for(national("national_analyst")).get(f"{PATH}/{row.pk}/tdi").code == "no_tdi_tables"


def test_the_office_fetches_the_tdi_shaped_workbook(
    admin: psycopg.Connection, audit: Audit, counted: Counted
) -> None:
    row = said(admin, rows.waiting(), tdi=TDI)
    analyst = client_for(national("national_analyst"))
    with counted("release_figures_tdi"):
        answer = analyst.get(f"{PATH}/{row.pk}/tdi")
    assert answer.status == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="spona-tdi-{row.period}.xlsx"'
    assert load_workbook(io.BytesIO(answer.raw)).worksheets[0]["B213"].value == 12
    (entry,) = audit.entries(verb="release.tdi_read", log=NATIONAL)
    assert entry["said"]["object_id"] == str(row.pk)


def test_a_release_without_tdi_tables_has_no_workbook(public: Release) -> None:
    answer = client_for(national("release_officer")).get(f"{PATH}/{public.pk}/tdi")
    assert (answer.status, answer.code) == (409, "no_tdi_tables")


def test_the_workbook_is_for_the_office(public: Release, town: Town) -> None:
    assert browser_for(town.coordinator).get(f"{PATH}/{public.pk}/tdi").status == 403
    assert client_for(town.coordinator).get(f"{PATH}/{public.pk}/tdi").status == 403
    assert client_for(national("national_analyst")).get(f"{PATH}/{public.pk}/tdi?year=2026").status == 400
