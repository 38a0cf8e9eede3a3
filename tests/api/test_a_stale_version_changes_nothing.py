"""ETag and If-Match: needed on PATCH and DELETE, heeded on verbs, compared under the row's lock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests.api.client import Answer, Api, browser_for, client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")


def test_one_object_has_its_version_as_etag(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).get(f"/api/v1/boxes/{box.id}")
    assert answer.headers["ETag"] == '"1"'


def test_a_list_has_none(town: Town) -> None:
    assert "ETag" not in client_for(town.coordinator).get("/api/v1/boxes").headers


def test_a_change_with_the_version_is_made_and_gives_the_next(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).patch(
        f"/api/v1/boxes/{box.id}", {"urgency": "asap"}, If_Match='"1"'
    )
    assert (answer.status, answer.json["urgency"], answer.headers["ETag"]) == (200, "asap", '"2"')


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_without_a_version_is_a_428(town: Town, method: str) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).send(method, f"/api/v1/boxes/{box.id}", {"urgency": "asap"})
    assert (answer.status, answer.code) == (428, "precondition_required")


@pytest.mark.parametrize("tag", ['"2"', "1", 'W/"1"', "*", '"1", "2"', "", '"x"'])
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_another_version_is_a_412(town: Town, method: str, tag: str) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).send(
        method, f"/api/v1/boxes/{box.id}", {"urgency": "asap"}, If_Match=tag
    )
    assert (answer.status, answer.code) == (412, "stale_version")
    box.refresh_from_db()
    assert box.version == 1


def test_a_deletion_with_the_version_is_a_204(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).delete(f"/api/v1/boxes/{box.id}", If_Match='"1"')
    assert (answer.status, answer.raw) == (204, b"")


def test_a_verb_needs_no_version_but_heeds_one(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    assert api.post(f"/api/v1/boxes/{box.id}/triage").status == 200
    assert api.post(f"/api/v1/boxes/{box.id}/triage", If_Match='"1"').status == 412
    assert api.post(f"/api/v1/boxes/{box.id}/triage", If_Match='"2"').status == 200


def test_of_six_changes_at_once_one_is_made(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)

    def send(_number: int) -> Answer:
        try:
            return Api(**api.headers).patch(f"/api/v1/boxes/{box.id}", {"urgency": "asap"}, If_Match='"1"')
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(answer.status for answer in pool.map(send, range(6)))
    assert statuses == [200, 412, 412, 412, 412, 412]
    box.refresh_from_db()
    assert box.version == 2


def test_a_browser_changes_with_version_and_csrf_token(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = browser_for(town.coordinator).patch(
        f"/api/v1/boxes/{box.id}", {"urgency": "asap"}, If_Match='"1"'
    )
    assert answer.status == 200
