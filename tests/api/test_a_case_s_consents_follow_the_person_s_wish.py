"""Consent over HTTP as the person gives it: bundles, order, one need, own classes, ends, and what each opens."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from backend.cases.models import Case, Consent
from backend.reference.lists import codes, entry
from tests.api.case_bodies import CASES, MOST, case_body, consent_body
from tests.api.client import Api, browser_for
from tests.backend.cases.papers import received
from tests.world import Town


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.fixture
def address(town: Town, worker: Api) -> str:
    items = {"sex": "1", "hiv_test": "1", "accommodation": "1", "primary_drug": "11"}
    return str(worker.post(CASES, case_body(town, items=items, needs=["housing"])).headers["Location"])


def bundle_body(bundle: str, *organisations: Any, more: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a consent in the form of a bundle, with further classes for the service."""
    row = entry("consent_bundles", bundle)
    return consent_body(
        *organisations,
        bundle=bundle,
        purposes=list(row.values("purposes")),
        data_classes=[*row.values("data_classes"), *more],
    )


def seen_by(user: Any, address: str) -> set[str]:
    answer = browser_for(user).get(address)
    assert answer.status == 200, answer.raw
    return set(answer.json["items"])


def let_in(address: str, organisation: Any) -> None:
    received(Case.objects.get(pk=address.rsplit("/", 1)[1]), organisation)


@pytest.mark.parametrize("bundle", codes("consent_bundles"))
def test_each_bundle_is_recorded_as_it_is_printed(town: Town, worker: Api, address: str, bundle: str) -> None:
    made = worker.post(f"{address}/consents", bundle_body(bundle, town.clinic))
    assert made.status == 201, made.raw
    assert made.json["bundle"] == bundle
    assert made.json["data_classes"] == list(entry("consent_bundles", bundle).values("data_classes"))


@pytest.mark.parametrize(
    ("bundle", "shown"),
    [
        ("this_service", {"sex"}),
        ("practical_help", {"sex", "accommodation"}),
        ("full_coordination", {"sex", "accommodation", "hiv_test", "primary_drug"}),
    ],
)
def test_a_bundle_opens_what_it_says_to_whom_it_names(
    town: Town, worker: Api, address: str, bundle: str, shown: set[str]
) -> None:
    let_in(address, town.clinic)
    assert seen_by(town.nurse, address) == set()
    assert worker.post(f"{address}/consents", bundle_body(bundle, town.clinic)).status == 201
    assert seen_by(town.nurse, address) == shown


def test_a_bundle_adds_the_class_of_the_service(town: Town, worker: Api, address: str) -> None:
    let_in(address, town.clinic)
    body = bundle_body("this_service", town.clinic, more=("health",))
    assert worker.post(f"{address}/consents", body).status == 201
    assert seen_by(town.nurse, address) == {"sex", "hiv_test"}


def test_a_note_is_in_no_bundle(town: Town, worker: Api, address: str) -> None:
    body = bundle_body("full_coordination", town.clinic, more=("narrative",))
    answer = worker.post(f"{address}/consents", body)
    assert (answer.status, answer.json["errors"][0]["code"]) == (422, "not_in_bundle")


def test_each_recipient_may_get_its_own_classes(town: Town, worker: Api, address: str) -> None:
    let_in(address, town.clinic)
    let_in(address, town.partner)
    recipients = [
        {"organisation": str(town.clinic.id), "data_classes": ["basic_profile", "health"]},
        {"organisation": str(town.partner.id), "data_classes": ["social"]},
    ]
    assert worker.post(f"{address}/consents", consent_body(recipients=recipients)).status == 201
    assert seen_by(town.nurse, address) == {"sex", "hiv_test"}
    assert seen_by(town.partner_worker, address) == {"accommodation"}


def test_the_order_of_the_person_is_kept(town: Town, worker: Api, address: str) -> None:
    order = [town.partner, town.clinic, town.centre]
    made = worker.post(f"{address}/consents", consent_body(*order, purposes=["referral"]))
    places = [(one["organisation"], one["position"]) for one in made.json["recipients"]]
    assert places == [(str(one.id), place) for place, one in enumerate(order, start=1)]


@pytest.mark.parametrize(("purpose", "days"), [("case_coordination", 365), ("referral", 180)])
def test_without_an_end_it_lasts_as_long_as_its_purpose(
    town: Town, worker: Api, address: str, purpose: str, days: int
) -> None:
    said = worker.post(f"{address}/consents", consent_body(town.clinic, purposes=[purpose])).json
    length = datetime.fromisoformat(said["valid_until"]) - datetime.fromisoformat(said["valid_from"])
    assert abs(length - timedelta(days=days)) < timedelta(minutes=1)


def test_an_end_is_kept_and_not_beyond_the_longest(town: Town, worker: Api, address: str) -> None:
    soon = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    body = consent_body(town.clinic, valid_until=soon.isoformat())
    made = worker.post(f"{address}/consents", body)
    assert datetime.fromisoformat(made.json["valid_until"]) == soon
    late = (timezone.now() + timedelta(days=400)).isoformat()
    refused = worker.post(f"{address}/consents", consent_body(town.clinic, valid_until=late))
    assert refused.json["errors"][0]["code"] == "too_long"


def test_a_consent_is_narrowed_to_a_need_of_the_case(town: Town, worker: Api, address: str) -> None:
    [need] = worker.get(f"{address}/needs").json["results"]
    made = worker.post(
        f"{address}/consents", consent_body(town.clinic, purposes=["referral"], need=need["id"])
    )
    assert (made.status, made.json["need"]) == (201, need["id"])


@pytest.mark.parametrize("giver", codes("consent_givers"))
def test_who_gave_it_is_kept(town: Town, worker: Api, address: str, giver: str) -> None:
    made = worker.post(f"{address}/consents", consent_body(town.clinic, given_by=giver, how="spoken"))
    assert (made.json["given_by"], made.json["how"]) == (giver, "spoken")


def test_a_remark_is_a_sealed_stub_that_its_recorder_opens(town: Town, worker: Api, address: str) -> None:
    made = worker.post(f"{address}/consents", consent_body(town.clinic, remark="Samo uz pratnju.")).json
    assert made["remark"] == {"sealed": True, "revision": 1, "field": f"consent_remark:{made['id']}"}
    opened = worker.post(f"{address}/reveal", {"fields": [made["remark"]["field"]], "purpose": "plan_review"})
    assert opened.json["revealed"][0]["text"] == "Samo uz pratnju."
    foreign = browser_for(town.coordinator).post(
        f"{address}/reveal", {"fields": [made["remark"]["field"]], "purpose": "plan_review"}
    )
    assert foreign.status == 422


def test_the_same_consent_sent_twice_is_recorded_once(town: Town, worker: Api, address: str) -> None:
    body, key = consent_body(town.clinic), {"Idempotency_Key": "consent-once-0001"}
    first = worker.post(f"{address}/consents", body, **key)
    second = worker.post(f"{address}/consents", body, **key)
    assert (first.status, second.status, first.json["id"]) == (201, 201, second.json["id"])
    assert Consent.objects.filter(case_id=address.rsplit("/", 1)[1]).count() == 2


def test_a_withdrawal_takes_its_classes_and_leaves_those_of_other_consents(
    town: Town, worker: Api, address: str
) -> None:
    let_in(address, town.clinic)
    wide = worker.post(f"{address}/consents", consent_body(town.clinic, data_classes=MOST)).json
    narrow = consent_body(town.clinic, data_classes=["basic_profile"])
    assert worker.post(f"{address}/consents", narrow).status == 201
    assert "hiv_test" in seen_by(town.nurse, address)
    assert worker.post(f"/api/v1/consents/{wide['id']}/withdraw", {}).status == 200
    assert seen_by(town.nurse, address) == {"sex"}


def test_the_coordinator_sees_every_name_and_records_for_the_own_centre(
    town: Town, worker: Api, address: str
) -> None:
    chair = browser_for(town.coordinator)
    made = chair.post(f"{address}/consents", consent_body(town.clinic, town.partner))
    assert (made.status, made.json["recorded_for"]) == (201, str(town.centre.id))
    rows = chair.get(f"{address}/consents").json["results"]
    assert {len(row["recipients"]) for row in rows} == {2}


def test_a_recipient_records_nothing(town: Town, address: str) -> None:
    let_in(address, town.clinic)
    answer = browser_for(town.nurse).post(f"{address}/consents", consent_body(town.partner))
    assert answer.status == 403
