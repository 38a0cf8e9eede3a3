"""POST /imports with a ZIP: counts by table, people done of all, refused rows by table; events say their day."""

from typing import Any

import pytest

from backend.directory.models import Service
from backend.imports.models import ImportRun
from backend.imports.runs import process_queued
from backend.referrals.models import Referral
from tests.api.client import Answer, Api, client_for
from tests.api.test_a_file_is_imported_over_http import send
from tests.backend.imports.packed import MAPPING, VISITS, zipped
from tests.world import BUILDER, Town, make_organisation, saved


@pytest.fixture
def api(town: Town) -> Api:
    provider = make_organisation("cso", team=town.team, has_accounts=False)
    saved(Service(organisation=provider, code="SO-FOO"))
    return client_for(town.coordinator)


def imported(api: Api, town: Town, **tables: Any) -> str:
    """Send the tables, let the worker at them, and return the address of the import."""
    taken = send(api, town, mapping=MAPPING, file=zipped(**tables))
    assert taken.status == 201, taken.raw
    process_queued(BUILDER)
    return str(taken.headers["Location"])


def test_an_import_says_what_became_of_each_table(town: Town, api: Api) -> None:
    done = api.get(imported(api, town, visits=VISITS + "B,yes,,1,one\n")).json
    assert (done["status"], done["people"], done["people_done"]) == ("done", 2, 2)
    assert (done["rows_in"], done["accepted"], done["unchanged"], done["refused"]) == (8, 7, 0, 1)
    assert done["tables"] == [
        {"table": "homes", "rows_in": 2, "accepted": 2, "unchanged": 0, "refused": 0},
        {"table": "people", "rows_in": 2, "accepted": 2, "unchanged": 0, "refused": 0},
        {"table": "sent", "rows_in": 1, "accepted": 1, "unchanged": 0, "refused": 0},
        {"table": "visits", "rows_in": 3, "accepted": 2, "unchanged": 0, "refused": 1},
    ]


def test_an_import_that_waits_has_no_counts_yet(town: Town, api: Api) -> None:
    waiting = send(api, town, mapping=MAPPING, file=zipped()).json
    assert (waiting["status"], waiting["tables"], waiting["people"], waiting["people_done"]) == (
        "queued",
        [],
        None,
        0,
    )


def test_a_refused_row_is_named_by_its_table(town: Town, api: Api) -> None:
    place = imported(api, town, visits=VISITS + "B,yes,,1,one\n")
    refused = api.get(f"{place}/rows", query={"outcome": "refused"}).json["results"]
    assert [(row["table"], row["number"], row["reasons"]) for row in refused] == [
        ("visits", 4, [{"column": "", "code": "no_referral"}])
    ]


def test_rows_are_listed_table_by_table(town: Town, api: Api) -> None:
    rows = api.get(f"{imported(api, town)}/rows").json["results"]
    assert [(row["table"], row["number"]) for row in rows] == [
        ("homes", 2),
        ("homes", 3),
        ("people", 2),
        ("people", 3),
        ("sent", 2),
        ("visits", 2),
        ("visits", 3),
    ]
    assert {row["outcome"] for row in rows} == {"accepted"}


def test_rows_are_paged_across_tables(town: Town, api: Api) -> None:
    place: str | None = f"{imported(api, town)}/rows?page_size=3"
    seen = []
    while place:
        page = api.get(place).json
        seen += [(row["table"], row["number"]) for row in page["results"]]
        place = page["next"]
    assert len(seen) == len(set(seen)) == 7


def test_an_event_says_the_day_on_which_it_happened(town: Town, api: Api) -> None:
    imported(api, town)
    referral = Referral.objects.get(team=town.team)
    events = api.get(f"/api/v1/referrals/{referral.code}").json["events"]
    assert [(event["verb"], event["happened_on"]) for event in events] == [
        ("send", None),
        ("accept", None),
        ("start", None),
        ("assigned", "2020-02-28"),
        ("attended", "2020-02-29"),
        ("missed", None),
    ]


def test_nobody_of_another_team_sees_any_of_it(town: Town, api: Api) -> None:
    place = imported(api, town)
    other = client_for(Town().coordinator)
    referral = Referral.objects.get(team=town.team)
    answers: list[Answer] = [other.get(one) for one in (place, f"/api/v1/referrals/{referral.code}")]
    assert [answer.status for answer in answers] == [404, 404]
    assert other.get(f"{place}/rows").status == 404
    assert other.get("/api/v1/referrals").json["results"] == []


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"visits": None}, "table_missing"),
        ({"more": "id\n"}, "table_unknown"),
        ({"../visits": "id\n"}, "bad_table_name"),
        ({"homes": "id\n"}, "column_missing"),
        ({"homes": b"\xff"}, "not_utf8"),
    ],
    ids=["missing", "unknown", "a path", "a column", "no text"],
)
def test_tables_that_do_not_fit_are_refused_at_once(
    town: Town, api: Api, tables: dict[str, Any], code: str
) -> None:
    answer = send(api, town, mapping=MAPPING, file=zipped(**tables))
    assert answer.status == 422, answer.raw
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == [("/file", code)]
    assert not ImportRun.objects.filter(team=town.team).exists()


def test_the_shipped_mapping_of_several_tables_is_named_too(town: Town, api: Api) -> None:
    answer = send(api, town, mapping=None, shipped="ctn_0094", file=zipped())
    assert (answer.status, answer.json["errors"][0]["code"]) == (422, "table_missing")
