"""The receipt of a consent: whole, in both scripts and English, under a number of its own, without the case's code."""

import pytest

from backend.cases.receipt import number_of
from backend.reference.translit import latin
from tests.api.audit import Audit
from tests.api.client import Answer
from tests.api.conftest import Counted
from tests.api.referral_loop import Street, street
from tests.world import Town


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def receipt(way: Street, *, by: str) -> Answer:
    return way.by(by).get(f"/api/v1/consents/{way.loop.consent.id}/receipt")


def test_it_says_what_was_agreed_with_whom_and_in_what_order(way: Street, counted: Counted) -> None:
    with counted("consents_receipt"):
        answer = receipt(way, by="social_worker")
    assert answer.status == 200, answer.raw
    said, town = answer.json, way.loop.town
    assert said["number"] == number_of(way.loop.consent.id)
    names = [one["organisation"] for one in sorted(said["recipients"], key=lambda one: one["position"])]
    assert names[0] == town.clinic.name
    assert "health" in said["recipients"][0]["data_classes"]
    assert said["withdrawn_at"] is None


def test_it_prints_in_three_languages_and_says_how_to_withdraw(way: Street) -> None:
    text = receipt(way, by="social_worker").json["text"]
    assert text["sr-Latn"] == latin(text["sr-Cyrl"])
    for language, word in (("en", "at any time"), ("sr-Latn", "u svakom trenutku"), ("sr-Cyrl", "у сваком")):
        assert word in text[language]
        assert way.loop.town.clinic.name in text[language] or language == "sr-Latn"
    assert "Health" in text["en"]
    assert "Zdravlje" in text["sr-Latn"]


def test_nothing_on_it_leads_to_the_case(way: Street) -> None:
    raw = receipt(way, by="social_worker").raw.decode()
    case, consent = way.loop.case, way.loop.consent
    for found in (
        case.code,
        str(case.id),
        case.spoken_name,
        str(consent.id),
        str(consent.need_id or case.id),
    ):
        assert found not in raw


def test_a_withdrawn_consent_says_so(way: Street) -> None:
    way.by("social_worker").post(f"/api/v1/consents/{way.loop.consent.id}/withdraw", {})
    said = receipt(way, by="social_worker").json
    assert said["withdrawn_at"] is not None
    assert "Taken back on" in said["text"]["en"]


def test_a_recipient_who_knows_its_own_part_alone_prints_none(way: Street) -> None:
    way.loop.accepted()
    assert way.by("nurse").get(f"/api/v1/consents/{way.loop.consent.id}").status == 200
    assert receipt(way, by="nurse").status == 403
    assert receipt(way, by="outreach").status == 404
    assert receipt(way, by="coordinator").status == 200


def test_printing_it_is_in_the_audit(way: Street, audit: Audit) -> None:
    receipt(way, by="social_worker")
    (entry,) = audit.entries(verb="consent.receipt_read", object_id=str(way.loop.consent.id))
    assert entry["actor_kind"] == "token"


def test_a_bundle_alone_stands_for_its_purposes_and_the_class_of_the_service(way: Street) -> None:
    named = {"organisation": str(way.loop.town.society.id), "service": "HR-DIC"}
    body = {"bundle": "this_service", "recipients": [named]}
    made = way.by("social_worker").post(f"/api/v1/cases/{way.loop.case.id}/consents", body)
    assert made.status == 201, made.raw
    assert made.json["purposes"] == ["referral", "outcome_feedback"]
    assert made.json["data_classes"] == ["basic_profile", "needs", "substance_use"]
    assert made.json["recipients"][0]["data_classes"] == made.json["data_classes"]


@pytest.mark.parametrize(
    "body",
    [{"bundle": "everything"}, {}, {"bundle": "this_service", "data_classes": ["violence"]}],
    ids=["unknown", "nothing", "beyond"],
)
def test_a_form_without_purposes_or_beyond_its_bundle_is_refused(
    way: Street, body: dict[str, object]
) -> None:
    named = {"recipients": [{"organisation": str(way.loop.town.clinic.id)}]}
    answer = way.by("social_worker").post(f"/api/v1/cases/{way.loop.case.id}/consents", {**body, **named})
    assert (answer.status, answer.code) == (422, "invalid")
