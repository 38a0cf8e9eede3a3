"""401, 404, 403, 428 or 412, 409, 422: whoever may not know of an object learns nothing of its state."""

import pytest

from tests.api.client import Api, client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")

WRONG = {"nonsense": True}


def test_nobody_signed_in_is_401_whatever_is_asked(stranger: Api, town: Town) -> None:
    box = make_box(town.team, town.centre)
    for path in (f"/api/v1/boxes/{box.id}", "/api/v1/boxes/x", "/api/v1/boxes"):
        assert stranger.get(path).status == 401


def test_a_foreign_object_is_404_before_anything_else(town: Town) -> None:
    box = make_box(Town().team, town.centre)
    api = client_for(town.coordinator)
    assert api.patch(f"/api/v1/boxes/{box.id}", WRONG).status == 404
    assert api.post(f"/api/v1/boxes/{box.id}/refuse", WRONG, If_Match='"9"').status == 404


def test_a_visible_object_one_may_not_change_is_403_before_its_version(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator, operations=["case.view_coded"])
    assert api.get(f"/api/v1/boxes/{box.id}").status == 200
    assert api.patch(f"/api/v1/boxes/{box.id}", WRONG).status == 403
    assert api.post(f"/api/v1/boxes/{box.id}/triage", WRONG, If_Match='"9"').status == 403


def test_the_version_comes_before_the_state_and_the_body(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    assert api.patch(f"/api/v1/boxes/{box.id}", WRONG).status == 428
    assert api.post(f"/api/v1/boxes/{box.id}/refuse", WRONG, If_Match='"9"').status == 412


def test_a_list_no_role_may_read_is_403(town: Town) -> None:
    answer = client_for(town.lead).get("/api/v1/boxes")
    assert (answer.status, answer.code) == (403, "forbidden")


def test_a_list_of_nothing_yet_is_200(town: Town) -> None:
    assert client_for(town.nurse).get("/api/v1/boxes").json["results"] == []


def test_below_a_foreign_parent_is_404(town: Town) -> None:
    other = Town()
    make_box(other.team, other.centre)
    api = client_for(town.coordinator)
    assert api.get(f"/api/v1/teams/{town.team.id}/boxes").status == 200
    assert api.get("/api/v1/teams/0f8fad5b-d9cb-469f-a165-70867728950e/boxes").status == 404
    # A team is in the directory that everybody sees; its cases are not.
    assert api.get(f"/api/v1/teams/{other.team.id}/boxes").json["results"] == []
