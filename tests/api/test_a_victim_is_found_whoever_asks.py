"""For a denied id the team it belongs to is looked up past all rights; an absent one is looked up the same way."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from api import attempt, denials
from api.attempt import Allowance, Attempt, Target
from api.denials import by_key, team_of
from api.idempotency import claim
from api.refusals import BadHeader
from api.throttling import address, limit_headers, who
from backend.cases.models import Case
from backend.errors import Refusal
from backend.teams.models import Membership, Organisation, Team, User
from permissions.actor import Actor
from tests.api.audit import Audit
from tests.api.sample import make_box
from tests.world import Town


def test_the_team_of_a_case_by_id_and_by_code(town: Town) -> None:
    box = make_box(town.team, town.centre)
    assert team_of(Target(Case, str(box.id))) == town.team.id
    assert team_of(Target(Case, box.code)) == town.team.id
    assert team_of(Target(Case, box.code.lower())) == town.team.id


def test_the_team_of_people_and_of_a_team_itself(town: Town) -> None:
    membership = town.nurse.memberships.get()
    assert team_of(Target(Membership, str(membership.id))) == town.team.id
    assert team_of(Target(User, str(town.nurse.id))) == town.team.id
    assert team_of(Target(Team, str(town.team.id))) == town.team.id


@pytest.mark.parametrize("key", [str(UUID(int=9)), "LO-7K3M-9QXF-C", "malformed", "", "\0", "ж"])
def test_what_is_not_there_has_no_team(key: str) -> None:
    assert team_of(Target(Case, key)) is None


def test_what_belongs_to_the_whole_installation_has_no_team(town: Town) -> None:
    assert team_of(Target(Organisation, str(town.centre.id))) is None


def test_foreign_and_absent_ids_cost_the_same_queries(town: Town) -> None:
    box = make_box(town.team, town.centre)
    counts = []
    for key in (str(box.id), str(uuid4())):
        tried = Attempt(
            by=Actor(id=uuid4()), verb="case.view_coded", target=Target(Case, key), denied="not_found"
        )
        with CaptureQueriesContext(connections["outside"]) as queries:
            denials.write(tried)
        counts.append([query["sql"].split()[0] for query in queries.captured_queries])
    assert counts[0] == counts[1]


def test_an_attempt_that_was_not_denied_is_not_written(audit: Audit) -> None:
    somebody = uuid4()
    denials.write(Attempt(by=Actor(id=somebody), verb="case.view_coded", target=Target(Case, str(uuid4()))))
    assert audit.entries(actor_id=somebody) == []


def test_a_probe_in_the_body_names_what_was_probed(town: Town, audit: Audit) -> None:
    somebody, key = uuid4(), str(uuid4())
    target = Target(Case, str(make_box(town.team, town.centre).id))
    denials.write(
        Attempt(
            by=Actor(id=somebody), verb="case.edit", target=target, probed=Target(User, key), denied="invalid"
        )
    )
    assert [(row["object_kind"], row["object_id"]) for row in audit.denied(actor_id=somebody)] == [
        ("user", key)
    ]


@pytest.mark.pure
@pytest.mark.parametrize("key", ["x" * 21, "a b", "a/b", "код", "a\n", "%", "'"])
def test_a_key_of_another_form_is_no_condition_at_all(key: str) -> None:
    assert by_key(Case, key) == by_key(Case, "")


@pytest.mark.pure
def test_a_model_without_codes_is_found_by_id_only() -> None:
    assert by_key(User, "LO-7K3M-9QXF-C") == by_key(User, "")
    assert by_key(User, str(UUID(int=7))) != by_key(User, "")


@pytest.mark.pure
def test_a_caller_is_an_actor_or_an_address(settings: Any) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9"
    )
    somebody = Actor(id=UUID(int=1), kind="token")
    assert who(somebody, request) == f"token:{UUID(int=1)}"
    assert who(attempt.ANONYMOUS, request) == "192.0.2.7"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address(request) == "203.0.113.9"


@pytest.mark.pure
def test_the_headers_of_a_limit_follow_the_draft() -> None:
    attempt.current.set(Attempt(allowance=Allowance("user", 600, 60, 12, 7)))
    assert limit_headers() == {"RateLimit-Policy": '"user";q=600;w=60', "RateLimit": '"user";r=12;t=7'}
    attempt.current.set(Attempt())
    assert limit_headers() == {}


def test_a_claim_is_bound_to_caller_method_route_and_body() -> None:
    by, key = Actor(id=uuid4()), f"key-{uuid4().hex}"
    said = {"method": "POST", "route": "/api/v1/boxes", "body": [{}, {"a": 1}]}
    first = claim(key, by=by, **said)
    assert claim(key, by=by, **said).id == first.id
    assert claim(key, by=Actor(id=uuid4()), **said).id != first.id
    assert claim(key, by=Actor(id=by.id, kind="token"), **said).id != first.id
    for changed in (
        {"method": "PATCH"},
        {"route": "/api/v1/cases"},
        {"body": [{}, {"a": 2}]},
        {"body": [{"x": 1}, {"a": 1}]},
    ):
        with pytest.raises(Refusal, match="idempotency_key_reused"):
            claim(key, by=by, **{**said, **changed})


@pytest.mark.parametrize("key", ["", "1234567", "x" * 129, "key with space", "ključ-ključ"])
def test_a_claim_under_a_malformed_key_is_refused(key: str) -> None:
    with pytest.raises(BadHeader, match="invalid_idempotency_key"):
        claim(key, by=Actor(id=uuid4()), method="POST", route="/", body=None)
