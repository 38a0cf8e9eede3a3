"""`spona seed-acceptance`: the document has its shape, and every account in it does what its relation says."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.management import CommandError
from django.test import override_settings
from jsonschema import Draft202012Validator, FormatChecker

from backend.demo.acceptance_posts import OTHER, OWN, posts
from backend.demo.town_rows import team_id
from backend.reference.roles import roles
from backend.referrals.models import Referral
from backend.teams.factor_marks import NEED_KEY
from backend.teams.models import User
from tests.api.signing_in import AUTH, Browser, Clock
from tests.backend.demo.acceptance import accepted_document, as_machine, seed
from tests.backend.demo.conftest import Said, run
from tests.databases import Clones
from tests.world import make_team

pytestmark = pytest.mark.xdist_group("demo")
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "data" / "acceptance.schema.json").read_text(encoding="utf-8")
)
ME = "/api/v1/me"
POSTS = [pytest.param(post, id=f"{post.role}-{post.relation}") for post in posts()]
DEAD = {"dismissed", "partner_expired"}


@pytest.fixture
def document(seeded: Said, settings: Any) -> dict[str, Any]:
    settings.SPONA_RATES = dict.fromkeys(settings.SPONA_RATES, "100000/min")
    return accepted_document()


def of(document: dict[str, Any], post: Any) -> dict[str, Any]:
    found: dict[str, Any] = document["users"][post.role][post.relation]
    return found


def without_tokens(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_tokens(part) for name, part in value.items() if name != "token"}
    return [without_tokens(part) for part in value] if isinstance(value, list) else value


@pytest.mark.pure
def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.pure
def test_every_role_is_there_in_every_relation_that_it_can_have() -> None:
    relations = {(post.role, post.relation) for post in posts()}
    assert {role for role, _relation in relations} == set(roles())
    assert {(role, "dismissed") for role in roles()} <= relations
    assert {("partner_worker", "partner_valid"), ("partner_worker", "partner_expired")} <= relations
    of_a_team = {role for role, row in roles().items() if row.level in {"team", "partner", "municipality"}}
    assert {role for role, relation in relations if relation == "two_teams"} == of_a_team


def test_the_document_has_its_shape(document: dict[str, Any]) -> None:
    errors = Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(document)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("part", ["base_url", "teams", "users", "database"])
def test_a_document_that_lacks_something_is_no_document(document: dict[str, Any], part: str) -> None:
    lacking = {name: value for name, value in document.items() if name != part}
    assert not Draft202012Validator(SCHEMA).is_valid(lacking)


def test_a_second_run_prints_the_same_with_fresh_tokens(document: dict[str, Any]) -> None:
    users = User.objects.count()
    again = seed()
    assert without_tokens(again["users"]) == without_tokens(document["users"])
    assert without_tokens(again["teams"]) == without_tokens(document["teams"])
    assert User.objects.count() == users
    assert again["users"]["member"]["own"]["token"] != document["users"]["member"]["own"]["token"]
    assert as_machine(again["users"]["member"]["own"]).get(ME).status == 200
    assert as_machine(document["users"]["member"]["own"]).get(ME).status == 200


@pytest.mark.parametrize("post", POSTS)
def test_a_token_opens_the_api_for_whoever_still_has_a_role(document: dict[str, Any], post: Any) -> None:
    user = of(document, post)
    answer = as_machine(user).get(ME)
    if post.relation in DEAD:
        assert answer.status == 401
    else:
        assert answer.status == 200
        assert answer.json["username"] == user["username"]


@pytest.mark.parametrize("role", sorted(set(roles()) - NEED_KEY))
def test_password_and_code_sign_in(
    document: dict[str, Any], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = document["users"][role]["own"]
    browser, clock = Browser(), Clock(monkeypatch)
    assert browser.sign_in(User.objects.get(pk=given["id"]), given["password"]).status == 401
    assert browser.show_code(clock.code(given["totp_secret"])).status == 200
    assert browser.get(ME).json["id"] == given["id"]


@pytest.mark.parametrize("role", sorted(NEED_KEY))
def test_password_and_key_sign_in_the_roles_that_need_one(document: dict[str, Any], role: str) -> None:
    given, browser = document["users"][role]["own"], Browser()
    browser.sign_in(User.objects.get(pk=given["id"]), given["password"])
    at = f"{AUTH}/auth/webauthn/authenticate"
    options = browser.get(at).json["data"]["request_options"]["publicKey"]
    assert [one["id"] for one in options["allowCredentials"]] == [given["webauthn"]["credential_id"]]
    answer = signed(given["webauthn"], origin=document["base_url"], challenge=options["challenge"])
    assert browser.post(at, {"credential": answer}).status == 200
    assert browser.get(ME).json["id"] == given["id"]


def signed(key: dict[str, str], *, origin: str, challenge: str) -> dict[str, Any]:
    """Answer a challenge with nothing but what the document says, byte by byte as WebAuthn has it."""
    private = load_pem_private_key(key["pem"].encode(), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    client = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": origin}).encode()
    data = hashlib.sha256(key["rp_id"].encode()).digest() + b"\x05" + bytes(4)
    signature = private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
    response = {name: base64.urlsafe_b64encode(raw).decode().rstrip("=") for name, raw in said.items()}
    named = key["credential_id"]
    return {"id": named, "rawId": named, "type": "public-key", "response": response}


def test_whoever_was_dismissed_finds_nothing_behind_the_door(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = document["users"]["coordinator"]["dismissed"]
    browser, clock = Browser(), Clock(monkeypatch)
    browser.sign_in(User.objects.get(pk=given["id"]), given["password"])
    browser.show_code(clock.code(given["totp_secret"]))
    case = document["teams"][0]["cases"]["active"][0]
    assert browser.get(f"/api/v1/cases/{case}").status in {401, 403, 404}


@pytest.mark.parametrize(
    ("relation", "first", "second"), [("own", 200, 404), ("other", 404, 200), ("two_teams", 200, 404)]
)
def test_a_coordinator_sees_the_cases_of_the_own_team_only(
    document: dict[str, Any], relation: str, first: int, second: int
) -> None:
    """The token of somebody in two teams is for the first one."""
    api = as_machine(document["users"]["coordinator"][relation])
    seen = [api.get(f"/api/v1/cases/{team['cases']['active'][0]}").status for team in document["teams"]]
    assert seen == [first, second]


def test_ids_stand_under_their_status(document: dict[str, Any]) -> None:
    for team in document["teams"]:
        for status, ids in team["referrals"].items():
            assert set(Referral.objects.filter(pk__in=ids).values_list("status", "team_id")) == {
                (status, team_id(team["slug"]))
            }
    assert [team["slug"] for team in document["teams"]] == [OWN, OTHER]


def test_the_partner_whose_memorandum_is_over_had_accepted_something(document: dict[str, Any]) -> None:
    expired = document["users"]["partner_worker"]["partner_expired"]["organisation_id"]
    left = Referral.objects.get(recipient_organisation_id=expired)
    assert (left.status, str(left.team_id)) == ("accepted", document["teams"][0]["id"])
    listed = {one["id"]: one for one in document["teams"][0]["organisations"]}
    assert listed[expired]["memorandum"] is False


def test_the_addresses_lead_to_the_databases(document: dict[str, Any]) -> None:
    found = document["database"]
    with psycopg.connect(found["admin_url"]) as admin:
        for table in found["tables"].values():
            assert admin.execute(f'SELECT count(*) > 0 FROM "{table}"').fetchone() == (True,)
    with psycopg.connect(found["app_url"]) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"SELECT * FROM {found['tables']['audit']}")
    assert found["roles"]["spona_app"] == found["app_url"]


def test_it_is_refused_unless_the_installation_says_that_nothing_in_it_is_real(seeded: Said) -> None:
    with pytest.raises(CommandError, match="SPONA_ACCEPTANCE=1"):
        run("seed-acceptance")


def test_it_is_refused_beside_real_teams(database: Clones) -> None:
    make_team()
    with override_settings(SPONA_ACCEPTANCE=True), pytest.raises(CommandError, match="not the demo's"):
        run("seed-acceptance")
