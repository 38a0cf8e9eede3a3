"""GET /reference and /reference/{list}: every packaged list, for whoever is signed in, with a digest as ETag."""

import pytest

from backend.reference.lists import LISTS, VERSION
from backend.reference.translit import latin
from tests.api.client import Api, client_for
from tests.world import Town, national


@pytest.fixture
def api(town: Town) -> Api:
    return client_for(town.nurse)


def test_every_list_is_named(api: Api) -> None:
    rows = api.get("/api/v1/reference").json["results"]
    assert [row["name"] for row in rows] == list(LISTS)
    assert all(row["digest"] == LISTS[row["name"]].digest for row in rows)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_comes_whole_and_in_its_order(api: Api, name: str) -> None:
    answer = api.get(f"/api/v1/reference/{name}")
    assert answer.headers["ETag"] == f'"{LISTS[name].digest}"'
    assert answer.json["version"] == VERSION
    assert [entry["code"] for entry in answer.json["entries"]] == [
        entry.code for entry in LISTS[name].entries
    ]
    for entry in answer.json["entries"]:
        assert set(entry["labels"]) == {"en", "sr-Latn", "sr-Cyrl"}
        assert entry["labels"]["sr-Latn"] == latin(entry["labels"]["sr-Cyrl"])


def test_a_version_may_be_named(api: Api) -> None:
    assert api.get("/api/v1/reference/urgencies", query={"version": VERSION}).status == 200


def test_another_version_is_not_made_up(api: Api) -> None:
    answer = api.get("/api/v1/reference/urgencies", query={"version": "99"})
    assert (answer.status, answer.code) == (400, "invalid_parameter")


@pytest.mark.parametrize(
    "name", ["no_such_list", "case_transitions", "../settings", "tdi_items:sex", "URGENCIES"]
)
def test_another_list_is_a_404(api: Api, name: str) -> None:
    assert api.get(f"/api/v1/reference/{name}").code == "not_found"


def test_another_parameter_is_refused(api: Api) -> None:
    assert api.get("/api/v1/reference", query={"version": VERSION}).code == "unknown_parameter"


def test_whoever_is_signed_in_may_read_them(stranger: Api) -> None:
    assert client_for(national("directory_admin")).get("/api/v1/reference/urgencies").status == 200
    assert stranger.get("/api/v1/reference/urgencies").status == 401
