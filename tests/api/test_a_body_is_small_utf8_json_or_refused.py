"""What a body may be: JSON in UTF-8, at most 256 KiB, however it is sent."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory

from api.middleware import Outermost
from tests.api.client import Answer, client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")

LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/json; charset=cp1250",
    ],
)
def test_another_media_type_is_a_415(town: Town, content_type: str) -> None:
    answer = client_for(town.coordinator).post("/api/v1/boxes", b'{"a": 1}', content_type=content_type)
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=UTF-8", "Application/JSON"]
)
def test_json_in_utf8_is_taken(town: Town, content_type: str) -> None:
    answer = client_for(town.coordinator).post("/api/v1/boxes", b"{}", content_type=content_type)
    assert answer.status == 422


@pytest.mark.parametrize(
    ("raw", "code"), [(b"{", "malformed_json"), (b'{"a":1,"a":1}', "duplicate_name"), (b"\xff", "not_utf8")]
)
def test_unreadable_json_is_a_400(town: Town, raw: bytes, code: str) -> None:
    answer = client_for(town.coordinator).post("/api/v1/boxes", raw)
    assert (answer.status, answer.code) == (400, code)


@pytest.mark.parametrize("body", [[], "text", 1, None])
def test_a_body_that_is_no_object_is_a_422(town: Town, body: Any) -> None:
    answer = client_for(town.coordinator).post("/api/v1/boxes", json.dumps(body).encode())
    assert answer.status == 422


def test_a_body_over_the_limit_is_a_413(town: Town) -> None:
    answer = client_for(town.coordinator).post("/api/v1/boxes", b" " * (LIMIT + 1))
    assert (answer.status, answer.code) == (413, "too_large")


def test_a_body_at_the_limit_is_read(town: Town) -> None:
    assert client_for(town.coordinator).post("/api/v1/boxes", b"{}".ljust(LIMIT)).status == 422


def test_the_limit_stands_before_everything_else(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.lead).post(f"/api/v1/boxes/{box.id}/echo", b" " * (LIMIT + 1))
    assert answer.status == 413


def chunked(body: bytes) -> Any:
    request = RequestFactory().post("/api/v1/boxes", b"", content_type="application/json")
    request.META.pop("CONTENT_LENGTH", None)
    request.META.update({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(body)})
    return request


@pytest.mark.pure
def test_a_body_in_chunks_is_measured_as_it_is_read() -> None:
    def echo(request: Any) -> Any:
        from_body.append(request.body)
        raise AssertionError

    from_body: list[bytes] = []
    with pytest.raises(AssertionError):
        Outermost(echo)(chunked(b'{"a": 1}'))
    assert from_body == [b'{"a": 1}']


@pytest.mark.parametrize("length", ["9" * 5000, "9" * 19, "-1", "1e3", "\u0661", " 1"])
def test_a_length_that_is_no_number_is_a_400(town: Town, length: str) -> None:
    answer = client_for(town.coordinator).get("/api/v1/boxes", Content_Length=length)
    assert (answer.status, answer.code) == (400, "bad_request")


def test_chunks_where_no_body_belongs_are_a_400(town: Town) -> None:
    answer = client_for(town.coordinator).get("/api/v1/boxes", Transfer_Encoding="chunked")
    assert (answer.status, answer.code) == (400, "bad_request")


@pytest.mark.pure
def test_too_many_chunks_are_a_413() -> None:
    def unreached(_request: Any) -> Any:
        raise AssertionError

    answer = Answer(Outermost(unreached)(chunked(b" " * (LIMIT + 1))))
    assert (answer.status, answer.code) == (413, "too_large")
