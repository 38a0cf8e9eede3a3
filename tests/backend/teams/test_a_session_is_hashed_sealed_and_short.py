"""What is stored of a session neither signs anybody in nor tells what is in it; and it ends by two clocks."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backend.teams import sessions
from backend.teams.models import Session
from backend.teams.sessions import SessionStore, stored


def fresh(**content: Any) -> SessionStore:
    session = SessionStore()
    session.update(content)
    session.begin(short=bool(content.get("short")))
    session.save()
    return session


def row(session: SessionStore) -> Session:
    return Session.objects.get(session_key=stored(str(session.session_key)))


def later(monkeypatch: pytest.MonkeyPatch, **interval: float) -> None:
    moment = timezone.now() + timedelta(**interval)
    monkeypatch.setattr(sessions.timezone, "now", lambda: moment)


def test_the_cookies_key_is_stored_as_its_sha256(admin: Any) -> None:
    session = fresh()
    key = str(session.session_key)
    assert row(session).session_key == hashlib.sha256(key.encode()).hexdigest()
    dump = admin.execute("SELECT string_agg(s::text, ' ') FROM teams_session s").fetchone()
    assert key not in dump[0]


def test_the_content_cannot_be_read_in_the_table() -> None:
    session = fresh(seed="JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in str(bytes.fromhex(row(session).session_data))
    assert SessionStore(session.session_key)["seed"] == "JBSWY3DPEHPK3PXP"


def test_the_stored_name_is_no_key() -> None:
    session = fresh(seed="x")
    assert SessionStore(row(session).session_key).get("seed") is None


def test_content_moved_to_another_session_does_not_open() -> None:
    one, other = fresh(who="one"), fresh(who="other")
    Session.objects.filter(pk=row(other).pk).update(session_data=row(one).session_data)
    assert SessionStore(other.session_key).get("who") is None


@pytest.mark.parametrize("data", ["", "zz", "00", "e30", "a" * 200])
def test_broken_content_is_an_empty_session(data: str) -> None:
    session = fresh(who="one")
    Session.objects.filter(pk=row(session).pk).update(session_data=data)
    assert SessionStore(session.session_key).get("who") is None


@pytest.mark.parametrize("key", ["", "x", "nobodys-session-key", "ш" * 40])
def test_an_unknown_key_is_an_empty_session(key: str) -> None:
    session = SessionStore(key)
    assert session.get("who") is None
    assert session.session_key is None


@pytest.mark.parametrize(("short", "minutes"), [(False, 30), (True, 15)])
def test_it_ends_when_idle(monkeypatch: pytest.MonkeyPatch, short: bool, minutes: int) -> None:
    key = fresh(who="x", short=short).session_key
    later(monkeypatch, minutes=minutes, seconds=-5)
    assert SessionStore(key).get("who") == "x"
    later(monkeypatch, minutes=minutes, seconds=5)
    assert SessionStore(key).get("who") is None


def test_using_it_moves_the_end_but_not_at_every_request(monkeypatch: pytest.MonkeyPatch) -> None:
    key = fresh(who="x").session_key
    used = SessionStore(key)
    assert used.get("who") == "x"
    assert not used.modified
    later(monkeypatch, minutes=20)
    used = SessionStore(key)
    assert used.get("who") == "x"
    assert used.modified
    used.save()
    later(monkeypatch, minutes=25)
    assert SessionStore(key).get("who") == "x"


def test_it_ends_after_ten_hours_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    key = fresh(who="x").session_key
    for _quarter in range(41):
        later(monkeypatch, minutes=14, seconds=50)
        used = SessionStore(key)
        if used.get("who") is None:
            break
        used.save()
    assert SessionStore(key).get("who") is None


def test_a_session_before_sign_in_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    session = SessionStore()
    session["pending"] = "x"
    session.save()
    assert session.get_expiry_age() <= 15 * 60
    later(monkeypatch, minutes=16)
    assert SessionStore(session.session_key).get("pending") is None


def test_a_new_key_takes_the_content_along_and_the_old_one_is_dead() -> None:
    session = fresh(who="x")
    old = session.session_key
    session.cycle_key()
    session.save()
    assert SessionStore(old).get("who") is None
    assert SessionStore(session.session_key).get("who") == "x"


def test_flushed_it_is_gone() -> None:
    session = fresh(who="x")
    key = str(session.session_key)
    session.flush()
    assert not Session.objects.filter(session_key=stored(key)).exists()
