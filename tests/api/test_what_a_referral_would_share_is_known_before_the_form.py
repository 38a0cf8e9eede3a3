"""POST /cases/{id}/referral-check: what sending would do, said before anything is written."""

from typing import Any

import pytest

from backend.cases.models import Disclosure
from backend.referrals.models import Referral
from tests.api.audit import Audit
from tests.api.client import Answer
from tests.api.conftest import Counted
from tests.api.referral_loop import Street, fault, street
from tests.world import Town


@pytest.fixture
def loop(town: Town) -> Street:
    return street(town)


def check(loop: Street, *, by: str = "social_worker", **values: Any) -> Answer:
    said = {
        "recipient": str(loop.loop.town.clinic.id),
        "service_code": "TX-OPC",
        "need": str(loop.loop.need_id),
        **values,
    }
    return loop.by(by).post(f"/api/v1/cases/{loop.loop.case.id}/referral-check", said)


def test_it_says_what_the_recipient_will_see_as_sending_does(loop: Street) -> None:
    said = check(loop).json
    sent = loop.refer().json
    assert (said["refused"], said["live"]) == ("", [])
    assert said["data_classes"] == sent["data_classes"]
    assert said["consent"] == str(loop.loop.consent.id)
    assert said["until"] == sent["basis_until"]
    assert said["redisclosure_notice"]["sr-Cyrl"]


def test_a_live_referral_to_the_same_place_is_named(loop: Street) -> None:
    sent = loop.refer().json
    (live,) = check(loop).json["live"]
    assert (live["id"], live["code"], live["status"]) == (sent["id"], sent["code"], "requested")
    assert live["recipient"] == str(loop.loop.town.clinic.id)
    ended = loop.step(sent["id"], "cancel", {"reason_code": "client-declined"}, by="social_worker")
    assert ended.status == 200, ended.raw
    assert check(loop).json["live"] == []


def test_without_a_consent_it_says_which_classes_one_has_to_cover(loop: Street) -> None:
    said = check(loop, recipient=str(loop.loop.town.society.id), service_code="HR-DIC", with_note=True).json
    assert said["refused"] == "not_covered"
    assert (said["data_classes"], said["consent"], said["until"]) == ([], None, None)
    assert said["needed"] == ["narrative", "substance_use"]


def test_what_creating_refuses_is_refused_in_the_same_way(loop: Street, town: Town) -> None:
    away = str(Town().clinic.id)
    assert (
        fault(check(loop, recipient=away))
        == fault(loop.refer(recipient=away))
        == ("/recipient", "no_agreement")
    )
    assert fault(check(loop, need=str(loop.loop.case.id))) == ("/need", "unknown_id")
    assert fault(check(loop, requester=str(town.partner.id))) == ("/requester", "not_your_organisation")


def test_nothing_is_written_but_that_it_was_asked(loop: Street, audit: Audit) -> None:
    assert check(loop).status == 200
    assert not Referral.objects.filter(case=loop.loop.case).exists()
    assert not Disclosure.objects.filter(case=loop.loop.case).exists()
    (entry,) = audit.entries(verb="referral.looked_ahead")
    assert entry["object_id"] == str(loop.loop.case.id)
    assert "TX-OPC" not in str(entry["said"])


def test_who_does_not_see_the_case_is_told_nothing(loop: Street) -> None:
    assert check(loop, by="outreach").status == 404
    assert check(loop, by="nurse").status == 404


def test_who_received_the_case_as_a_partner_may_not_ask(loop: Street, town: Town) -> None:
    loop.loop.agree(town.partner)
    sent = loop.refer(recipient=str(town.partner.id), service_code="HR-DIC")
    assert sent.status == 201, sent.raw
    assert loop.step(sent.json["id"], "accept", by="partner_worker").status == 200
    assert check(loop, by="partner_worker").status == 403


def test_the_number_of_queries(loop: Street, counted: Counted) -> None:
    api = loop.by("social_worker")
    path = f"/api/v1/cases/{loop.loop.case.id}/referral-check"
    said = {"recipient": str(loop.loop.town.clinic.id), "service_code": "TX-OPC"}
    with counted("cases_referral_check"):
        assert api.post(path, said).status == 200
