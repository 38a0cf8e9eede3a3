"""No answer about a person leaves without the notice on redisclosure; the document says so for each operation."""

from collections.abc import Iterator
from typing import Any

import pytest

from backend.cases.redisclosure import NOTICE
from tests.api.referral_loop import AT, Street, street
from tests.committed import document
from tests.world import Town

FIELD = "redisclosure_notice"
# A file for a spreadsheet has no names but its columns: tests/api/test_a_list_is_taken_out_as_a_file.py reads its end.
IN_THE_LAST_LINE = {"cases_export", "referrals_export"}
# What answers nothing about a person in care, each with its reason. Whatever is new stands here or carries the notice.
WITHOUT = {
    "auth": "signing in",
    "me": "the account of who asks",
    "me_sessions": "where that account is signed in",
    "me_account_events": "what was done to that account",
    "teams": "a team",
    "organisations": "an organisation",
    "memoranda": "a memorandum",
    "sharing_agreements": "an agreement",
    "members": "a worker",
    "invitations": "a worker",
    "recoveries": "a worker",
    "tokens": "a machine",
    "services": "the directory",
    "reference": "code lists",
    "root": "addresses",
    "health": "the service itself",
    "notifications": "ids and a kind, to look the matter up with",
    "audit_entries": "the log: ids, verbs and codes, for who reviews",
    "audit_logs": "hashes and signatures",
    "duplicate_hint": "always one and the same answer",
    "key_destructions": "the keys of a team",
    "guard": "places in a text that the caller has just sent",
    "reviews": "acts of workers, by ids",
    "review_completion": "counts",
    "imports": "how far an upload is",
    "import_rows": "rows by number, with codes of what is wrong",
    "service_tallies": "what a service gave, without knowing to whom",
    "quarters": "that a quarter is locked",
    "team_statistics": "counts",
    "releases": "protected counts",
    "release_figures": "protected counts",
    "release_files": "protected counts",
    "public_releases": "protected counts",
    "public_release_figures": "protected counts",
    "public_release_files": "protected counts",
    "transparency": "counts",
}


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in document()["paths"].values():
        for operation in methods.values():
            if isinstance(operation, dict) and "operationId" in operation:
                yield operation["operationId"], operation | {"schemas": document()["components"]["schemas"]}


def names(schema: dict[str, Any], schemas: dict[str, Any]) -> set[str]:
    """Return the names that an object of this schema must have."""
    if "$ref" in schema:
        return names(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    found = set(schema.get("required", ()))
    return found.union(*(names(part, schemas) for part in schema.get("allOf", ())))


def bodies(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            yield from response.get("content", {}).values()


@pytest.mark.pure
def test_every_operation_about_a_person_answers_with_the_notice() -> None:
    bare = {
        name
        for name, operation in operations()
        for body in bodies(operation)
        if operation["tags"][0] not in WITHOUT and FIELD not in names(body["schema"], operation["schemas"])
    }
    assert bare == IN_THE_LAST_LINE


@pytest.mark.pure
def test_every_example_carries_it_too() -> None:
    for name, operation in operations():
        for body in bodies(operation):
            if operation["tags"][0] not in WITHOUT and "example" in body and name not in IN_THE_LAST_LINE:
                assert FIELD in body["example"], name


@pytest.mark.pure
def test_what_goes_without_it_is_still_there() -> None:
    tags = {operation["tags"][0] for _name, operation in operations()}
    assert {tag for tag in WITHOUT if tag not in tags} <= {"auth", "root", "health"}


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def test_each_side_gets_it_with_objects_and_lists(way: Street) -> None:
    referral, case = way.loop.started(), f"/api/v1/cases/{way.loop.case.id}"
    paths = (case, f"{case}/needs", f"{case}/notes", f"{case}/consents", f"{case}/history", f"{case}/access",
             "/api/v1/cases", AT, f"{AT}/{referral.id}", f"{AT}/{referral.id}/history", "/api/v1/inbox")  # fmt: skip
    for name in ("social_worker", "nurse"):
        for path in paths:
            answer = way.by(name).get(path)
            assert (answer.status, answer.json[FIELD]) == (200, dict(NOTICE)), path


def test_a_created_object_and_a_stub_carry_it_and_a_refusal_does_not(way: Street) -> None:
    note = {"text": "Dogovoren je razgovor."}
    made = way.by("social_worker").post(f"/api/v1/cases/{way.loop.case.id}/notes", note)
    assert (made.status, made.json[FIELD]) == (201, dict(NOTICE))
    referral = way.loop.rejected()
    assert way.read(referral, by="nurse").json[FIELD] == dict(NOTICE)
    refused = way.by("outreach").get(f"/api/v1/cases/{way.loop.case.id}")
    assert refused.status == 404
    assert FIELD not in refused.json
