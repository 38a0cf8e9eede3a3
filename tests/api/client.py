"""A small client for tests: JSON in and out, a machine token unless a browser is wanted."""

import json
from functools import cache
from pathlib import Path
from random import randrange
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler

from backend.teams import factor_marks, tokens
from backend.teams.actors import actor_for
from backend.teams.models import Team, User
from backend.teams.sessions import SessionStore
from permissions.roles import POLICY
from tests.world import BUILDER

BACKEND = "backend.teams.password_backend.Passwords"


@cache
def service(_web_app: Path) -> ClientHandler:
    """Return what every client of this process talks to: loading middleware takes longer than most requests."""
    return ClientHandler(enforce_csrf_checks=True)


def connected() -> Client:
    """Return a client with an address of its own: the limit of strangers is by address, and shared by all tests."""
    address = f"10.{randrange(256)}.{randrange(256)}.{randrange(1, 255)}"
    client = Client(raise_request_exception=False, REMOTE_ADDR=address, enforce_csrf_checks=True)
    client.handler = service(settings.SPONA_WEB_APP)
    return client


class Answer:
    """A response with its body read."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers: Any = response.headers
        self.raw: bytes = response.getvalue()
        self.cookies = response.cookies
        if response.streaming:
            response.close()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def code(self) -> str:
        """The code of the problem."""
        assert self.headers["Content-Type"] == "application/problem+json", self.raw
        return str(self.json["code"])


class Api:
    """Sends requests as one caller; `headers` go with each."""

    def __init__(self, **headers: str) -> None:
        self.headers = headers
        self.django = connected()

    def get(self, path: str, **more: Any) -> Answer:
        return self.send("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.send("POST", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.send("PATCH", path, body, **more)

    def delete(self, path: str, **more: Any) -> Answer:
        return self.send("DELETE", path, **more)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        content_type: str = "application/json",
        **headers: str,
    ) -> Answer:
        """Send `body` as JSON, or as it is when it is bytes. Header names are written with underscores."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()}
        response = self.django.generic(
            method, path, raw, content_type=content_type, headers=named, query_params=query
        )
        return Answer(response)


def every_operation(user: User, team: Team | None) -> list[str]:
    """Return every operation that a token of `user` may have."""
    actor = actor_for(user.id, team_id=team.id if team else None)
    return [action for action in POLICY if action not in tokens.NEVER and actor.seats_for(action)]


def token_of(user: User, *, team: Team | None = None, operations: list[str] | None = None) -> str:
    """Issue a machine token and return its secret."""
    chosen = every_operation(user, team) if operations is None else operations
    return tokens.issue(BUILDER, name="test", acting_for=user, team=team, operations=chosen)[1]


def team_of(user: User) -> Team | None:
    membership = user.memberships.filter(team__isnull=False).first()
    return membership.team if membership else None


def client_for(user: User, *, team: Team | None = None, operations: list[str] | None = None) -> Api:
    """Return a client with a machine token of `user`, for the user's own team unless told."""
    return Api(Authorization=f"Bearer {token_of(user, team=team or team_of(user), operations=operations)}")


def browser_for(user: User, *, second: bool = True, kind: str = factor_marks.KEY) -> Api:
    """Return a client with a session of `user`, with or without its second factor, and the CSRF token."""
    store = SessionStore()
    store["_auth_user_id"], store["_auth_user_backend"] = str(user.pk), BACKEND
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.begin(short=False)
    if second:
        factor_marks.mark_passed(store, cast(UUID, user.pk), kind=kind)
    store.save()
    api = Api(X_CSRFToken="c" * 32)
    api.django.cookies[settings.SESSION_COOKIE_NAME] = str(store.session_key)
    api.django.cookies[settings.CSRF_COOKIE_NAME] = "c" * 32
    return api


def session_of(user: User) -> str:
    """Sign `user` in somewhere, and return the id by which the session is ended."""
    browser_for(user)
    return str(user.sessions.get().handle)
