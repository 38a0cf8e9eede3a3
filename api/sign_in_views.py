"""The sign-in library's views with what it leaves to us: when a session may change its own ways in.

What changes an account is open only to a session that has passed its second factor, and a change of factors only
just after one was shown. Only the first factor can be added before; and the first security key after a code, by
those whose role needs a key, for nothing else works for them until they have one.
"""

from typing import Any

from allauth.headless.account import views as account
from allauth.headless.base import response
from allauth.headless.mfa import views as mfa
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from api import sign_in_keys
from backend.teams import factor_marks, second_factor, sign_in_audit
from backend.teams.actors import actor_of

SAFE = frozenset({"GET", "HEAD"})


class SecondFactorFirst:
    """Refuses a session in which no second factor was shown that is enough for the live roles."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused: HttpResponseBase | None = self.refusal(request) if request.user.is_authenticated else None
        answered: HttpResponseBase = refused or super().dispatch(  # type: ignore[misc]
            request, *args, **kwargs
        )
        return answered

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        """Return what a signed-in session is answered that may not do this, None for one that may."""
        return None if _opened(request) else response.UnauthorizedResponse(request)


class ShownJustNow(SecondFactorFirst):
    """Asks on top for a factor that was shown within the last ten minutes."""

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        refused = super().refusal(request)
        if refused is None and not factor_marks.fresh(request.session, _roles(request)):
            refused = response.ReauthenticationResponse(request)
        return refused


class RecoveryCodes(ShownJustNow, mfa.ManageRecoveryCodesView):
    """Codes for a lost second factor."""


class ChangePassword(SecondFactorFirst, account.ChangePasswordView):
    """A new password, with the old one."""


class Reauthenticate(SecondFactorFirst, account.ReauthenticateView):
    """The password once more. It says nothing of the second factor, so it opens nothing that asks for one."""


class Totp(ShownJustNow, mfa.ManageTOTPView):
    """The authenticator app. A second one does not replace the first, and the last factor stays."""

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        held = second_factor.kinds_of(request.user)  # type: ignore[arg-type]
        if not held - {Authenticator.Type.RECOVERY_CODES}:
            return None
        refused = super().refusal(request)
        if refused is not None:
            return refused
        again = request.method == "POST" and Authenticator.Type.TOTP in held
        last = request.method == "DELETE" and factor_marks.KEY not in held
        return response.ConflictResponse(request) if again or last else None


class Keys(ShownJustNow, mfa.ManageWebAuthnView):
    """Security keys and passkeys. The last factor stays, and the last key of a role that needs one."""

    http_method_names = ["get", "post", "delete"]
    input_class = {**mfa.ManageWebAuthnView.input_class, "POST": sign_in_keys.NewKey}

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        held = second_factor.kinds_of(request.user)  # type: ignore[arg-type]
        if not held - {Authenticator.Type.RECOVERY_CODES}:
            return None
        if factor_marks.KEY in held or request.method not in {*SAFE, "POST"}:
            return super().refusal(request)
        if not factor_marks.passed(request.session, request.user):
            return response.UnauthorizedResponse(request)
        return None if factor_marks.fresh(request.session) else response.ReauthenticationResponse(request)

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        gone = {one.pk for one in self.input.cleaned_data["authenticators"]}
        left = Authenticator.objects.filter(user_id=request.user.pk).exclude(pk__in=gone)
        kinds = set(left.values_list("type", flat=True)) - {Authenticator.Type.RECOVERY_CODES}
        needed = not factor_marks.NEED_KEY.isdisjoint(_roles(request))
        if not kinds or (needed and factor_marks.KEY not in kinds):
            return response.ConflictResponse(request)
        return super().delete(request, *args, **kwargs)


class ShowKey(mfa.AuthenticateWebAuthnView):
    """The security key as the second step of signing in."""

    input_class = {"POST": sign_in_keys.ShownKey}

    def handle_invalid_input(self, input: Any) -> Any:  # noqa: A002 - the library's name
        sign_in_audit.key_refused(self.stage.login.user)
        return super().handle_invalid_input(input)


class ShowKeyAgain(mfa.ReauthenticateWebAuthnView):
    """The security key once more, before something that asks for it."""

    input_class = {"POST": sign_in_keys.KeyShownAgain}

    def handle_invalid_input(self, input: Any) -> Any:  # noqa: A002 - the library's name
        sign_in_audit.key_refused(self.request.user)  # type: ignore[arg-type]
        return super().handle_invalid_input(input)


def _roles(request: HttpRequest) -> frozenset[str]:
    return actor_of(request.user).roles


def _opened(request: HttpRequest) -> bool:
    session = request.session
    return factor_marks.passed(session, request.user) and factor_marks.enough(session, _roles(request))
