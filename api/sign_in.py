"""The one door for people: the sign-in library's own views, those we use and no others.

Left out on purpose: sign-up (an invitation is accepted at /invitations/accept), e-mail and telephone management. What
changes an account is open only to a session that has passed its second factor; only the first factor can be
added
before.

Every body is read strictly first: the library's own reader fails on deep nesting, long numbers and lone surrogates.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.headless.account import views as account
from allauth.headless.base import response
from allauth.headless.base import views as base
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from rest_framework.exceptions import UnsupportedMediaType

from api import strict_json
from backend.teams import second_factor

# Django has read these as forms before a view is asked.
_FORMS = ("multipart/", "application/x-www-form-urlencoded")


class SecondFactorFirst:
    """Refuses a session in which only the password was shown."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not second_factor.passed(request.session, request.user):
            refused: HttpResponseBase = response.UnauthorizedResponse(request)
            return refused
        answered: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answered


class RecoveryCodes(SecondFactorFirst, mfa.ManageRecoveryCodesView):
    """Codes for a lost second factor."""


class ChangePassword(SecondFactorFirst, account.ChangePasswordView):
    """A new password, with the old one."""


class Reauthenticate(SecondFactorFirst, account.ReauthenticateView):
    """The password once more, before something sensitive."""


class Totp(mfa.ManageTOTPView):
    """The authenticator app. The first one may be added without another factor, for nothing else works
    before."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused: HttpResponseBase
        user = request.user
        if user.is_authenticated and second_factor.has_one(user):
            if not second_factor.passed(request.session, user):
                refused = response.UnauthorizedResponse(request)
                return refused
            if request.method == "POST":
                refused = response.ConflictResponse(request)
                return refused
        answered: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answered


def _strictly(view: Callable[..., HttpResponseBase]) -> Any:
    """Let `view` see only a body that `strict_json` accepts. Raises NotAccepted and UnsupportedMediaType."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.content_type or ""
        if kind.startswith(_FORMS):
            raise UnsupportedMediaType(kind)
        if request.body:
            strict_json.loads(request.body)
        return view(request, *args, **kwargs)

    return checked


def _route(at: str, view: Any) -> URLPattern:
    callback = _strictly(view.as_api_view(client=Client.BROWSER))
    callback.public = True
    route: URLPattern = path(f"browser/v1/{at}", callback)
    return route


urlpatterns = [
    _route("config", base.ConfigView),
    _route("auth/session", account.SessionView),
    _route("auth/login", account.LoginView),
    _route("auth/2fa/authenticate", mfa.AuthenticateView),
    _route("auth/2fa/reauthenticate", mfa.ReauthenticateView),
    _route("auth/reauthenticate", Reauthenticate),
    _route("auth/password/request", account.RequestPasswordResetView),
    _route("auth/password/reset", account.ResetPasswordView),
    _route("account/password/change", ChangePassword),
    _route("account/authenticators", mfa.AuthenticatorsView),
    _route("account/authenticators/totp", Totp),
    _route("account/authenticators/recovery-codes", RecoveryCodes),
]
