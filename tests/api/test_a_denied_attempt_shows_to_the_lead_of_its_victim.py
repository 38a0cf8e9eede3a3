"""One denied entry for each attempt, with actor, object and route, where the lead of the victim's team reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

from api import denials
from api.models import RateCounter
from backend.referrals.models import Referral
from backend.teams.models import User
from tests.api.audit import Audit
from tests.api.client import Api, browser_for
from tests.api.referral_loop import AT, Street, street
from tests.api.signing_in import Browser, Clock, person
from tests.databases import Clones
from tests.world import Town, seat

CASES = "/api/v1/cases"
SEEN = "SELECT count(*) FROM audit_entry WHERE id = %s"


@pytest.fixture
def victim() -> Street:
    return street(Town())


@pytest.fixture
def referral(victim: Street) -> Referral:
    return Referral.objects.get(pk=victim.refer().json["id"])


def reads(database: Clones, user: User, entry: UUID) -> bool:
    """Say whether the database shows the entry to somebody who reviews."""
    with psycopg.connect(database.main.url("spona_review")) as connection:
        connection.execute("SELECT set_config('spona.user_id', %s, true)", [str(user.id)])
        return connection.execute(SEEN, [entry]).fetchone() == (1,)


def only(audit: Audit, **wanted: Any) -> dict[str, Any]:
    """Return the one attempt that was recorded: denied, and nothing besides."""
    (entry,) = audit.entries(**wanted)
    assert entry["outcome"] == "denied"
    return entry


Try = Callable[[Api, Street, Referral], Any]
TRIES: dict[str, tuple[Try, str, str]] = {
    "get": (lambda api, way, _r: api.get(f"{CASES}/{way.loop.case.id}"), "case", f"{CASES}/{{id}}"),
    "patch": (
        lambda api, way, _r: api.patch(f"{CASES}/{way.loop.case.id}", {"urgency": "urgent"}, If_Match='"1"'),
        "case",
        f"{CASES}/{{id}}",
    ),
    "transition": (
        lambda api, _w, referral: api.post(f"{AT}/{referral.id}/accept", {}),
        "referral",
        f"{AT}/{{id}}/accept",
    ),
    "history": (
        lambda api, way, _r: api.get(f"{CASES}/{way.loop.case.id}/history"),
        "case",
        f"{CASES}/{{id}}/history",
    ),
    "access": (
        lambda api, way, _r: api.get(f"{CASES}/{way.loop.case.id}/access"),
        "case",
        f"{CASES}/{{id}}/access",
    ),
    "list_below": (
        lambda api, way, _r: api.get(f"{CASES}/{way.loop.case.id}/disclosures"),
        "case",
        f"{CASES}/{{case_id}}/disclosures",
    ),
    "history_of_a_referral": (
        lambda api, _w, referral: api.get(f"{AT}/{referral.id}/history"),
        "referral",
        f"{AT}/{{id}}/history",
    ),
}


@pytest.mark.parametrize("name", TRIES)
def test_an_attempt_on_an_object(
    database: Clones, victim: Street, referral: Referral, audit: Audit, name: str
) -> None:
    attacker, (attempt, kind, route) = Town(), TRIES[name]
    api = browser_for(attacker.nurse)
    assert attempt(api, victim, referral).status == 404
    entry = only(audit, actor_id=attacker.nurse.id)
    key = referral.id if kind == "referral" else victim.loop.case.id
    assert (entry["object_kind"], entry["object_id"]) == (kind, str(key))
    assert entry["said"]["route"] == route
    town = victim.loop.town
    assert entry["log"] == town.team.id
    assert reads(database, town.lead, entry["id"])
    assert not reads(database, attacker.lead, entry["id"])


def test_an_id_in_a_body(database: Clones, victim: Street, referral: Referral, audit: Audit) -> None:
    own = street(Town())
    bodies = {"consent": victim.loop.consent.id, "replaces": referral.id}
    for place, key in bodies.items():
        answer = own.refer(**{place: str(key)})
        assert answer.status == 422, answer.raw
        entry = only(audit, request_id=answer.headers["X-Request-Id"])
        assert (entry["log"], entry["object_id"]) == (victim.loop.town.team.id, str(key))
        assert (entry["said"]["route"], entry["said"]["acting_for"] is None) == (AT, False)
        assert reads(database, victim.loop.town.lead, entry["id"])


def test_the_case_in_a_body(database: Clones, victim: Street, audit: Audit) -> None:
    own = street(Town())
    answer = own.refer(case=str(victim.loop.case.id))
    assert answer.status == 404
    entry = only(audit, request_id=answer.headers["X-Request-Id"])
    assert (entry["log"], entry["object_id"]) == (victim.loop.town.team.id, str(victim.loop.case.id))
    assert reads(database, victim.loop.town.lead, entry["id"])


@pytest.fixture
def worker(town: Town) -> User:
    """Somebody with a password and an authenticator app, who works in the town."""
    user = person()
    seat(user, "member", team=town.team, organisation=town.centre)
    return user


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_wrong_password(database: Clones, town: Town, worker: User, audit: Audit) -> None:
    assert Browser().sign_in(worker, "not-the-password-at-all").status == 400
    entry = only(audit, object_id=str(worker.id))
    assert (entry["verb"], entry["code"], entry["actor_kind"]) == (
        "account.signed_in", "wrong_credentials", "anonymous",
    )  # fmt: skip
    assert entry["said"]["route"].endswith("/auth/login")
    assert entry["log"] == town.team.id
    assert reads(database, town.lead, entry["id"])
    assert not reads(database, Town().lead, entry["id"])


def test_a_wrong_code(database: Clones, town: Town, worker: User, clock: Clock, audit: Audit) -> None:
    browser = Browser()
    browser.sign_in(worker)
    known = {entry["id"] for entry in audit.entries()}
    assert browser.show_code("000000").status == 400
    (entry,) = [one for one in audit.entries(object_id=str(worker.id)) if one["id"] not in known]
    assert (entry["outcome"], entry["code"], entry["actor_id"]) == ("denied", "wrong_code", worker.id)
    assert entry["said"]["route"].endswith("/2fa/authenticate")
    assert reads(database, town.lead, entry["id"])


def test_a_name_that_nobody_has_is_told_to_the_national_log_alone(town: Town, audit: Audit) -> None:
    nobody = User(username="nobody-has-this-name")
    known = {entry["id"] for entry in audit.entries()}
    assert Browser().sign_in(nobody).status == 400
    (entry,) = [one for one in audit.entries(code="wrong_credentials") if one["id"] not in known]
    assert (entry["log"].int, entry["object_id"]) == (0, "")


def test_calls_over_the_limit(database: Clones, town: Town, audit: Audit, settings: Any) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "user": "2/min"}
    RateCounter.objects.all().delete()
    api, nurse = browser_for(town.nurse), town.nurse
    for _ in range(4):
        api.get(CASES)
    denials.flush(before=timezone.now() + timedelta(minutes=2))
    entries = audit.denied(actor_id=nurse.id)
    assert sum(entry["said"]["facts"]["count"] for entry in entries) == 2
    assert len({entry["said"]["facts"]["minute"] for entry in entries}) == len(entries) <= 2
    assert {(entry["said"]["route"], entry["said"]["method"]) for entry in entries} == {(CASES, "GET")}
    assert {entry["log"] for entry in entries} == {town.team.id}
    assert reads(database, town.lead, entries[0]["id"])
    RateCounter.objects.all().delete()
