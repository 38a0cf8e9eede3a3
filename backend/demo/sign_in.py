"""The one password of the demo and the seeds of its second factors. All of it is public: this is a demo.

A seed follows from the user name alone, so that anybody who tries the demo can have the current code.
"""

import hashlib
from base64 import b32encode
from datetime import datetime
from typing import Final

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from backend.demo.software_key import SoftwareKey
from backend.teams.adapters import relying_party

PASSWORD: Final = "Reka-Drina-i-7-gradova"  # noqa: S105 - public on purpose
SEED_BYTES: Final = 20
STEP_SECONDS: Final = 30
# A code that is about to end has ended before it is typed.
LASTING_SECONDS = 6


def totp_secret(username: str) -> str:
    """Return the seed of an account's second factor, base32."""
    digest = hashlib.sha256(f"spona demo, second factor of {username}".encode()).digest()
    return b32encode(digest[:SEED_BYTES]).decode()


def totp_code(username: str, *, at: datetime) -> str:
    """Return the six digits that an authenticator app shows for the account at this moment."""
    counter = int(at.timestamp()) // STEP_SECONDS
    code: str = format_hotp_value(hotp_value(totp_secret(username), counter))
    return code


def until_lasting(at: datetime) -> float:
    """Return for how many seconds to wait so that the code of the moment after it holds for some seconds more."""
    left = STEP_SECONDS - at.timestamp() % STEP_SECONDS
    return left if left < LASTING_SECONDS else 0.0


def software_key(username: str) -> SoftwareKey:
    """Return the security key of an account at this installation."""
    return SoftwareKey(username, rp_id=relying_party(), origin=settings.SPONA_BASE_URL)
