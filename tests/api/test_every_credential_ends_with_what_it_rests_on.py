"""Somebody writes an end into the past by SQL: session, token, reset link, invitation and recovery are dead at once."""

import re
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from backend.teams.models import Membership, User
from tests.api.client import Api, browser_for, client_for
from tests.api.signing_in import AUTH, PASSWORD, Browser, person
from tests.world import Town, actor, saved, seat

ME = "/api/v1/me"
NEW_PASSWORD = "sasvim-nova-lozinka-7"
PAST = "now() - interval '1 second'"
End = Callable[[psycopg.Connection, User], None]


def account_off(admin: psycopg.Connection, user: User) -> None:
    admin.execute("UPDATE teams_user SET is_active = false WHERE id = %s", [user.id])


def membership_over(admin: psycopg.Connection, user: User) -> None:
    admin.execute(f"UPDATE teams_membership SET valid_until = {PAST} WHERE user_id = %s", [user.id])


def memorandum_over(admin: psycopg.Connection, user: User) -> None:
    held = Membership.objects.get(user=user)
    admin.execute(
        f"UPDATE teams_memorandum SET valid_until = {PAST} WHERE organisation_id = %s", [held.organisation_id]
    )


def agreement_over(admin: psycopg.Connection, user: User) -> None:
    held = Membership.objects.get(user=user)
    admin.execute(
        f"UPDATE teams_sharingagreement SET valid_until = {PAST} WHERE organisation_id = %s",
        [held.organisation_id],
    )


ENDS = [account_off, membership_over, memorandum_over, agreement_over]
every_end = pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)


@pytest.fixture
def worker(town: Town) -> User:
    """A member of a civil-society organisation: rests on memorandum and agreement both."""
    user = person(email=True)
    seat(user, "member", team=town.team, organisation=town.society, organisation_steward=True)
    return user


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "backend.teams.mail.PrivateFiles")
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", str(tmp_path), raising=False)
    return tmp_path


def reset_key(user: User, letters: Path) -> str:
    Browser().post(f"{AUTH}/auth/password/request", {"email": user.email})
    (letter,) = letters.iterdir()
    found = re.search(r"/reset-password#([\w-]+)\s", letter.read_text().replace("=\n", ""))
    assert found
    return found.group(1)


def reset(key: str) -> int:
    return Browser().post(f"{AUTH}/auth/password/reset", {"key": key, "password": NEW_PASSWORD}).status


@every_end
def test_the_session(admin: psycopg.Connection, worker: User, end: End) -> None:
    api = browser_for(worker)
    assert api.get("/api/v1/organisations").status == 200
    end(admin, worker)
    assert api.get("/api/v1/organisations").status == (401 if end is account_off else 403)
    assert api.get("/api/v1/cases").status == (401 if end is account_off else 403)


@every_end
def test_the_token(admin: psycopg.Connection, town: Town, worker: User, end: End) -> None:
    api = client_for(worker, team=town.team)
    assert api.get(ME).status == 200
    end(admin, worker)
    assert (api.get(ME).status, api.get(ME).code) == (401, "invalid_credentials")


@every_end
def test_the_reset_link(admin: psycopg.Connection, worker: User, letters: Path, end: End) -> None:
    key = reset_key(worker, letters)
    end(admin, worker)
    assert reset(key) == 400
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)


def test_the_reset_link_works_while_they_hold(worker: User, letters: Path) -> None:
    assert reset(reset_key(worker, letters)) == 401
    worker.refresh_from_db()
    assert worker.check_password(NEW_PASSWORD)


def test_the_reset_link_lives_for_an_hour() -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600


@every_end
def test_the_invitation_of_somebody_whose_role_ended(
    admin: psycopg.Connection, town: Town, worker: User, end: End
) -> None:
    said = {"role": "member", "team": str(town.team.id), "organisation": str(town.society.id)}
    made = browser_for(worker).post("/api/v1/invitations", said)
    assert made.status == 201, made.raw
    end(admin, worker)
    taken = Api().post(
        "/api/v1/invitations/accept",
        {
            "token": made.json["token"],
            "username": f"new-{worker.id.hex}",
            "display_name": "Ana",
            "password": "jedna-dugacka-lozinka-9",
        },
    )
    assert taken.status == 404
    assert not User.objects.filter(username=f"new-{worker.id.hex}").exists()


@every_end
def test_signing_in_leads_nowhere(admin: psycopg.Connection, worker: User, end: End) -> None:
    end(admin, worker)
    browser = Browser()
    assert browser.sign_in(worker).status in {400, 401}
    assert browser.get("/api/v1/cases").status == 401


def test_signing_out_everywhere_ends_sessions_and_reset_links(worker: User, letters: Path) -> None:
    one, two, key = browser_for(worker), browser_for(worker), reset_key(worker, letters)
    assert one.post(f"{ME}/sign-out-everywhere", {}).status == 200
    for api in (one, two):
        assert (api.get(ME).status, api.get(ME).code) == (401, "not_authenticated")
    assert reset(key) == 400
    assert browser_for(User.objects.get(pk=worker.pk)).get(ME).status == 200


def test_a_token_neither_signs_out_nor_is_signed_out(town: Town, worker: User) -> None:
    token = client_for(worker, team=town.team)
    assert token.post(f"{ME}/sign-out-everywhere", {}).code == "not_for_machines"
    assert browser_for(worker).post(f"{ME}/sign-out-everywhere", {}).status == 200
    assert token.get(ME).status == 200


@pytest.mark.parametrize("who", ["coordinator", "lead", "officer"])
def test_who_may_switch_an_account_off_may_sign_it_out(town: Town, who: str) -> None:
    session, at = browser_for(town.nurse), Membership.objects.get(user=town.nurse).id
    answer = browser_for(getattr(town, who)).post(f"/api/v1/members/{at}/sign-out", {})
    assert answer.status == 200, answer.raw
    assert session.get(ME).status == 401


@pytest.mark.parametrize("who", ["social_worker", "nurse", "deputy"])
def test_a_colleague_signs_nobody_out(town: Town, who: str) -> None:
    session, at = browser_for(town.outreach), Membership.objects.get(user=town.outreach).id
    answer = browser_for(getattr(town, who)).post(f"/api/v1/members/{at}/sign-out", {})
    assert answer.status in {403, 404}
    assert session.get(ME).status == 200


def test_another_town_signs_nobody_out(town: Town) -> None:
    at = Membership.objects.get(user=town.nurse).id
    assert browser_for(Town().lead).post(f"/api/v1/members/{at}/sign-out", {}).status == 404


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(worker: User) -> None:
    this, other = browser_for(worker), browser_for(worker)
    said = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert this.post(f"{AUTH}/account/password/change", said).status == 200
    assert other.get(ME).status == 401
    moved = this.django.cookies[settings.SESSION_COOKIE_NAME].value
    assert moved
    assert this.get(ME).status == 200


def test_a_reset_password_ends_every_session(worker: User, letters: Path) -> None:
    session = browser_for(worker)
    assert reset(reset_key(worker, letters)) == 401
    assert session.get(ME).status == 401


def test_an_account_switched_off_and_on_again_has_no_session_left(town: Town) -> None:
    session, at = browser_for(town.nurse), Membership.objects.get(user=town.nurse).id
    assert browser_for(town.lead).post(f"/api/v1/members/{at}/disable", {}).status == 200
    user = User.objects.get(pk=town.nurse.pk)
    user.is_active = True
    saved(user)
    assert session.get(ME).status == 401
    assert actor(user).seats
