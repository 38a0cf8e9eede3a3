"""What the sign-in library asks of us: closed sign-up, passwords changed in an act, seeds sealed."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from audit.acts import act
from backend.teams import letters, second_factor, sessions_end
from backend.teams.models import User
from permissions.actor import Actor


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation; the library only signs people in and changes passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        account = User.objects.get(pk=user.pk)
        with act(Actor(id=account.id), "account.password_changed", account):
            account.set_password(password)
            account.save()
            sessions_end.end_but(account, here=_session_key())
        # The library goes on with its own copy: the session is kept alive under the new hash.
        user.password = account.password

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Write to the address of the account, in its language, and say nothing of the person."""
        del email
        letters.hand_over(User.objects.get(pk=user.pk), link=context["password_reset_url"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Changes of second factors ask for a factor, not for the password: `api.sign_in` sees to that."""
        return app != "allauth.mfa" and bool(super().is_reauthentication_required(app=app, **kwargs))


class MFAAdapter(DefaultMFAAdapter):
    """Seeds are sealed for the user who is signed in, or for whom `second_factor.owned_by` names."""

    def encrypt(self, text: str) -> str:
        request = context.request
        if request is None or not request.user.is_authenticated:
            return second_factor.seal(text)
        with second_factor.owned_by(request.user.pk):
            return second_factor.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factor.unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys belong to the host of SPONA_BASE_URL, whatever name the request came under."""
        return {"id": relying_party(), "name": settings.MFA_TOTP_ISSUER}


def _session_key() -> str:
    """Return the key of the session under way; empty where a link is followed without one, or a command runs."""
    request = context.request
    return str(request.session.session_key or "") if request is not None else ""


def relying_party() -> str:
    """Return the id under which security keys are registered: the host that people use."""
    return urlsplit(settings.SPONA_BASE_URL).hostname or ""


class HeadlessAdapter(DefaultHeadlessAdapter):
    """What the library answers about a user, without a look at its table of e-mail addresses."""

    def serialize_user(self, user: AbstractBaseUser) -> dict[str, Any]:
        return {
            "id": str(user.pk),
            "display": getattr(user, "display_name", ""),
            "username": user.get_username(),
            "has_usable_password": user.has_usable_password(),
        }
