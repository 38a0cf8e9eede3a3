"""Step-up: membership, accounts, tokens, exports, break-glass and keys want a second factor shown just now."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import run_checks
from django.urls import get_resolver
from django.utils import timezone

from api import checks
from api.base import Resource, changing
from api.endpoint import Endpoint
from backend.teams import factor_marks
from backend.teams.models import Membership, User
from permissions.roles import POLICY
from permissions.step_up import STEP_UP
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.signing_in import AUTH, PASSWORD, Browser, Clock, person
from tests.committed import document
from tests.world import Town, make_user, seat

MEMBERS = "/api/v1/members"
ASKED = [
    ("POST", "/api/v1/members"),
    ("PATCH", "/api/v1/members/{id}"),
    *(
        ("POST", f"/api/v1/members/{{id}}/{verb}")
        for verb in ("end", "start-acting", "end-acting", "disable", "sign-out")
    ),
    ("POST", "/api/v1/invitations"),
    ("POST", "/api/v1/invitations/{id}/revoke"),
    ("POST", "/api/v1/tokens"),
    *(("POST", f"/api/v1/tokens/{{id}}/{verb}") for verb in ("rotate", "revoke")),
    *(
        ("POST", f"/api/v1/{name}/{{id}}/{verb}")
        for name in ("members", "invitations", "tokens")
        for verb in ("confirm", "decline")
    ),
    ("POST", "/api/v1/recoveries"),
    *(("POST", f"/api/v1/recoveries/{{id}}/{verb}") for verb in ("confirm", "revoke")),
    ("POST", "/api/v1/cases/{id}/break-glass"),
]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was shown in a session from here on was shown eleven minutes ago."""
    real = factor_marks.mark_passed

    def marked(session: Any, user_id: Any, *, kind: str) -> None:
        real(session, user_id, kind=kind)
        before = (timezone.now() - timedelta(minutes=11)).timestamp()
        session[factor_marks.SHOWN] = dict.fromkeys(session[factor_marks.SHOWN], before)

    monkeypatch.setattr(factor_marks, "mark_passed", marked)


def role_of(user: User) -> str:
    return f"{MEMBERS}/{Membership.objects.get(user=user).id}"


def actions_that_ask() -> set[tuple[str, str]]:
    """Return what the routes themselves say: every changing method whose line of the policy asks."""
    asked = set()
    for pattern in walk(get_resolver().url_patterns, ""):
        at, view = pattern
        for method, action in getattr(view, "actions", {}).items():
            endpoint = view.cls()
            endpoint.action = action
            if endpoint.asks_again(method.upper()):
                asked.add((method.upper(), at.replace("<str:id>", "{id}")))
    return asked


def walk(patterns: Any, at: str) -> Any:
    for pattern in patterns:
        here = at + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns, here)
        else:
            yield f"/{here}", pattern.callback


@pytest.mark.pure
def test_the_operations_that_ask_are_these() -> None:
    assert set(ASKED) <= actions_that_ask()


@pytest.mark.pure
def test_every_line_that_asks_is_a_line_of_the_policy() -> None:
    assert set(POLICY) >= STEP_UP


@pytest.mark.parametrize(("who", "path"), [
    ("coordinator", MEMBERS),
    ("coordinator", "/api/v1/invitations"),
    ("coordinator", "/api/v1/tokens"),
    ("lead", "/api/v1/recoveries"),
])  # fmt: skip
def test_a_factor_shown_eleven_minutes_ago_is_too_old(
    town: Town, stale: None, audit: Audit, who: str, path: str
) -> None:
    user = getattr(town, who)
    answer = browser_for(user).post(path, {})
    assert (answer.status, answer.code) == (403, "step_up_required")
    denied = [entry for entry in audit.entries() if entry["outcome"] == "denied"]
    assert denied[-1]["code"] == "step_up_required"


def test_on_an_object_the_404_and_the_403_come_first(town: Town, stale: None) -> None:
    other = Town()
    foreign, own = role_of(other.nurse), role_of(town.nurse)
    assert browser_for(town.coordinator).post(f"{foreign}/end", {}).status == 404
    assert browser_for(town.partner_worker).post(f"{own}/disable", {}).code in {"not_found", "forbidden"}
    assert browser_for(town.coordinator).post(f"{own}/end", {}).code == "step_up_required"
    patched = browser_for(town.coordinator).patch(own, {"services": None})
    assert patched.code == "step_up_required", "and before the version is asked for"
    assert Membership.objects.get(user=town.nurse).valid_until is None


def test_reading_never_asks(town: Town, stale: None) -> None:
    assert town.nurse.id
    api = browser_for(town.coordinator)
    for path in (MEMBERS, role_of(town.nurse), "/api/v1/tokens", "/api/v1/invitations"):
        assert api.get(path).status == 200


def test_other_changes_do_not_ask(town: Town, stale: None) -> None:
    api = browser_for(town.nurse)
    tag = api.get("/api/v1/me").headers["ETag"]
    assert api.patch("/api/v1/me", {"language": "en"}, If_Match=tag).status == 200


def test_a_machine_is_never_asked_and_never_allowed(town: Town) -> None:
    token = client_for(town.coordinator)
    said = {"username": make_user().username, "role": "member", "team": str(town.team.id)}
    assert token.post(MEMBERS, {**said, "organisation": str(town.clinic.id)}).code == "not_for_machines"
    assert token.post(f"{role_of(town.nurse)}/end", {}).code == "not_for_machines"
    assert token.get(MEMBERS).status == 200
    assert Membership.objects.get(user=town.nurse).valid_until is None


@pytest.mark.pure
@pytest.mark.parametrize("action", sorted(STEP_UP))
def test_changing_under_each_of_these_lines_asks(action: str) -> None:
    endpoint = Endpoint()
    endpoint.actions, endpoint.action = {"go": action}, "go"  # type: ignore[misc]
    assert endpoint.asks_again("POST")
    assert not endpoint.asks_again("GET")


def signed_in(town: Town, clock: Clock) -> tuple[Browser, User]:
    user, browser = person(), Browser()
    seat(user, "coordinator", team=town.team, organisation=town.centre)
    browser.sign_in(user)
    assert browser.show_code(clock.code()).status == 200
    return browser, user


def later(monkeypatch: pytest.MonkeyPatch, **interval: float) -> None:
    moved = timedelta(**interval)
    monkeypatch.setattr(factor_marks, "timezone", SimpleNamespace(now=lambda: timezone.now() + moved))


def end_nurse(town: Town, browser: Browser) -> Any:
    return browser.post(f"{role_of(town.nurse)}/end", {})


def test_showing_the_code_again_opens_it(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, _user = signed_in(town, clock)
    later(monkeypatch, minutes=11)
    assert end_nurse(town, browser).code == "step_up_required"
    clock.now += 660
    again = browser.post(f"{AUTH}/auth/2fa/reauthenticate", {"code": clock.code()})
    assert again.status == 200, again.raw
    assert end_nurse(town, browser).status == 200


def test_the_password_again_is_no_second_factor(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, user = signed_in(town, clock)
    later(monkeypatch, minutes=11)
    assert browser.post(f"{AUTH}/auth/reauthenticate", {"password": PASSWORD}).status == 200
    assert end_nurse(town, browser).code == "step_up_required"
    assert browser.get(f"{AUTH}/account/authenticators/recovery-codes").status == 401
    assert browser.add_key(user).status == 401


def test_a_wrong_code_again_opens_nothing(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, _user = signed_in(town, clock)
    later(monkeypatch, minutes=11)
    wrong = "000000" if clock.code() != "000000" else "000001"
    assert browser.post(f"{AUTH}/auth/2fa/reauthenticate", {"code": wrong}).status == 400
    assert end_nurse(town, browser).code == "step_up_required"


def test_a_lead_shows_the_key_again_and_no_code(
    town: Town, stale: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    api: Api = browser_for(town.lead)
    assert api.post(f"{role_of(town.nurse)}/sign-out", {}).code == "step_up_required"
    monkeypatch.undo()
    code = browser_for(town.lead, kind="totp")
    assert code.post(f"{role_of(town.nurse)}/sign-out", {}).code == "security_key_required"
    assert browser_for(town.lead).post(f"{role_of(town.nurse)}/sign-out", {}).status == 200


@pytest.mark.pure
def test_the_document_says_which_operations_ask() -> None:
    for method, path in ASKED:
        said = document()["paths"][path][method.lower()]
        assert said["x-step-up"] is True
        assert "second factor" in said["description"]


@pytest.mark.pure
def test_a_view_that_names_an_action_it_has_not_does_not_start() -> None:
    class Careless(Resource):
        resource = "careless"
        actions = {"close": "case.close"}
        step_up = frozenset({"clsoe"})

        @changing
        def close(self, _obj: Any, _data: Any) -> None:
            """Close it."""

    found = [one.id for one in checks.problems_of(Careless.as_view({"post": "close"}))]
    assert found == ["api.E007"]
    assert "api.E007" not in {one.id for one in run_checks(tags=["security"])}
