"""POST /imports: a form with file and mapping, queued, worked through by the worker, asked about by its address."""

import json
from typing import Any

import pytest

from backend.imports.models import ImportRun
from backend.imports.runs import process_queued
from tests.api.audit import Audit
from tests.api.client import Answer, Api, client_for
from tests.world import BUILDER, Town

BOUNDARY = "a-line-that-occurs-nowhere-else"
MAPPING = """
version: 1
name: small
row_key: id
urgency: routine
given_by: person
items:
  sex: {column: sex, values: {m: "1", f: "2"}}
"""
FILE = b"id,sex\nA1,m\nA2,f\nA3,x\n"


def form(town: Town, **changes: Any) -> bytes:
    fields = {
        "team": str(town.team.id),
        "organisation": str(town.centre.id),
        "mapping": MAPPING,
        "dry_run": "false",
        "file": FILE,
    }
    parts = b""
    for name, value in {**fields, **changes}.items():
        if value is None:
            continue
        file = '; filename="cases.csv"' if name == "file" else ""
        content = value if isinstance(value, bytes) else str(value).encode()
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts += head.encode() + content + b"\r\n"
    return parts + f"--{BOUNDARY}--\r\n".encode()


def send(api: Api, town: Town, **changes: Any) -> Answer:
    headers = changes.pop("headers", {})
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return api.send("POST", "/api/v1/imports", form(town, **changes), content_type=kind, **headers)


@pytest.fixture
def api(town: Town) -> Api:
    return client_for(town.coordinator)


def test_a_file_is_taken_in_worked_through_and_accounted_for(town: Town, api: Api, audit: Audit) -> None:
    taken = send(api, town)
    assert taken.status == 201, taken.raw
    assert taken.json["status"] == "queued"
    process_queued(BUILDER)
    done = api.get(taken.headers["Location"]).json
    assert (done["status"], done["rows_in"], done["accepted"], done["refused"]) == ("done", 3, 2, 1)
    refused = api.get(f"{taken.headers['Location']}/rows", query={"outcome": "refused"}).json["results"]
    assert [(row["number"], row["reasons"]) for row in refused] == [
        (4, [{"column": "sex", "code": "value_unknown"}])
    ]
    verbs = {entry["verb"] for entry in audit.entries(outcome="success", log=town.team.id)}
    assert {"import.uploaded", "import.done", "case.opened"} <= verbs


def test_a_dry_run_is_what_happens_unless_told(town: Town, api: Api) -> None:
    taken = send(api, town, dry_run=None)
    assert taken.json["dry_run"] is True


def test_the_shipped_mapping_is_named_and_not_sent(town: Town, api: Api) -> None:
    header = b"id,sex\n"
    answer = send(api, town, mapping=None, shipped="teds_a_2023", file=header)
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/file"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"mapping": None}, "/mapping"),
        ({"shipped": "teds_a_2023"}, "/mapping"),
        ({"mapping": "["}, "/mapping"),
        ({"file": b"\xff\xfe"}, "/file"),
        ({"file": b""}, "/file"),
        ({"file": None}, "/file"),
        ({"team": "nowhere"}, "/team"),
        ({"organisation": "00000000-0000-4000-8000-000000000000"}, "/organisation"),
        ({"dry_run": "perhaps"}, "/dry_run"),
        ({"more": "1"}, "/more"),
        ({"shipped": "../../etc/passwd", "mapping": None}, "/shipped"),
    ],
)
def test_a_form_that_is_wrong_is_refused_at_its_place(
    town: Town, api: Api, changes: dict[str, Any], pointer: str
) -> None:
    answer = send(api, town, **changes)
    assert answer.status == 422, answer.raw
    assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert not ImportRun.objects.filter(team=town.team).exists()


def test_a_body_that_is_no_form_is_415_or_400(town: Town, api: Api) -> None:
    assert api.post("/api/v1/imports", {"team": str(town.team.id)}).status == 415
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    assert api.send("POST", "/api/v1/imports", b"nonsense", content_type=kind).status in {400, 422}
    assert api.send("POST", "/api/v1/imports", b"x", content_type="multipart/form-data").status == 400


def test_the_same_form_under_one_key_is_one_import(town: Town, api: Api) -> None:
    headers = {"Idempotency_Key": "import-0001"}
    first, second = (send(api, town, headers=headers) for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert first.json["id"] == second.json["id"]
    other = send(api, town, headers=headers, file=b"id,sex\nZ,f\n")
    assert (other.status, other.code) == (422, "idempotency_key_reused")


def part(name: str, content: bytes = b"1", file: str = "") -> bytes:
    named = f'; filename="{file}"' if file else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def send_parts(api: Api, parts: bytes, **headers: str) -> Answer:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return api.send("POST", "/api/v1/imports", parts, content_type=kind, **headers)


@pytest.mark.parametrize(
    ("changes", "extra", "pointer"),
    [
        ({"mapping": None}, part("mapping", MAPPING.encode(), "mapping.yaml"), "/mapping"),
        ({}, part("more", b"x", "more.bin"), "/more"),
        ({"team": None}, part("team", b"x", "team.txt"), "/team"),
    ],
)
def test_a_file_at_another_place_is_refused_with_and_without_a_key(
    town: Town, api: Api, changes: dict[str, Any], extra: bytes, pointer: str
) -> None:
    for headers in ({}, {"Idempotency_Key": "import-0002"}):
        answer = send_parts(api, extra + form(town, **changes), **headers)
        assert answer.status == 422, answer.raw
        assert pointer in [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("kind", ["application/json", f"multipart/form-data; boundary={BOUNDARY}"])
def test_no_body_at_all_is_refused_with_a_key_too(api: Api, kind: str) -> None:
    headers = {"Idempotency_Key": "import-0003"}
    assert api.send("POST", "/api/v1/imports", b"", content_type=kind, **headers).status in {400, 415, 422}


@pytest.mark.parametrize(("count", "file"), [(1500, ""), (150, "x.bin")])
def test_a_form_of_too_many_parts_is_a_400(api: Api, count: int, file: str) -> None:
    parts = b"".join(part(f"more{number}", file=file) for number in range(count))
    answer = send_parts(api, parts + f"--{BOUNDARY}--\r\n".encode())
    assert (answer.status, answer.code) == (400, "bad_request")


def test_a_member_may_not_import(town: Town) -> None:
    assert send(client_for(town.social_worker), town).status == 403


def test_nobody_imports_into_or_reads_of_another_team(town: Town, api: Api) -> None:
    elsewhere = Town()
    assert send(client_for(elsewhere.coordinator), town).status == 422
    run = send(api, town).json["id"]
    other = client_for(elsewhere.coordinator)
    foreign, absent = (other.get(f"/api/v1/imports/{one}") for one in (run, town.team.id))
    assert (foreign.status, absent.status) == (404, 404)
    assert without_id(foreign) == without_id(absent)
    assert other.get(f"/api/v1/imports/{run}/rows").status == 404
    assert other.get("/api/v1/imports").json["results"] == [], "leaked"


def without_id(answer: Answer) -> dict[str, Any]:
    return {**json.loads(answer.raw), "request_id": ""}


def test_a_workbook_is_too_large_only_beyond_its_own_limit(town: Town, api: Api) -> None:
    rows = b"".join(b"K%d,%s\n" % (number, b"x" * 900) for number in range(300))
    assert len(rows) > 256 * 1024
    assert send(api, town, file=b"id,sex\n" + rows).status == 201
