"""Who is asking: a machine token in the Authorization header, or a browser's session with its second factor.

The user of a request (`request.user`, `self.by` in a view) is an Actor: the roles that are live at this moment.
"""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.request import Request

from api.attempt import attempt
from api.refusals import CsrfFailed
from backend.teams import second_factor, tokens
from backend.teams.actors import actor_of
from permissions.actor import Actor

SCHEME: Final = "bearer"
_LONGEST: Final = 200


class MachineTokens(BaseAuthentication):
    """`Authorization: Bearer spona_mt_...`. Any other scheme, and a token that does not hold, is a 401."""

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != SCHEME or len(secret) > _LONGEST or not secret.isascii():
            raise exceptions.AuthenticationFailed
        actor = tokens.authenticate(secret.strip())
        if actor is None:
            raise exceptions.AuthenticationFailed
        attempt().by = actor
        return actor, "token"

    def authenticate_header(self, request: Request) -> str:
        del request
        return 'Bearer realm="spona"'


class Sessions(BaseAuthentication):
    """The session cookie of a browser, once a second factor was shown in it; changes need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        django_request: HttpRequest = request._request  # noqa: SLF001 - DRF offers no other way to the session
        user = django_request.user
        if not user.is_authenticated or not second_factor.passed(django_request.session, user):
            return None
        actor = actor_of(user)
        attempt().by = actor
        _enforce_csrf(django_request)
        return actor, "session"


def _enforce_csrf(request: HttpRequest) -> None:
    def unused(_request: HttpRequest) -> HttpResponseBase:
        raise AssertionError

    check = CSRFCheck(unused)
    check.process_request(request)
    if check.process_view(request, unused, (), {}):
        raise CsrfFailed
