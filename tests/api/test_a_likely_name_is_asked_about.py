"""Where free text is taken, a likely name is asked about: refused once, taken when the body says names_checked."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from api.faults import faults_of
from api.fields import GuardedText
from api.serializers import StrictSerializer
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for
from tests.world import Town

TEXT = "Razgovarano sa Petrom Primerovićem o smeštaju."
VALUES = ["person_name:15:34"]
NUMBER = "Zvati Petra Primerovića na 064 123 45 67."


class Remark(StrictSerializer):
    """A shape in another one."""

    remark = GuardedText(default="", allow_blank=True, max_length=80)


class Story(StrictSerializer):
    """A shape with free text, in itself and below."""

    text = GuardedText(max_length=80, required=False)
    inner = Remark(required=False)
    several = Remark(many=True, required=False)


class Plain(StrictSerializer):
    """A shape without free text."""


def refused(
    body: Any, shape: Callable[..., StrictSerializer] = Story
) -> list[tuple[str, str, tuple[str, ...]]]:
    serializer = shape(data=body)
    try:
        serializer.is_valid(raise_exception=True)
    except ValidationError as error:
        return [(one.pointer, one.code, one.values) for one in faults_of(error.detail)]
    return []


@pytest.mark.pure
def test_a_likely_name_is_named_by_kind_and_place() -> None:
    assert refused({"text": TEXT}) == [("/text", "likely_name", tuple(VALUES))]


@pytest.mark.pure
@pytest.mark.parametrize(
    "body",
    [
        {"text": TEXT},
        {"inner": {"remark": TEXT}},
        {"several": [{"remark": "Dobro."}, {"remark": TEXT}]},
    ],
    ids=["in itself", "below", "in a list"],
)
def test_whoever_has_looked_says_so_at_the_top(body: dict[str, Any]) -> None:
    assert [code for _at, code, _values in refused(body)] == ["likely_name"]
    assert refused({**body, "names_checked": False}) == refused(body)
    assert refused({**body, "names_checked": True}) == []


@pytest.mark.pure
def test_or_in_the_part_that_holds_the_text() -> None:
    assert refused({"inner": {"remark": TEXT, "names_checked": True}}) == []
    other = {"inner": {"remark": "", "names_checked": True}, "text": TEXT}
    assert [at for at, _code, _values in refused(other)] == ["/text"]


@pytest.mark.pure
def test_an_identifier_is_refused_all_the_same() -> None:
    assert refused({"text": NUMBER, "names_checked": True}) == [("/text", "identifier_found", ("mobile",))]


@pytest.mark.pure
def test_what_was_looked_at_is_not_passed_on() -> None:
    serializer = Story(data={"text": TEXT, "names_checked": True})
    serializer.is_valid(raise_exception=True)
    assert set(serializer.validated_data) == {"text"}


@pytest.mark.pure
@pytest.mark.parametrize("said", ["true", 1, "yes", [True], None])
def test_only_a_plain_true_counts(said: Any) -> None:
    assert "likely_name" in [code for _at, code, _values in refused({"text": TEXT, "names_checked": said})]


@pytest.mark.pure
def test_a_shape_without_free_text_does_not_know_the_word() -> None:
    assert refused({"names_checked": True}, Plain) == [("/names_checked", "unknown_field", ())]


@pytest.mark.pure
def test_the_length_is_looked_at_before_the_text() -> None:
    assert refused({"text": f"{TEXT} {'a' * 80}"}) == [("/text", "max_length", ())]


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.fixture
def address(town: Town, worker: Api) -> str:
    return str(worker.post(CASES, case_body(town)).headers["Location"])


def doors(town: Town) -> dict[str, dict[str, Any]]:
    """Return a body with a name in it for each address below a case that takes free text."""
    consent = consent_body(town.clinic, purposes=["referral"], data_classes=["basic_profile"])
    return {"notes": {"text": TEXT}, "consents": {**consent, "remark": TEXT}}


@pytest.mark.parametrize("door", ["notes", "consents"])
def test_it_is_asked_at_the_door_and_then_taken(town: Town, worker: Api, address: str, door: str) -> None:
    body = doors(town)[door]
    asked = worker.post(f"{address}/{door}", body)
    assert asked.status == 422, asked.raw
    [fault] = asked.json["errors"]
    assert (fault["code"], fault["values"]) == ("likely_name", VALUES)
    assert "Primerov" not in asked.raw.decode()
    taken = worker.post(f"{address}/{door}", {**body, "names_checked": True})
    assert taken.status == 201, taken.raw


def test_a_note_written_anew_is_asked_about_as_well(worker: Api, address: str) -> None:
    at = worker.post(f"{address}/notes", {"text": "Dolazi utorkom."}).headers["Location"]
    assert worker.patch(at, {"text": TEXT}, If_Match='"1"').status == 422
    assert worker.patch(at, {"text": TEXT, "names_checked": True}, If_Match='"1"').status == 200


def test_a_remark_within_a_new_case_is_asked_about(town: Town, worker: Api) -> None:
    body = case_body(town)
    body["consent"] = {**body["consent"], "remark": TEXT}
    asked = worker.post(CASES, body)
    assert [(one["pointer"], one["code"]) for one in asked.json["errors"]] == [
        ("/consent/remark", "likely_name")
    ]
    assert worker.post(CASES, {**body, "names_checked": True}).status == 201
