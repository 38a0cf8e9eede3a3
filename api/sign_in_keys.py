"""What a security key answers, as it comes in: read without trust, and limited apart from codes.

A code can be guessed, so wrong ones lock the account's codes for a while. A signature cannot be guessed: its
attempts are counted by address, so that whoever locked the codes has not locked out the owner with the key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.headless.mfa import inputs
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData


@contextmanager
def _read_without_trust() -> Iterator[None]:
    """Turn whatever the library stumbles over in a foreign structure into one refusal."""
    try:
        yield
    except ValidationError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _check_origin(credential: Any) -> None:
    """Raise ValueError unless the browser was on this very site: the library lets pass its subdomains and ports."""
    client = CollectedClientData(websafe_decode(credential["response"]["clientDataJSON"]))
    if client.origin != origin_of(settings.SPONA_BASE_URL):
        raise ValueError


def origin_of(address: str) -> str:
    """Return the origin of an address as browsers write it: without the port that goes without saying."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in {None, usual} else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"


class NewKey(inputs.AddWebAuthnInput):
    """The answer to a registration."""

    def clean(self) -> dict[str, Any]:
        with _read_without_trust():
            _check_origin(self.cleaned_data["credential"])
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class _Shown:
    """Checks the answer to a challenge against the person's own keys."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        counted = ratelimit.consume(context.request, app="allauth.mfa", action="webauthn_login")
        if not counted:
            raise account_adapter().validation_error("too_many_login_attempts")
        with _read_without_trust():
            given = self.cleaned_data["credential"]
            _check_origin(given)
            auth.parse_authentication_response(given)
            found: Authenticator = auth.complete_authentication(self.user, given)
        return found


class ShownKey(_Shown, inputs.AuthenticateWebAuthnInput):
    """The second step of signing in."""


class KeyShownAgain(_Shown, inputs.ReauthenticateWebAuthnInput):
    """The key shown again in a session that is open."""
