"""A machine token is bound to networks: elsewhere it is as good as none, and its successor is bound alike."""

from typing import Any

import pytest

from tests.api.audit import Audit
from tests.api.client import Answer, Api, browser_for
from tests.world import Town

TOKENS = "/api/v1/tokens"
ME = "/api/v1/me"


def issued(town: Town, *networks: str) -> Answer:
    said: dict[str, Any] = {
        "name": "registar",
        "team": str(town.team.id),
        "acting_for": str(town.nurse.id),
        "operations": ["case.view_coded"],
    }
    return browser_for(town.coordinator).post(TOKENS, {**said, "networks": list(networks)})


def asked_from(address: str, secret: str, **headers: str) -> Answer:
    api = Api(Authorization=f"Bearer {secret}", **headers)
    api.django.defaults["REMOTE_ADDR"] = address
    return api.get(ME)


def test_it_opens_from_its_networks_and_from_nowhere_else(town: Town, audit: Audit) -> None:
    made = issued(town, "192.0.2.0/24", "2001:db8::/32")
    assert (made.status, made.json["networks"]) == (201, ["192.0.2.0/24", "2001:db8::/32"])
    secret = made.json["secret"]
    assert asked_from("192.0.2.9", secret).status == 200
    assert asked_from("2001:db8::9", secret).status == 200
    for address in ("192.0.3.9", "2001:db9::9", "127.0.0.1", ""):
        refused = asked_from(address, secret)
        assert (refused.status, refused.code) == (401, "invalid_credentials")
    assert [entry["code"] for entry in audit.entries()][-1] == "invalid_credentials"


def test_the_address_is_not_what_the_caller_says(town: Town, settings: Any) -> None:
    secret = issued(town, "192.0.2.0/24").json["secret"]
    assert asked_from("198.51.100.1", secret, X_Forwarded_For="192.0.2.9").status == 401
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert asked_from("10.0.0.1", secret, X_Forwarded_For="192.0.2.9, 198.51.100.1").status == 401
    assert asked_from("10.0.0.1", secret, X_Forwarded_For="198.51.100.1, 192.0.2.9").status == 200


def test_without_networks_it_opens_from_everywhere(town: Town) -> None:
    made = issued(town)
    assert made.json["networks"] == []
    assert asked_from("198.51.100.1", made.json["secret"]).status == 200


def test_its_successor_has_the_same_networks(town: Town) -> None:
    made = issued(town, "192.0.2.7")
    after = browser_for(town.coordinator).post(f"{TOKENS}/{made.json['id']}/rotate", {})
    assert after.json["networks"] == ["192.0.2.7/32"]
    for secret in (made.json["secret"], after.json["secret"]):
        assert asked_from("192.0.2.7", secret).status == 200
        assert asked_from("192.0.2.8", secret).status == 401


@pytest.mark.parametrize("text", ["192.0.2.1/24", "x", "", "0.0.0.0/0/0", "192.0.2.0/24; DROP"])
def test_what_is_no_network_is_a_422(town: Town, text: str) -> None:
    refused = issued(town, "192.0.2.0/24", text)
    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] == "/networks/1"


def test_too_many_are_a_422(town: Town) -> None:
    assert issued(town, *(f"192.0.2.{number}" for number in range(21))).status == 422
