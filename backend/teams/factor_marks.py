"""What a session remembers of the second factors shown in it: by whom, of which kind, and when.

A role that can open or undo much needs a security key (WebAuthn): a code can be asked out of somebody by a
false page, an answer of the key cannot. And what asks for the factor again wants one shown just now.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

PASSED: Final = "spona.second_factor"
SHOWN: Final = "spona.second_factor_shown"
KEY: Final = Authenticator.Type.WEBAUTHN.value
# How long a factor counts as shown just now.
FRESH: Final = timedelta(minutes=10)
NEED_KEY: Final = frozenset(
    {
        "municipal_lead",
        "national_analyst",
        "release_officer",
        "directory_admin",
        "key_custodian",
        "platform_admin",
    }
)


def mark_passed(session: SessionBase, user_id: UUID, *, kind: str) -> None:
    """Note in the session that `user_id` has shown a second factor of this kind in it, now."""
    before = session.get(SHOWN, {}) if session.get(PASSED) == str(user_id) else {}
    session[PASSED] = str(user_id)
    session[SHOWN] = {**before, kind: timezone.now().timestamp()}


def passed(session: SessionBase, user: Any) -> bool:
    """Say whether somebody is signed in and has shown a second factor of any kind in this session."""
    return bool(user.is_authenticated) and session.get(PASSED) == str(user.pk)


def enough(session: SessionBase, roles: Collection[str]) -> bool:
    """Say whether what was shown opens the session for these roles: some need the key."""
    return KEY in session.get(SHOWN, {}) or NEED_KEY.isdisjoint(roles)


def fresh(session: SessionBase, roles: Collection[str] = ()) -> bool:
    """Say whether a factor that is enough for these roles was shown within the last ten minutes."""
    shown = session.get(SHOWN, {})
    kinds = set(shown) if NEED_KEY.isdisjoint(roles) else {KEY} & set(shown)
    oldest = (timezone.now() - FRESH).timestamp()
    return any(shown[kind] > oldest for kind in kinds)
