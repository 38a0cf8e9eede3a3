"""Every second factor is lost: one person starts, another confirms, the link works once, and everything ends."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from backend.teams import recovery, second_factor
from backend.teams.models import Membership, Recovery, User
from tests.api.audit import Audit
from tests.api.client import Answer, Api, browser_for, client_for
from tests.api.signing_in import PASSWORD, Browser, Clock, person, with_key
from tests.world import Town, ago, ahead, national, saved, seat

PATH = "/api/v1/recoveries"
ME = "/api/v1/me"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def lost(town: Town) -> User:
    """A member of the town who has a password and an authenticator app that is gone."""
    user = person()
    seat(user, "member", team=town.team, organisation=town.clinic)
    return user


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def started(by: User, user: User) -> Answer:
    return browser_for(by).post(PATH, {"membership": str(role_of(user).id)})


def confirmed(by: User, answer: Answer) -> Answer:
    return browser_for(by).post(f"{PATH}/{answer.json['id']}/confirm", {})


def secret_of(answer: Answer) -> str:
    found = re.fullmatch(
        re.escape(settings.SPONA_BASE_URL) + r"/recovery#(spona_re_[\w-]{43})", answer.json["link"]
    )
    assert found
    return found.group(1)


def used(secret: str, password: str = PASSWORD, api: Api | None = None) -> Answer:
    return (api or Api()).post(f"{PATH}/use", {"token": secret, "password": password})


def test_the_whole_way(town: Town, lost: User, clock: Clock, audit: Audit) -> None:
    open_elsewhere = browser_for(lost)
    first = started(town.coordinator, lost)
    assert (first.status, first.json["link"]) == (201, None)
    second = confirmed(town.lead, first)
    assert second.status == 200
    secret = secret_of(second)
    assert open_elsewhere.get(ME).status == 200
    done = used(secret)
    assert (done.status, done.json["username"]) == (200, lost.username)
    assert open_elsewhere.get(ME).status == 401
    assert second_factor.kinds_of(lost) == set()
    browser = Browser()
    assert browser.sign_in(lost).status == 200
    assert browser.get(ME).status == 401
    assert browser.add_key(lost).status == 200
    assert browser.get(ME).status == 200
    verbs = [entry["verb"] for entry in audit.entries()]
    for verb in ("recovery.started", "recovery.confirmed", "account.factor_removed", "recovery.used"):
        assert verb in verbs
    assert secret not in str([entry["said"] for entry in audit.entries()])


def test_the_link_is_not_stored_and_not_shown_again(town: Town, lost: User, admin: Any) -> None:
    first = started(town.coordinator, lost)
    secret = secret_of(confirmed(town.lead, first))
    shown = browser_for(town.lead).get(f"{PATH}/{first.json['id']}")
    assert (shown.status, shown.json["link"]) == (200, None)
    for table in ("teams_recovery", "teams_historicalrecovery"):
        rows = admin.execute(f"SELECT {table}::text FROM {table}").fetchall()
        assert secret not in str(rows)


def test_who_started_it_does_not_confirm_it(town: Town, lost: User) -> None:
    first = started(town.coordinator, lost)
    assert confirmed(town.coordinator, first).code == "forbidden"
    assert confirmed(town.officer, first).status == 200


def test_nobody_lets_themselves_back_in(town: Town) -> None:
    assert started(town.coordinator, town.coordinator).code == "forbidden"
    first = started(town.lead, town.coordinator)
    assert first.status == 201
    assert confirmed(town.coordinator, first).code == "forbidden"
    assert browser_for(town.coordinator).post(f"{PATH}/{first.json['id']}/revoke", {}).code == "forbidden"


@pytest.mark.parametrize("who", ["nurse", "social_worker", "deputy", "partner_worker"])
def test_a_colleague_neither_starts_nor_confirms_nor_sees_it(town: Town, lost: User, who: str) -> None:
    colleague = getattr(town, who)
    assert started(colleague, lost).code == "forbidden"
    first = started(town.coordinator, lost)
    assert confirmed(colleague, first).status == 404
    assert browser_for(colleague).get(PATH).code == "forbidden"


def test_another_town_knows_nothing_of_it(town: Town, lost: User) -> None:
    other = Town()
    refused = started(other.coordinator, lost)
    assert refused.json["errors"][0]["code"] == "unknown_id"
    first = started(town.coordinator, lost)
    assert confirmed(other.lead, first).status == 404
    assert browser_for(other.lead).get(PATH).json["results"] == []


def test_of_the_house_the_administrators_let_each_other_in() -> None:
    one, two, lost = national("platform_admin"), national("platform_admin"), national("release_officer")
    first = started(one, lost)
    assert confirmed(one, first).code == "forbidden"
    assert confirmed(two, first).status == 200


def test_a_link_works_once(town: Town, lost: User) -> None:
    secret = secret_of(confirmed(town.lead, started(town.coordinator, lost)))
    assert used(secret).status == 200
    assert used(secret).status == 404


def test_a_link_without_the_password_is_worth_nothing(town: Town, lost: User) -> None:
    secret = secret_of(confirmed(town.lead, started(town.coordinator, lost)))
    assert used(secret, "not-the-password-at-all").status == 404
    assert second_factor.kinds_of(lost) == {"totp"}
    assert used(secret).status == 200


def test_guessing_the_password_behind_a_link_is_slowed_down(town: Town, lost: User) -> None:
    secret = secret_of(confirmed(town.lead, started(town.coordinator, lost)))
    answers = [used(secret, f"not-the-password-{number}") for number in range(6)]
    assert [one.status for one in answers] == [404] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert used(secret).status == 429


@pytest.mark.parametrize("token", ["", "x", "spona_re_" + "a" * 43, "\ud800", "ж" * 60, "' OR 1=1 --"])
def test_a_made_up_link_is_no_link(token: str) -> None:
    assert used(token).status in {400, 404, 422}


def test_time_runs_out_for_the_second_person_and_for_the_link(town: Town, lost: User) -> None:
    first = started(town.coordinator, lost)
    row = Recovery.objects.get(pk=first.json["id"])
    assert ahead(hours=23) < row.expires_at < ahead(hours=25)
    Recovery.objects.filter(pk=row.pk)
    row.expires_at = ago(seconds=1)
    saved(row)
    assert confirmed(town.lead, first).code == "recovery_over"
    second = started(town.coordinator, lost)
    secret = secret_of(confirmed(town.lead, second))
    row = Recovery.objects.get(pk=second.json["id"])
    assert row.expires_at < ahead(minutes=31)
    row.expires_at = ago(seconds=1)
    saved(row)
    assert used(secret).status == 404


def test_one_at_a_time_and_a_revoked_one_is_over(town: Town, lost: User) -> None:
    first = started(town.coordinator, lost)
    assert started(town.lead, lost).code == "recovery_open"
    assert browser_for(town.lead).post(f"{PATH}/{first.json['id']}/revoke", {}).status == 200
    assert confirmed(town.lead, first).code == "recovery_over"
    assert started(town.lead, lost).status == 201


def test_confirmed_twice_makes_no_second_link(town: Town, lost: User) -> None:
    first = started(town.coordinator, lost)
    assert confirmed(town.lead, first).status == 200
    assert confirmed(town.officer, first).code == "recovery_over"


def test_it_ends_with_the_role(town: Town, lost: User, admin: Any) -> None:
    first = started(town.coordinator, lost)
    secret = secret_of(confirmed(town.lead, first))
    admin.execute(
        "UPDATE teams_membership SET valid_until = now() - interval '1 second' WHERE user_id = %s", [lost.id]
    )
    assert used(secret).status == 404
    assert started(town.coordinator, lost).json["errors"][0]["code"] == "unknown_id"


def test_a_machine_does_none_of_it(town: Town, lost: User) -> None:
    answer = client_for(town.coordinator).post(PATH, {"membership": str(role_of(lost).id)})
    assert answer.code == "not_for_machines"


def test_everybody_concerned_is_told(
    town: Town, lost: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "backend.teams.mail.PrivateFiles")
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", str(tmp_path), raising=False)
    for user in (lost, town.coordinator, town.lead):
        user.email = f"{user.username}@example.org"
        saved(user)
    secret = secret_of(confirmed(town.lead, started(town.coordinator, lost)))
    used(secret)
    letters = [letter.read_text() for letter in tmp_path.iterdir()]
    assert len(letters) == 2 + 3 + 3
    assert sum(f"To: {lost.email}" in letter for letter in letters) == 3
    assert not any(secret in letter for letter in letters)


def test_a_key_is_taken_away_too(town: Town) -> None:
    lead = with_key(person())
    seat(lead, "municipal_lead", team=town.team)
    secret = secret_of(confirmed(town.officer, started(town.coordinator, lead)))
    assert used(secret).status == 200
    assert second_factor.kinds_of(lead) == set()


def test_the_database_knows_that_it_takes_two(town: Town, lost: User, admin: Any) -> None:
    first = started(town.coordinator, lost)
    for who in (town.coordinator, lost):
        with pytest.raises(Exception, match="nobody_lets_themselves_back_in"):
            admin.execute(
                "UPDATE teams_recovery SET confirmed_by_id = %s WHERE id = %s", [who.id, first.json["id"]]
            )
    assert recovery.TO_USE < recovery.TO_CONFIRM
