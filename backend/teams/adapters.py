"""What the sign-in library asks of us: closed sign-up, passwords changed in an act, seeds sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from audit.acts import act
from backend.teams import second_factor
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
        # The library goes on with its own copy: the session is kept alive under the new hash.
        user.password = account.password

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who has just signed in to add the first second factor is not asked for the password
        again."""
        user = context.request.user
        if app == "allauth.mfa" and user.is_authenticated and not second_factor.has_one(user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


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


class HeadlessAdapter(DefaultHeadlessAdapter):
    """What the library answers about a user, without a look at its table of e-mail addresses."""

    def serialize_user(self, user: AbstractBaseUser) -> dict[str, Any]:
        return {
            "id": str(user.pk),
            "display": getattr(user, "display_name", ""),
            "username": user.get_username(),
            "has_usable_password": user.has_usable_password(),
        }
