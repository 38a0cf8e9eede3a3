"""RFC 9457 everywhere; the text follows the reader, the code never does."""

import re
from uuid import UUID

import pytest

from api import catalogue
from backend.reference.translit import latin
from tests.api.client import Api, client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")

MEMBERS = {"type", "title", "status", "detail", "code", "request_id"}


def test_an_unknown_address_below_api_is_a_problem(stranger: Api) -> None:
    answer = stranger.get("/api/v1/nothing-here")
    assert (answer.status, answer.code) == (404, "not_found")
    assert set(answer.json) == MEMBERS
    assert answer.json["type"] == "urn:spona:problem:not_found"


def test_an_unknown_address_beside_the_pages_is_a_problem_too(stranger: Api) -> None:
    assert stranger.get("/health/nothing").code == "not_found"


@pytest.mark.parametrize("path", ["/api/v1/boxes/", "/api/v1/reference/", "/api/v2/boxes"])
def test_no_address_has_a_slash_at_its_end(stranger: Api, path: str) -> None:
    assert stranger.get(path).status == 404


@pytest.mark.parametrize(
    ("asked", "title", "tongue"),
    [
        ("en", "Not found", "en"),
        ("sr-Cyrl", "Није нађено", "sr-Cyrl"),
        ("sr-Latn", "Nije nađeno", "sr-Latn"),
        ("hr", "Nije nađeno", "sr-Latn"),
        ("de", "Nije nađeno", "sr-Latn"),
        ("", "Nije nađeno", "sr-Latn"),
    ],
)
def test_the_text_follows_accept_language(stranger: Api, asked: str, title: str, tongue: str) -> None:
    answer = stranger.get("/api/v1/nothing-here", Accept_Language=asked)
    assert answer.json["title"] == title
    assert answer.headers["Content-Language"] == tongue
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.code == "not_found"


def test_a_wrong_method_is_a_405(town: Town) -> None:
    answer = client_for(town.coordinator).delete("/api/v1/boxes")
    assert (answer.status, answer.code) == (405, "method_not_allowed")


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "TRACE"])
def test_methods_we_do_not_have_are_405(town: Town, method: str) -> None:
    box = make_box(town.team, town.centre)
    assert client_for(town.coordinator).send(method, f"/api/v1/boxes/{box.id}").status == 405


def test_every_wrong_place_is_named_by_a_pointer(town: Town) -> None:
    body = {"urgency": "no-such", "label": {"text": 1, "x": 2}, "tags": ["ok", "far too long"]}
    answer = client_for(town.coordinator).post("/api/v1/boxes", body, Accept_Language="en")
    assert (answer.status, answer.code) == (422, "invalid")
    found = {(one["pointer"], one["code"]) for one in answer.json["errors"]}
    assert found == {
        ("/team", "required"),
        ("/organisation", "required"),
        ("/urgency", "unknown_code"),
        ("/label/x", "unknown_field"),
        ("/tags/1", "max_length"),
    }
    assert all(one["detail"] for one in answer.json["errors"])


def test_a_conflict_lists_what_is_legal(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).post(f"/api/v1/boxes/{box.id}/refuse")
    assert (answer.status, answer.code) == (409, "illegal_box")
    assert answer.json["legal"] == ["open", "burn"]
    assert answer.json["title"]


def test_an_identifier_in_a_text_is_named_but_not_repeated(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).post(
        f"/api/v1/boxes/{box.id}/echo", {"text": "zovite 064 123 4567"}
    )
    assert (answer.status, answer.code) == (422, "identifier_found")
    assert [one["pointer"] for one in answer.json["errors"]] == ["/text"]
    assert b"4567" not in answer.raw


def test_what_nobody_foresaw_is_a_500_without_a_word_of_it(
    town: Town, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the name is Jovana")

    monkeypatch.setattr("api.base.pagination.take", broken)
    answer = client_for(town.coordinator).get("/api/v1/boxes")
    assert (answer.status, answer.code) == (500, "internal")
    assert b"Jovana" not in answer.raw


def test_every_answer_names_its_request(stranger: Api) -> None:
    made = stranger.get("/api/v1/nothing-here")
    assert UUID(made.json["request_id"])
    assert made.headers["X-Request-Id"] == made.json["request_id"]
    given = stranger.get("/api/v1/nothing-here", X_Request_Id="client-0001")
    assert given.json["request_id"] == "client-0001"


@pytest.mark.parametrize("bad", ["short", "x" * 65, "with space here", "ćirilica-1", "<script>alert(1)"])
def test_a_strange_request_id_is_replaced(stranger: Api, bad: str) -> None:
    assert stranger.get("/health/live", X_Request_Id=bad).headers["X-Request-Id"] != bad


@pytest.mark.parametrize("code", sorted(catalogue.problems()))
def test_every_problem_has_its_texts(code: str) -> None:
    problem = catalogue.problems()[code]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", code)
    assert 400 <= problem.status <= 503
    for text in (problem.title, problem.detail):
        assert text.en
        assert re.search("[а-яђјљњћџ]", text.sr)
        assert text.said_in("sr-Latn") == latin(text.sr)


@pytest.mark.parametrize("code", sorted(catalogue.faults()))
def test_every_fault_has_its_text(code: str) -> None:
    text = catalogue.faults()[code]
    assert text.en
    assert re.search("[а-яђјљњћџ]", text.sr)


def test_a_code_without_a_text_borrows_one() -> None:
    borrowed = catalogue.problem("never_heard_of", otherwise="conflict")
    assert (borrowed.code, borrowed.status) == ("never_heard_of", 409)
    assert catalogue.fault("never_heard_of") == catalogue.faults()["invalid"]


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT", "OPTIONS"])
def test_an_unknown_address_is_a_404_for_every_method(stranger: Api, method: str) -> None:
    assert stranger.send(method, "/api/v1/nothing-here", {}).code == "not_found"
