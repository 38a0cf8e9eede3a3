"""Who sees referrals to certain services only is notified of these only, and marks no other as read."""

from typing import Any

import pytest

from backend.cases.models import Notification
from tests.api.client import Api, browser_for
from tests.api.referral_loop import Street, street
from tests.world import Town

AT = "/api/v1/notifications"


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def limited(town: Town, *services: str) -> Api:
    return browser_for(town.worker("member", town.clinic, services=list(services)))


def ids(client: Api) -> list[str]:
    return [row["object_id"] for row in client.get(AT).json["results"]]


def test_a_referral_to_another_service_is_neither_seen_nor_notified(town: Town, way: Street) -> None:
    key = way.refer().json["id"]
    other = limited(town, "HR-HIV")
    assert other.get(f"/api/v1/referrals/{key}").status == 404
    assert ids(other) == []
    assert ids(way.by("nurse")) == [key]


def test_it_is_not_marked_as_read_for_the_colleagues(town: Town, way: Street) -> None:
    key = way.refer().json["id"]
    row = Notification.objects.get(object_id=key)
    assert limited(town, "HR-HIV").post(f"{AT}/{row.id}/read", {}).status == 404
    assert limited(town).post(f"{AT}/{row.id}/read", {}).status == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_a_referral_to_the_listed_service_is_seen_and_notified(town: Town, way: Street) -> None:
    key = way.refer().json["id"]
    own = limited(town, "HR-HIV", "TX-OPC")
    assert own.get(f"/api/v1/referrals/{key}").status == 200
    assert ids(own) == [key]
    row = Notification.objects.get(object_id=key)
    assert own.post(f"{AT}/{row.id}/read", {}).status == 200


def test_the_service_itself_stands_in_no_notification(way: Street) -> None:
    way.refer()
    rows: list[dict[str, Any]] = way.by("nurse").get(AT).json["results"]
    assert rows
    assert b"TX-OPC" not in way.by("nurse").get(AT).raw
    assert all("service_code" not in row for row in rows)
