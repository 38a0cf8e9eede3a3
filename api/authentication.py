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
from api.refusals import CsrfFailed, KeyNeeded
from api.throttling import address
from backend import asker
from backend.teams import factor_marks, tokens
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
        actor = tokens.authenticate(secret.strip(), address=address(request._request))  # noqa: SLF001
        if actor is None:
            raise exceptions.AuthenticationFailed
        attempt().by = actor
        return actor, "token"

    def authenticate_header(self, request: Request) -> str:
        del request
        return 'Bearer realm="spona"'


class Sessions(BaseAuthentication):
    """The session cookie of a browser, once a second factor was shown in it that is enough for the live roles.

    Changes need the CSRF token.
    """

    def authenticate(self, request: Request) -> tuple[Actor, str] | None:
        django_request: HttpRequest = request._request  # noqa: SLF001 - DRF offers no other way to the session
        user, session = django_request.user, django_request.session
        if not user.is_authenticated or not factor_marks.passed(session, user):
            asker.nobody_arrived()
            return None
        actor = actor_of(user)
        asker.arrived(actor)
        if not factor_marks.enough(session, actor.roles):
            raise KeyNeeded
        attempt().by, attempt().fresh = actor, factor_marks.fresh(session, actor.roles)
        _enforce_csrf(django_request)
        return actor, "session"


def _enforce_csrf(request: HttpRequest) -> None:
    def unused(_request: HttpRequest) -> HttpResponseBase:
        raise AssertionError

    check = CSRFCheck(unused)
    check.process_request(request)
    if check.process_view(request, unused, (), {}):
        raise CsrfFailed
