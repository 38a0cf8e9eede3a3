"""/me/sessions: one's own sessions in coarse words, ended one by one or all but this one; nobody else's exist."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from backend.teams.models import Session, User
from backend.teams.sessions import SessionStore, stored
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.api.signing_in import AUTH, PASSWORD, Browser, Clock, person
from tests.world import Town, make_user

ME = "/api/v1/me"
PATH = f"{ME}/sessions"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
FIELDS = {"id", "begun_at", "used_at", "browser", "system", "here"}


def listed(api: Api) -> list[dict[str, Any]]:
    answer = api.get(PATH)
    assert answer.status == 200, answer.raw
    rows: list[dict[str, Any]] = answer.json["results"]
    return rows


def key_of(api: Api) -> str:
    return api.django.cookies[settings.SESSION_COOKIE_NAME].value


def test_each_session_shows_with_the_one_that_asks() -> None:
    user = make_user()
    this, other = browser_for(user), browser_for(user)
    rows = listed(this)
    assert [set(row) for row in rows] == [FIELDS, FIELDS]
    # That one is in use at this moment, so it stands first.
    assert [row["here"] for row in rows] == [row["here"] for row in listed(other)] == [True, False]
    assert [row["id"] for row in listed(other)] == [row["id"] for row in reversed(rows)]
    assert sum(row["here"] for row in rows) == 1


def test_nothing_of_the_key_is_shown_and_the_id_is_drawn() -> None:
    user = make_user()
    api, other = browser_for(user), browser_for(user)
    said = api.get(PATH).raw.decode()
    for key in (key_of(api), key_of(other)):
        assert key not in said
        assert stored(key) not in said
        assert stored(key)[:12] not in said
    assert all(UUID(row["id"]).version == 4 for row in listed(api))


def test_signing_in_keeps_two_words_of_what_the_browser_says(
    monkeypatch: pytest.MonkeyPatch, admin: Any
) -> None:
    user, clock = person(), Clock(monkeypatch)
    browser = Browser()
    browser.django.defaults["HTTP_USER_AGENT"] = PHONE
    assert browser.sign_in(user).status == 401
    assert browser.show_code(clock.code()).status == 200
    (row,) = browser.get(PATH).json["results"]
    assert (row["browser"], row["system"], row["here"]) == ("firefox", "android", True)
    columns = "handle, begun_at, used_at, browser, system"
    kept = admin.execute(f"SELECT {columns} FROM teams_session WHERE account_id = %s", [user.id]).fetchall()
    content = dict(SessionStore(browser.session).items())
    assert len(kept) == 1
    for word in ("Gecko", "132.0", "Mobile", browser.django.defaults["REMOTE_ADDR"]):
        assert word not in f"{kept} {content}"


def test_its_id_stays_when_its_key_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    user, clock = person(), Clock(monkeypatch)
    browser = Browser()
    browser.sign_in(user)
    browser.show_code(clock.code())
    (before,) = browser.get(PATH).json["results"]
    key = browser.session
    said = {"current_password": PASSWORD, "new_password": "sasvim-nova-lozinka-7"}
    assert browser.post(f"{AUTH}/account/password/change", said).status == 200
    assert browser.session != key
    (after,) = browser.get(PATH).json["results"]
    assert (after["id"], after["begun_at"]) == (before["id"], before["begun_at"])


def test_one_that_is_over_does_not_show() -> None:
    user = make_user()
    api, over = browser_for(user), browser_for(user)
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(pk=stored(key_of(over))).update(expire_date=past)
    assert [row["here"] for row in listed(api)] == [True]


def test_an_ended_session_is_refused_at_its_next_request() -> None:
    user = make_user()
    this, other = browser_for(user), browser_for(user)
    (row,) = (row for row in listed(this) if not row["here"])
    answer = this.post(f"{PATH}/{row['id']}/end", {})
    assert (answer.status, [one["here"] for one in answer.json["results"]]) == (200, [True])
    assert (other.get(ME).status, other.get(ME).code) == (401, "not_authenticated")
    assert this.get(ME).status == 200
    assert this.post(f"{PATH}/{row['id']}/end", {}).status == 404


def test_this_one_is_ended_like_any_other_and_its_cookie_goes() -> None:
    user = make_user()
    this, other = browser_for(user), browser_for(user)
    (row,) = (row for row in listed(this) if row["here"])
    key, answer = key_of(this), this.post(f"{PATH}/{row['id']}/end", {})
    assert (answer.status, [one["here"] for one in answer.json["results"]]) == (200, [False])
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not Session.objects.filter(pk=stored(key)).exists()
    assert other.get(ME).status == 200


def test_all_others_are_ended_at_once() -> None:
    user, stranger = make_user(), browser_for(make_user())
    this, *others = (browser_for(user) for _ in range(3))
    answer = this.post(f"{PATH}/end-others", {})
    assert (answer.status, [one["here"] for one in answer.json["results"]]) == (200, [True])
    assert [api.get(ME).status for api in (this, *others, stranger)] == [200, 401, 401, 200]


def test_a_request_that_was_under_way_does_not_bring_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    this, other = browser_for(user), browser_for(user)
    (row,) = (row for row in listed(this) if not row["here"])

    def meanwhile(_by: Any) -> int:
        Session.objects.filter(handle=row["id"]).delete()
        return 0

    moment = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr("backend.teams.sessions.timezone.now", lambda: moment)
    monkeypatch.setattr("api.resources.me.pending", meanwhile)
    assert other.get(ME).status == 200
    assert not Session.objects.filter(handle=row["id"]).exists()
    assert other.get(ME).status == 401


@pytest.mark.parametrize("role", ["coordinator", "lead", "officer"])
def test_a_session_of_somebody_else_is_absent_to_everybody(town: Town, role: str) -> None:
    browser_for(town.nurse)
    foreign, api = town.nurse.sessions.get().handle, browser_for(getattr(town, role))
    one, other = (api.post(f"{PATH}/{which}/end", {}) for which in (foreign, uuid4()))
    assert (one.status, one.code) == (other.status, other.code) == (404, "not_found")
    assert api.post(f"{PATH}/none/end", {}).status == 404
    assert town.nurse.sessions.exists()
    assert str(foreign) not in api.get(PATH).raw.decode()


def test_a_guess_is_recorded_as_one(audit: Audit) -> None:
    api, guess = browser_for(make_user()), str(uuid4())
    assert api.post(f"{PATH}/{guess}/end", {}).status == 404
    (entry,) = audit.entries(outcome="denied")
    assert (entry["object_kind"], entry["object_id"], entry["code"]) == ("session", guess, "not_found")


def test_a_machine_and_a_stranger_see_none(town: Town) -> None:
    machine = client_for(town.coordinator, team=town.team)
    browser_for(town.coordinator)
    own = town.coordinator.sessions.get().handle
    for answer in (machine.get(PATH), machine.post(f"{PATH}/end-others", {})):
        assert (answer.status, answer.code) == (403, "not_for_machines")
    assert machine.post(f"{PATH}/{own}/end", {}).status == 404
    assert town.coordinator.sessions.exists()
    assert Api().get(PATH).status == 401


def test_nobody_without_the_second_factor_sees_where_they_are() -> None:
    assert browser_for(make_user(), second=False).get(PATH).status == 401


def test_what_is_ended_is_recorded_without_its_key(audit: Audit) -> None:
    user = make_user()
    this, other = browser_for(user), browser_for(user)
    (row,) = (row for row in listed(this) if not row["here"])
    this.post(f"{PATH}/{row['id']}/end", {})
    this.post(f"{PATH}/end-others", {})
    (one,) = audit.entries(verb="account.session_ended")
    assert (one["actor_id"], one["object_id"]) == (user.id, str(user.id))
    assert row["id"] in str(one["said"])
    (others,) = audit.entries(verb="account.other_sessions_ended")
    assert others["object_id"] == str(user.id)
    for key in (key_of(this), key_of(other)):
        assert key not in str(audit.entries())
        assert stored(key) not in str(audit.entries())


def test_an_unknown_field_ends_nothing() -> None:
    user = make_user()
    this, _other = browser_for(user), browser_for(user)
    assert this.post(f"{PATH}/end-others", {"all": True}).status == 422
    assert len(listed(this)) == 2


def test_what_ends_all_sessions_leaves_no_row_behind() -> None:
    user = make_user()
    this, _other = browser_for(user), browser_for(user)
    assert this.post(f"{ME}/sign-out-everywhere", {}).status == 200
    assert not User.objects.get(pk=user.pk).sessions.exists()


def test_a_page_costs_the_same_however_many_there_are(counted: Counted) -> None:
    user = make_user()
    api, *_more = (browser_for(user) for _ in range(5))
    with counted("me_sessions_list"):
        assert len(listed(api)) == 5
