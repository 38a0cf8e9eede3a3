"""Nothing is ignored: what an operation does not know is an error, so that a typing mistake is not a wider answer."""

import pytest

from tests.api.client import client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")


@pytest.mark.parametrize(
    "name", ["team", "team_id", "status__in", "holder_organisation__name", "ids", "format", "Urgency"]
)
def test_a_parameter_that_is_no_filter_is_a_400(town: Town, name: str) -> None:
    answer = client_for(town.coordinator).get("/api/v1/boxes", query={name: "x"})
    assert (answer.status, answer.code) == (400, "unknown_parameter")
    assert answer.json["errors"][0]["pointer"] == f"?{name}"


@pytest.mark.parametrize("path", ["", "/triage"])
def test_an_operation_without_parameters_takes_none(town: Town, path: str) -> None:
    box = make_box(town.team, town.centre)
    method = "POST" if path else "GET"
    answer = client_for(town.coordinator).send(
        method, f"/api/v1/boxes/{box.id}{path}", query={"urgency": "asap"}
    )
    assert (answer.status, answer.code) == (400, "unknown_parameter")


def test_a_parameter_given_twice_is_a_400(town: Town) -> None:
    answer = client_for(town.coordinator).get("/api/v1/boxes?urgency=asap&urgency=routine")
    assert (answer.status, answer.code) == (400, "invalid_parameter")


@pytest.mark.parametrize(
    "query",
    [
        {"urgency": "sometimes"},
        {"urgency": ""},
        {"urgency": "asap,"},
        {"urgency": ",".join(["asap"] * 21)},
        {"holder": "not-a-uuid"},
        {"holder": "{0f8fad5b-d9cb-469f-a165-70867728950e}"},
        {"closed": "1"},
        {"closed": "True"},
        {"urgency": "asap\0"},
    ],
)
def test_a_filter_takes_only_values_of_its_kind(town: Town, query: dict[str, str]) -> None:
    answer = client_for(town.coordinator).get("/api/v1/boxes", query=query)
    assert (answer.status, answer.code) == (400, "invalid_parameter")


def test_filters_narrow(town: Town) -> None:
    urgent = make_box(town.team, town.centre, urgency="urgent")
    asap = make_box(town.team, town.clinic, urgency="asap")
    make_box(town.team, town.clinic)
    api = client_for(town.coordinator)

    def found(**query: str) -> set[str]:
        return {row["id"] for row in api.get("/api/v1/boxes", query=query).json["results"]}

    assert found(urgency="urgent") == {str(urgent.id)}
    assert found(urgency="urgent,asap") == {str(urgent.id), str(asap.id)}
    assert found(urgency="urgent", holder=str(town.clinic.id)) == set()
    assert len(found(closed="true")) == 3
    assert found(closed="false") == set()


@pytest.mark.parametrize("field", ["status", "id", "version", "team_id", "__class__", "Urgency", ""])
def test_a_field_that_is_not_declared_is_a_422(town: Town, field: str) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).patch(
        f"/api/v1/boxes/{box.id}", {"urgency": "asap", field: "x"}, If_Match='"1"'
    )
    assert answer.status == 422
    assert answer.json["errors"] == [
        {"pointer": f"/{field}", "code": "unknown_field", "detail": answer.json["errors"][0]["detail"]}
    ]
    box.refresh_from_db()
    assert (box.urgency, box.version) == ("routine", 1)


def test_a_verb_without_fields_takes_none(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    assert api.post(f"/api/v1/boxes/{box.id}/triage", {}).status == 200
    assert api.post(f"/api/v1/boxes/{box.id}/triage").status == 200
    assert api.post(f"/api/v1/boxes/{box.id}/triage", {"force": True}).status == 422


def test_a_pointer_escapes_what_a_pointer_must(town: Town) -> None:
    box = make_box(town.team, town.centre)
    answer = client_for(town.coordinator).post(f"/api/v1/boxes/{box.id}/triage", {"a/b~c": 1})
    assert answer.json["errors"][0]["pointer"] == "/a~1b~0c"
