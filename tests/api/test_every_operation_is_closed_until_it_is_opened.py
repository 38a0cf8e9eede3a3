"""A walk over every operation of openapi.yaml: strangers, absent ids, wrong bodies and parameters, one answer each."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from tests.api.client import Answer, Api, client_for
from tests.committed import document
from tests.world import Town, national

IN_PATH = re.compile(r"\{[^}]+\}")


class Operation(NamedTuple):
    """One line of the document."""

    name: str
    method: str
    path: str
    said: dict[str, Any]

    def at(self, key: str) -> str:
        return IN_PATH.sub(key, self.path)


def operations() -> Iterator[Operation]:
    for path, methods in document()["paths"].items():
        for method, said in methods.items():
            if not said["operationId"].startswith("sign_in_"):
                yield Operation(said["operationId"], method.upper(), path, said)


EVERY = list(operations())
CLOSED = [one for one in EVERY if one.said["security"] != [{}]]
ON_OBJECT = [one for one in CLOSED if "{" in one.path and not one.path.startswith("/api/v1/reference/")]
ON_ALL = [one for one in CLOSED if "{" not in one.path]
WRITING = [one for one in CLOSED if "requestBody" in one.said]
JSON = [one for one in WRITING if "application/json" in one.said["requestBody"]["content"]]


def name_of(operation: Operation) -> str:
    return operation.name


def send(api: Api, operation: Operation, key: str, **more: Any) -> Answer:
    body = {} if operation.method in {"POST", "PATCH"} else None
    return api.send(operation.method, operation.at(key), body, **more)


@pytest.mark.pure
def test_what_is_public_is_a_short_list() -> None:
    public = {one.name for one in EVERY} - {one.name for one in CLOSED}
    assert public == {
        "root_retrieve",
        "health_live",
        "health_ready",
        "invitations_accept",
        "recoveries_use",
        "public_releases_list",
        "public_releases_retrieve",
        "public_release_figures_figures",
        "public_release_files_export",
        "transparency_retrieve",
    }


@pytest.mark.parametrize("operation", CLOSED, ids=name_of)
def test_a_stranger_gets_401_and_learns_nothing(stranger: Api, operation: Operation, settings: Any) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "anonymous": "100000/min"}
    answer = send(stranger, operation, str(uuid4()))
    assert (answer.status, answer.code) == (401, "not_authenticated")


@pytest.fixture(scope="module")
def nobody(database: Any) -> Api:
    """Somebody signed in who works for no team: a directory administrator."""
    return client_for(national("directory_admin"))


@pytest.fixture(scope="module")
def coordinator(database: Any) -> Api:
    return client_for(Town().coordinator)


@pytest.fixture
def probing(settings: Any) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "probe": "100000/min", "token": "100000/min"}


@pytest.mark.parametrize("operation", ON_OBJECT, ids=name_of)
def test_an_absent_id_is_a_404_for_everybody(
    nobody: Api, coordinator: Api, operation: Operation, probing: None
) -> None:
    for api in (nobody, coordinator):
        answer = send(api, operation, str(uuid4()))
        assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("operation", ON_OBJECT, ids=name_of)
def test_a_malformed_id_is_answered_like_an_absent_one(
    coordinator: Api, operation: Operation, probing: None
) -> None:
    absent, malformed = (
        send(coordinator, operation, key, Accept_Language="en") for key in (str(uuid4()), "x-y")
    )
    for answer in (absent, malformed):
        answer.raw = answer.raw.replace(answer.headers["X-Request-Id"].encode(), b"-")
    assert (absent.status, absent.raw) == (malformed.status, malformed.raw)


@pytest.mark.parametrize("operation", [one for one in ON_ALL if one.method == "GET"], ids=name_of)
def test_a_parameter_that_is_not_declared_is_a_400_or_the_list_is_closed(
    coordinator: Api, operation: Operation, probing: None
) -> None:
    answer = coordinator.get(operation.path, query={"no_such_parameter": "1"})
    assert (answer.status, answer.code) in {(400, "unknown_parameter"), (403, "forbidden")}


@pytest.mark.parametrize("operation", [one for one in JSON if one in ON_ALL], ids=name_of)
def test_a_field_that_is_not_declared_is_refused_by_name(
    coordinator: Api, operation: Operation, probing: None
) -> None:
    answer = coordinator.send(operation.method, operation.path, {"no_such_field": 1}, If_Match='"1"')
    assert answer.status in {403, 422}, answer.raw
    if answer.status == 422:
        assert ("/no_such_field", "unknown_field") in {
            (one["pointer"], one["code"]) for one in answer.json["errors"]
        }


@pytest.mark.parametrize("operation", [one for one in JSON if one in ON_ALL], ids=name_of)
def test_another_media_type_is_refused(coordinator: Api, operation: Operation, probing: None) -> None:
    answer = coordinator.send(
        operation.method, operation.path, b"<a/>", content_type="text/xml", If_Match='"1"'
    )
    assert answer.status in {403, 415}


@pytest.mark.parametrize("operation", EVERY, ids=name_of)
def test_an_unknown_method_is_a_405(coordinator: Api, operation: Operation, probing: None) -> None:
    assert coordinator.send("PUT", operation.at(str(uuid4()))).status == 405


@pytest.mark.parametrize("operation", EVERY, ids=name_of)
def test_every_answer_is_one_that_the_document_names(
    coordinator: Api, operation: Operation, probing: None
) -> None:
    answer = send(coordinator, operation, str(uuid4()))
    assert str(answer.status) in operation.said["responses"]
    assert answer.headers["Content-Type"] in {"application/json", "application/problem+json"}
