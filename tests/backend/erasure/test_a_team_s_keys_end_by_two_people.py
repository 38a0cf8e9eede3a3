"""The kill switch: a coordinator asks, the key custodian executes; afterwards no case of the team opens, or begins."""

from typing import Any

import psycopg
import pytest

from backend.cases import notify
from backend.cases.models import Case, Notification
from backend.encryption.models import ErasedOwner, WrappedKey
from backend.encryption.vault import KeyGone
from backend.erasure import team_keys
from backend.erasure.models import KeyDestruction
from backend.errors import Conflict
from permissions.scope import Forbidden, NotFound
from tests.api.client import browser_for
from tests.backend.cases.papers import overwrite
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, actor, ago, national

Admin = psycopg.Connection[Any]
TEAMS, KILLS = "/api/v1/teams", "/api/v1/key-destructions"


def thrown(loop: Loop) -> KeyDestruction:
    row = team_keys.ask(loop.coordinator, loop.town.team)
    team_keys.execute(actor(national("key_custodian")), row)
    row.refresh_from_db()
    return row


def refused(call: Any) -> str:
    with pytest.raises(Conflict) as found:
        call()
    return str(found.value.code)


def test_no_key_of_the_team_is_left_and_the_ledger_says_so(loop: Loop) -> None:
    other = opened(Town())
    row = thrown(loop)
    assert row.destroyed_at is not None
    assert not WrappedKey.objects.filter(team_id=loop.town.team.pk).exists()
    assert ErasedOwner.objects.get(owner_id=loop.town.team.pk).kind == "team"
    assert WrappedKey.objects.filter(owner_id=other.case.pk).exists()


def test_no_new_case_begins(loop: Loop) -> None:
    thrown(loop)
    with pytest.raises(KeyGone):
        opened(loop.town)
    assert Case.objects.filter(team=loop.town.team).count() == 1


def test_every_case_is_gone_and_no_list_names_one(loop: Loop) -> None:
    referral = loop.started()
    thrown(loop)
    case = f"/api/v1/cases/{loop.case.pk}"
    for user in (loop.town.coordinator, loop.town.social_worker, loop.town.nurse):
        api = browser_for(user)
        for path in (case, f"{case}/history", f"{case}/notes", f"/api/v1/referrals/{referral.pk}"):
            assert api.get(path).status == 410, path
        assert api.get("/api/v1/cases").json["results"] == []
        assert api.get("/api/v1/referrals").json["results"] == []
    assert (
        browser_for(loop.town.coordinator).post(f"{case}/close", {"closure_reason": "needs_met"}).status
        == 410
    )


def test_coordinator_lead_and_officer_are_told_at_each_step(loop: Loop) -> None:
    row = thrown(loop)
    rows = Notification.objects.filter(object_id=row.pk)
    for user in (loop.town.coordinator, loop.town.lead, loop.town.officer):
        kinds = notify.seen(actor(user), rows).values_list("kind", flat=True)
        assert sorted(kinds) == ["key.destruction_asked", "key.team_destroyed"]
    for user in (loop.town.deputy, loop.town.social_worker, Town().lead):
        assert not notify.seen(actor(user), rows).exists()


@pytest.mark.parametrize("who", ["nurse", "lead", "officer", "deputy", "partner_worker"])
def test_only_who_coordinates_asks(loop: Loop, who: str) -> None:
    with pytest.raises(Forbidden):
        team_keys.ask(actor(getattr(loop.town, who)), loop.town.team)
    with pytest.raises(Forbidden):
        team_keys.ask(actor(Town().coordinator), loop.town.team)
    with pytest.raises(Forbidden):
        team_keys.ask(actor(national("key_custodian")), loop.town.team)


def test_only_the_key_custodian_executes(loop: Loop) -> None:
    row = team_keys.ask(loop.coordinator, loop.town.team)
    with pytest.raises(Forbidden):
        team_keys.execute(loop.coordinator, row)
    with pytest.raises((Forbidden, NotFound)):
        team_keys.execute(actor(loop.town.lead), row)
    assert WrappedKey.objects.filter(team_id=loop.town.team.pk).exists()


def test_one_asks_at_a_time_and_what_was_declined_is_over(loop: Loop) -> None:
    row = team_keys.ask(loop.coordinator, loop.town.team)
    assert refused(lambda: team_keys.ask(loop.coordinator, loop.town.team)) == "erasure_waiting"
    custodian = actor(national("key_custodian"))
    team_keys.decline(custodian, row)
    assert refused(lambda: team_keys.execute(custodian, row)) == "declined"


def test_it_lapses_after_fourteen_days(loop: Loop, admin: Admin) -> None:
    row = team_keys.ask(loop.coordinator, loop.town.team)
    overwrite(admin, "erasure_keydestruction", row.pk, asked_at=ago(days=14, minutes=1))
    assert refused(lambda: team_keys.execute(actor(national("key_custodian")), row)) == "lapsed"


def test_it_is_thrown_once(loop: Loop) -> None:
    row = thrown(loop)
    team_keys.execute(actor(national("key_custodian")), row)
    assert refused(lambda: team_keys.ask(loop.coordinator, loop.town.team)) == "keys_destroyed"


def test_over_http_with_a_second_factor(loop: Loop) -> None:
    chair, keeper = browser_for(loop.town.coordinator), browser_for(national("key_custodian"))
    asked = chair.post(f"{TEAMS}/{loop.town.team.pk}/key-destruction")
    assert (asked.status, asked.json["state"]) == (201, "requested"), asked.raw
    path = asked.headers["Location"]
    assert path == f"{KILLS}/{asked.json['id']}"
    assert chair.post(f"{path}/execute").status == 403
    assert browser_for(loop.town.nurse).get(path).status == 404
    assert [
        one["id"] for one in keeper.get(KILLS, query={"team": str(loop.town.team.pk)}).json["results"]
    ] == [asked.json["id"]]
    assert keeper.post(f"{path}/execute").status == 200
    assert keeper.get(path).json["state"] == "destroyed"


def test_a_key_that_somebody_puts_back_is_refused(loop: Loop, keys_admin: Admin) -> None:
    kept = WrappedKey.objects.get(owner_id=loop.case.pk)
    thrown(loop)
    with pytest.raises(psycopg.errors.CheckViolation):
        keys_admin.execute(
            "INSERT INTO encryption_wrappedkey VALUES (%s, %s, %s, 1, 1, %s, now())",
            [kept.id, kept.owner_id, kept.team_id, bytes(kept.wrapped)],
        )
    for change in ("UPDATE encryption_erasedowner SET kind = 'case'", "DELETE FROM encryption_erasedowner"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            keys_admin.execute(change)
