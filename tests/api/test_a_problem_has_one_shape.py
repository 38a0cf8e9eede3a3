"""`problems` alone knows the shape: members, media type, languages, and what is left out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import attempt, catalogue, language, problems
from api.attempt import Attempt
from api.language import Language
from api.problems import Answer, body, respond
from backend.errors import Fault

pytestmark = pytest.mark.pure

BASE = ["type", "title", "status", "detail", "code", "request_id"]


@pytest.fixture(autouse=True)
def request_under_way() -> Any:
    attempt.current.set(Attempt(request_id="r-0001"))
    token = language.current.set("en")
    yield
    language.current.reset(token)


def test_a_plain_refusal_has_six_members() -> None:
    assert list(body(Answer("forbidden"))) == BASE


@pytest.mark.parametrize("code", sorted(catalogue.problems()))
def test_every_code_answers_with_its_own_status(code: str) -> None:
    response = respond(Answer(code))
    said = json.loads(response.content)
    assert response.status_code == said["status"] == catalogue.problems()[code].status
    assert response["Content-Type"] == "application/problem+json"
    assert (said["type"], said["request_id"]) == (f"urn:spona:problem:{code}", "r-0001")


@pytest.mark.parametrize(
    ("tongue", "title"),
    [("en", "Not allowed"), ("sr-Latn", "Nije dozvoljeno"), ("sr-Cyrl", "Није дозвољено")],
)
def test_title_and_faults_speak_the_same_language(tongue: Language, title: str) -> None:
    language.current.set(tongue)
    said = body(Answer("forbidden", faults=[Fault("/a", "required")]))
    assert said["title"] == title
    assert said["errors"][0]["detail"] == catalogue.fault("required").said_in(tongue)


def test_legal_is_there_even_when_nothing_is_legal() -> None:
    assert body(Answer("conflict", legal=()))["legal"] == []
    assert "legal" not in body(Answer("conflict"))


def test_errors_keep_their_order() -> None:
    faults = [Fault("/b", "required"), Fault("/a", "invalid"), Fault("", "not_an_object")]
    said = body(Answer("invalid", faults=faults))["errors"]
    assert [(one["pointer"], one["code"]) for one in said] == [(one.pointer, one.code) for one in faults]


def test_a_fault_names_what_it_is_about_when_it_knows() -> None:
    faults = [Fault("/a", "identifier_found", ("jmbg",)), Fault("/b", "required")]
    first, second = body(Answer("invalid", faults=faults))["errors"]
    assert first["values"] == ["jmbg"]
    assert "values" not in second


def test_headers_go_along() -> None:
    assert respond(Answer("throttled", headers={"Retry-After": "7"}))["Retry-After"] == "7"


@given(
    code=st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True),
    otherwise=st.sampled_from(sorted(catalogue.problems())),
)
def test_a_code_nobody_wrote_a_text_for_is_answered_all_the_same(code: str, otherwise: str) -> None:
    said = body(Answer(code, otherwise=otherwise))
    assert said["code"] == code
    assert said["title"]
    assert 400 <= said["status"] < 600


@given(pointer=st.text(max_size=30))
def test_any_pointer_can_be_written(pointer: str) -> None:
    if pointer.isascii():
        said = json.loads(respond(Answer("invalid", faults=[Fault(pointer, "invalid")])).content)
        assert said["errors"][0]["pointer"] == pointer


def test_outside_a_request_there_is_no_number() -> None:
    attempt.current.set(Attempt())
    assert body(Answer("internal"))["request_id"] == ""


def test_the_media_type_is_that_of_rfc_9457() -> None:
    assert problems.MEDIA_TYPE == "application/problem+json"
