"""Three steps over HTTP, 410 for who coordinates, 404 for everybody else, no list that names it, and a certificate."""

from typing import Any
from uuid import uuid4

import pytest

from backend.cases.models import Case
from backend.encryption.models import WrappedKey
from backend.erasure.cases import stand_in
from tests.api.audit import Audit
from tests.api.client import Answer, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, at_once, national

CASES, ERASURES, REFERRALS = "/api/v1/cases", "/api/v1/erasures", "/api/v1/referrals"
WISH = {"reason": "rights_request"}


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)


def ask(user: Any, case: Case | str, **said: Any) -> Answer:
    key = case if isinstance(case, str) else case.id
    return browser_for(user).post(f"{CASES}/{key}/erasure", said or WISH)


def erased(loop: Loop) -> str:
    town = loop.town
    asked = ask(town.social_worker, loop.case)
    assert asked.status == 201, asked.raw
    path = f"{ERASURES}/{asked.json['id']}"
    assert browser_for(town.lead).post(f"{path}/confirm").status == 200
    done = browser_for(town.coordinator).post(f"{path}/execute")
    assert (done.status, done.json["state"]) == (200, "executed"), done.raw
    return path


def test_three_steps_over_http(loop: Loop, audit: Audit, counted: Counted) -> None:
    town = loop.town
    with (
        at_once()
    ):  # what the first erasure of an installation makes, so that the number is the same every time
        stand_in()
    with counted("erasures_create"):
        asked = ask(town.officer, loop.case.code)
    path = f"{ERASURES}/{asked.json['id']}"
    assert (asked.status, asked.headers["Location"]) == (201, path)
    assert (asked.json["state"], asked.json["requested_by"]) == ("requested", str(town.officer.id))
    with counted("erasures_confirm"):
        assert browser_for(town.lead).post(f"{path}/confirm").json["state"] == "confirmed"
    waiting = browser_for(town.coordinator).get(ERASURES, query={"waiting": "true"})
    assert [one["id"] for one in waiting.json["results"]] == [asked.json["id"]]
    with counted("erasures_execute"):
        assert browser_for(town.coordinator).post(f"{path}/execute").status == 200
    with counted("erasures_retrieve"):
        said = browser_for(town.coordinator).get(path).json
    assert said["state"] == "destroyed"
    assert not WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    assert audit is not None


def test_who_coordinates_is_told_that_it_is_gone_and_the_others_that_there_is_nothing(loop: Loop) -> None:
    referral = loop.started()
    consent, code = loop.consent.pk, loop.case.code
    erased(loop)
    addresses = [
        f"{CASES}/{loop.case.pk}", f"{CASES}/{code}", f"{CASES}/{loop.case.pk}/history",
        f"{CASES}/{loop.case.pk}/access", f"{CASES}/{loop.case.pk}/needs", f"{CASES}/{loop.case.pk}/notes",
        f"{CASES}/{loop.case.pk}/consents", f"{CASES}/{loop.case.pk}/disclosures", f"/api/v1/consents/{consent}",
        f"{REFERRALS}/{referral.pk}", f"{REFERRALS}/{referral.code}", f"{REFERRALS}/{referral.pk}/history",
    ]  # fmt: skip
    chair = browser_for(loop.town.coordinator)
    assert {one: chair.get(one).status for one in addresses} == dict.fromkeys(addresses, 410)
    assert chair.get(addresses[0]).code == "erased"
    for user in (loop.town.social_worker, loop.town.nurse, loop.town.lead, loop.town.officer):
        api = browser_for(user)
        assert {one: api.get(one).status for one in addresses[:9]} == dict.fromkeys(addresses[:9], 404)
    assert browser_for(loop.town.nurse).get(f"{REFERRALS}/{referral.pk}").status == 404


def test_nothing_can_be_done_with_it(loop: Loop) -> None:
    erased(loop)
    chair, path = browser_for(loop.town.coordinator), f"{CASES}/{loop.case.pk}"
    for verb, body in (
        ("close", {"closure_reason": "needs_met"}),
        ("reveal", {"fields": ["note:x"], "purpose": "direct_work"}),
        ("flags", {"flags": []}),
        ("erasure", WISH),
    ):
        assert chair.post(f"{path}/{verb}", body).status == 410, verb
    assert chair.patch(path, {"urgency": "urgent"}, If_Match='"1"').status == 410


def test_no_list_names_it(loop: Loop) -> None:
    loop.completed()
    other = opened(loop.town)
    erased(loop)
    chair = browser_for(loop.town.coordinator)
    assert [one["id"] for one in chair.get(CASES, query={"count": "true"}).json["results"]] == [
        str(other.case.pk)
    ]
    counted = chair.get(REFERRALS, query={"count": "true"}).json
    assert (counted["count"], counted["results"]) == (0, [])
    assert chair.get(CASES, query={"status": "erased"}).json["results"] == []
    assert str(loop.case.pk) not in chair.get("/api/v1/inbox").raw.decode()
    assert browser_for(loop.town.nurse).get(REFERRALS).json["results"] == []


def test_the_certificate_says_what_is_left_and_until_when(loop: Loop) -> None:
    path = erased(loop)
    for user in (loop.town.coordinator, loop.town.lead, loop.town.officer, national("key_custodian")):
        answer = browser_for(user).get(f"{path}/certificate")
        assert answer.status == 200, answer.raw
    said = answer.json
    assert (said["code"], said["reason"], said["format"]) == (loop.case.code, "rights_request", 1)
    assert said["main_backups_until"] > said["executed_at"]
    assert said["blanked"]["cases_casefacts"] > 5
    assert loop.case.code in said["texts"]["en"]
    assert "Потврда о брисању" in said["texts"]["sr_cyrl"]
    assert "Potvrda o brisanju" in said["texts"]["sr_latn"]
    assert "{" not in "".join(said["texts"].values())
    assert loop.case.spoken_name not in answer.raw.decode()


def test_there_is_no_certificate_before(loop: Loop) -> None:
    asked = ask(loop.town.coordinator, loop.case)
    answer = browser_for(loop.town.coordinator).get(f"{ERASURES}/{asked.json['id']}/certificate")
    assert (answer.status, answer.code) == (409, "not_executed")


def test_a_foreign_case_is_answered_as_an_absent_one(loop: Loop) -> None:
    stranger = Town()
    for user in (
        stranger.coordinator,
        stranger.officer,
        loop.town.nurse,
        loop.town.lead,
        national("key_custodian"),
    ):
        assert ask(user, loop.case).status == ask(user, str(uuid4())).status == 404


def test_each_step_refuses_who_may_not_take_it(loop: Loop) -> None:
    path = f"{ERASURES}/{ask(loop.town.social_worker, loop.case).json['id']}"
    assert browser_for(loop.town.coordinator).post(f"{path}/execute").code == "not_confirmed"
    assert browser_for(loop.town.coordinator).post(f"{path}/confirm").status == 403
    assert browser_for(loop.town.nurse).post(f"{path}/confirm").status == 404
    assert browser_for(loop.town.lead).post(f"{path}/execute").status == 403
    assert browser_for(loop.town.social_worker).post(f"{path}/decline").json["state"] == "declined"
    assert browser_for(loop.town.lead).post(f"{path}/confirm").code == "declined"


def test_a_machine_takes_no_part(loop: Loop) -> None:
    lines = ["erasure.request", "erasure.execute", "case.view_coded"]
    machine = client_for(loop.town.coordinator, team=loop.town.team, operations=lines)
    assert machine.post(f"{CASES}/{loop.case.pk}/erasure", WISH).status == 403
    path = f"{ERASURES}/{ask(loop.town.social_worker, loop.case).json['id']}"
    for verb in ("confirm", "execute", "decline"):
        assert machine.post(f"{path}/{verb}").status == 403


@pytest.mark.parametrize(
    "said",
    [{"reason": "retention_due"}, {"reason": ""}, {"reason": None}, {"reason": ["x"]}, {"x": 1}],
    ids=str,
)
def test_a_wrong_reason_is_refused(loop: Loop, said: dict[str, Any]) -> None:
    assert ask(loop.town.coordinator, loop.case, **said).status == 422


def test_whom_it_shut_out_is_neither_told_nor_let_in(loop: Loop) -> None:
    chair = browser_for(loop.town.coordinator)
    said = {"user": str(loop.town.outreach.id)}
    made = chair.post(f"{CASES}/{loop.case.id}/exclusions", said)
    assert made.status == 201, made.raw
    erased(loop)
    path = f"/api/v1/exclusions/{made.json['id']}"
    assert (chair.get(path).status, chair.post(f"{path}/lift").status) == (410, 410)
