"""Every creation and change of this floor: repeated, stale, malformed, and what an answer never shows."""

from typing import Any, Final

import pytest

from backend.directory import services
from backend.teams import agreements
from backend.teams.models import Membership
from tests.api.client import Answer, Api, browser_for
from tests.world import Town, actor, make_user, national

CREATES: Final = {
    "organisations": "directory_admin",
    "memoranda": "directory_admin",
    "sharing-agreements": "directory_admin",
    "members": "coordinator",
    "invitations": "coordinator",
    "tokens": "coordinator",
    "services": "nurse",
}
SECONDED: Final = ("asked_roles", "waits_until", "confirmed_by", "confirmed_at")
SHAPES: Final = {
    "organisations": {
        "id",
        "name",
        "sector",
        "municipality",
        "phone",
        "has_accounts",
        "is_active",
        "version",
    },
    "memoranda": {"id", "organisation", "number", "valid_from", "valid_until", "version"},
    "sharing-agreements": {"id", "team", "organisation", "valid_from", "valid_until", "version"},
    "members": {
        *SECONDED,
        "created_at",
        "proposed_by",
        "wanted",
        "id",
        "user",
        "role",
        "team",
        "organisation",
        "services",
        "organisation_steward",
        "valid_from",
        "valid_until",
        "version",
    },
    "invitations": {
        *SECONDED,
        "invited_by",
        "id",
        "role",
        "team",
        "organisation",
        "services",
        "organisation_steward",
        "created_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
        "version",
        "token",
        "link",
    },
    "tokens": {
        *SECONDED,
        "id",
        "name",
        "team",
        "acting_for",
        "issued_by",
        "operations",
        "created_at",
        "expires_at",
        "revoked_at",
        "rotated_from",
        "networks",
        "version",
        "secret",
    },
    "services": {
        "organisation_phone",
        "open_now",
        "last_referred_at",
        "id",
        "organisation",
        "organisation_name",
        "code",
        "confidential",
        "name",
        "phone",
        "address",
        "area_served",
        "schedule",
        "eligibility",
        "capacity_free",
        "capacity_confirmed_at",
        "assured_at",
        "funding",
        "funding_ends_on",
        "is_active",
        "version",
    },
}
HOSTILE: Final[list[tuple[bytes, int]]] = [
    (b"", 422),
    (b"[]", 422),
    (b"null", 422),
    (b'"x"', 422),
    (b"{", 400),
    (b"{'a': 1}", 400),
    (b'{"a": NaN}', 400),
    (b'{"name": "x", "name": "y"}', 400),
    (b'{"name": "\\u0000"}', 400),
    (b"\xff\xfe", 400),
    (b'{"a":' * 25 + b"1" + b"}" * 25, 400),
    (b'{"name": "' + b"x" * 300_000 + b'"}', 413),
]


def client(town: Town, name: str) -> Api:
    who = CREATES[name]
    return browser_for(national(who) if who == "directory_admin" else getattr(town, who))


def body(town: Town, name: str) -> dict[str, Any]:
    place = {"team": str(town.team.id), "organisation": str(town.clinic.id)}
    return {
        "organisations": {"name": "Put", "sector": "cso"},
        "memoranda": {"organisation": str(town.ward.id), "number": "1/26"},
        "sharing-agreements": {"team": str(town.team.id), "organisation": str(town.ward.id)},
        "members": {"username": make_user().username, "role": "member", **place},
        "invitations": {"role": "member", **place},
        "tokens": {
            "name": "robot",
            "team": str(town.team.id),
            "acting_for": str(town.nurse.id),
            "operations": ["case.edit"],
        },
        "services": {"organisation": str(town.clinic.id), "code": "HR-DIC"},
    }[name]


def created(town: Town, name: str, **headers: str) -> Answer:
    answer = client(town, name).post(f"/api/v1/{name}", body(town, name), **headers)
    assert answer.status == 201, answer.raw
    return answer


@pytest.fixture(scope="module")
def shared(database: object) -> tuple[Town, dict[str, Api]]:
    """One town and its clients for all requests that are refused and leave nothing."""
    town = Town()
    return town, {name: client(town, name) for name in CREATES}


@pytest.mark.parametrize("name", CREATES)
def test_the_answer_has_exactly_its_fields(town: Town, name: str) -> None:
    answer = created(town, name)
    assert set(answer.json) == SHAPES[name]
    assert (answer.headers["ETag"], answer.headers["Location"]) == (
        '"1"',
        f"/api/v1/{name}/{answer.json['id']}",
    )
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", CREATES)
def test_repeated_under_one_key_it_is_created_once(town: Town, name: str) -> None:
    api, said = client(town, name), body(town, name)
    path, key = f"/api/v1/{name}", f"repeat-{name}"
    first, again = (api.post(path, said, Idempotency_Key=key) for _time in range(2))
    assert (first.status, again.status) == (201, 201)
    assert first.json["id"] == again.json["id"]
    other = api.post(path, {**said, "nothing": 1}, Idempotency_Key=key)
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert api.post(path, said, Idempotency_Key="short").status == 400


@pytest.mark.parametrize(("raw", "status"), HOSTILE)
@pytest.mark.parametrize("name", CREATES)
def test_a_body_that_is_none_is_refused(shared: Any, name: str, raw: bytes, status: int) -> None:
    answer = shared[1][name].post(f"/api/v1/{name}", raw)
    assert answer.status == status, answer.raw
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", CREATES)
def test_only_json_is_taken(shared: Any, name: str) -> None:
    api, path = shared[1][name], f"/api/v1/{name}"
    for kind in ("text/plain", "application/xml", "application/json-patch+json"):
        assert api.post(path, b'{"name": "x"}', content_type=kind).code == "unsupported_media_type"
    # With a cookie the check of the CSRF token has read a form already, so that nothing is left of it.
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert api.post(path, b"name=x", content_type=kind).status in {415, 422}


@pytest.mark.parametrize("name", CREATES)
@pytest.mark.parametrize("field", ["id", "version", "created_at", "issued_by", "token_hash", "sort_key"])
def test_nobody_sets_what_is_ours(shared: Any, name: str, field: str) -> None:
    town, clients = shared
    answer = clients[name].post(f"/api/v1/{name}", {**body(town, name), field: "x"})
    assert answer.status == 422
    assert [(one["pointer"], one["code"]) for one in answer.json["errors"]] == [
        (f"/{field}", "unknown_field")
    ]


def changeable(town: Town) -> list[tuple[Api, str, dict[str, Any]]]:
    """Return one object of each kind that is changed by PATCH: who may, where, and a change."""
    office = browser_for(national("directory_admin"))
    by = actor(national("directory_admin"))
    memorandum = agreements.register_memorandum(by, organisation=town.ward, number="1")
    agreement = agreements.register_agreement(by, team=town.team, organisation=town.ward)
    service = services.add_service(actor(town.nurse), organisation=town.clinic, code="HR-DIC")
    member = Membership.objects.get(user=town.nurse)
    coordinator = browser_for(town.coordinator)
    return [
        (office, f"organisations/{town.ward.id}", {"phone": "1"}),
        (office, f"memoranda/{memorandum.id}", {"number": "2"}),
        (office, f"sharing-agreements/{agreement.id}", {"valid_until": "2099-01-01T00:00:00Z"}),
        (browser_for(town.nurse), f"services/{service.id}", {"name": "Centar"}),
        (coordinator, f"members/{member.id}", {"services": ["HR-OUT"]}),
    ]


def test_a_change_wants_the_newest_version(town: Town) -> None:
    for api, path, change in changeable(town):
        at = f"/api/v1/{path}"
        assert api.patch(at, change).code == "precondition_required"
        for wrong in ('"0"', '"2"', "1", "*", 'W/"1"', ""):
            assert api.patch(at, change, If_Match=wrong).status in {400, 412}
        done = api.patch(at, change, If_Match='"1"')
        assert (done.status, done.headers["ETag"]) == (200, '"2"')
        assert {name: done.json[name] for name in change} == change
        assert api.patch(at, change, If_Match='"1"').code == "stale_version"
        assert api.patch(at, {"id": "x"}, If_Match='"2"').status == 422
        assert api.get(at).json == done.json


def test_a_verb_heeds_the_version_when_it_is_given(town: Town) -> None:
    service = services.add_service(actor(town.nurse), organisation=town.clinic, code="HR-DIC")
    api, at = browser_for(town.nurse), f"/api/v1/services/{service.id}/capacity"
    assert api.post(at, {"free": 1}, If_Match='"7"').code == "stale_version"
    assert api.post(at, {"free": 1}, If_Match='"1"').status == 200
    assert api.post(at, {"free": 2}).headers["ETag"] == '"3"'


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_not_allowed(shared: Any, method: str) -> None:
    town, api = shared[0], shared[1]["members"]
    for path in ("members", "tokens", "me", "services", f"organisations/{town.clinic.id}"):
        assert api.send(method, f"/api/v1/{path}", {}).status == 405


@pytest.mark.parametrize("key", ["x", "0", "..", "%2e%2e", "' OR 1=1", "a" * 300, "\u0161", "None", "null"])
def test_a_malformed_id_is_absent(town: Town, key: str) -> None:
    """Each caller has a limit of its own for ids that are not there, so each test asks as somebody else."""
    api = browser_for(town.coordinator)
    for name in ("members", "tokens", "organisations", "teams", "services", "invitations"):
        assert api.get(f"/api/v1/{name}/{key}").status == 404
