"""The one door for people: the sign-in library's own views, those we use and no others.

Left out on purpose: sign-up (an invitation is accepted at /invitations/accept), e-mail and telephone management,
signing in with a key alone. `sign_in_views` says what a session must have shown for each.

Every body is read strictly first: the library's own reader fails on deep nesting, long numbers and lone surrogates.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.headless.account import views as account
from allauth.headless.base import views as base
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from rest_framework.exceptions import UnsupportedMediaType

from api import sign_in_views, strict_json

# Django has read these as forms before a view is asked.
_FORMS = ("multipart/", "application/x-www-form-urlencoded")


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
    _route("auth/webauthn/authenticate", sign_in_views.ShowKey),
    _route("auth/webauthn/reauthenticate", sign_in_views.ShowKeyAgain),
    _route("auth/reauthenticate", sign_in_views.Reauthenticate),
    _route("auth/password/request", account.RequestPasswordResetView),
    _route("auth/password/reset", account.ResetPasswordView),
    _route("account/password/change", sign_in_views.ChangePassword),
    _route("account/authenticators", mfa.AuthenticatorsView),
    _route("account/authenticators/totp", sign_in_views.Totp),
    _route("account/authenticators/webauthn", sign_in_views.Keys),
    _route("account/authenticators/recovery-codes", sign_in_views.RecoveryCodes),
]
