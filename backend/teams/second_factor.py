"""Second factors in the database: seeds sealed for their owner, keys bound to theirs.

The library stores seeds as text and does not say whose they are when it asks to seal or open one. So the
text names
its owner, the owner's key is bound into the envelope, and `belongs_to` refuses a text that was moved to
another row.
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from audit.actor import By
from audit.acts import act
from backend.encryption import vault
from backend.encryption.cipher import IntegrityFailure
from backend.teams.models import User

LABEL: Final = "user.second_factor"
# Where the row of a security key says whose it is.
BOUND: Final = "spona.bound"

_owner: ContextVar[UUID | None] = ContextVar("owner_of_the_seed", default=None)


@contextmanager
def owned_by(user_id: UUID) -> Iterator[None]:
    """Seal the seeds made inside this block for `user_id`."""
    token = _owner.set(user_id)
    try:
        yield
    finally:
        _owner.reset(token)


def seal(text: str) -> str:
    """Seal a seed for the owner named by `owned_by`: `<owner id>.<envelope in base64>`. Needs the
    platform's root."""
    owner = _owner.get()
    if owner is None:
        raise RuntimeError("A seed has an owner: seal it inside owned_by().")
    vault.create_key(owner_id=owner, team_id=None)
    envelope = vault.seal_for(owner_id=owner, record_id=owner, label=LABEL, revision=1, value=text)
    return f"{owner}.{base64.b64encode(envelope).decode()}"


def unseal(text: str) -> str:
    """Open what `seal` made. Raises IntegrityFailure for anything else, KeyGone when the owner's key is
    destroyed."""
    named, _, encoded = text.partition(".")
    try:
        owner, envelope = UUID(named), base64.b64decode(encoded, validate=True)
    except ValueError:
        raise IntegrityFailure from None
    value = vault.open_for(owner_id=owner, record_id=owner, label=LABEL, envelope=envelope, revision=1)
    if not isinstance(value, str):
        raise IntegrityFailure
    return value


def belongs_to(authenticator: Authenticator, user_id: UUID) -> bool:
    """Say whether the sealed text in the row names the owner of the row, and for a key this very key."""
    data = authenticator.data
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        sealed = str(data.get(BOUND, ""))
        return _names(sealed, user_id) and unseal(sealed) == _digest(data)
    return _names(str(data.get("secret") or data.get("seed") or ""), user_id)


def bind(authenticator: Authenticator) -> None:
    """Seal into a new key's row whose it is. Nothing else in such a row is secret, so it could be moved."""
    with owned_by(authenticator.user_id):
        authenticator.data[BOUND] = seal(_digest(authenticator.data))


def _names(sealed: str, user_id: UUID) -> bool:
    return sealed.partition(".")[0] == str(user_id)


def _digest(data: dict[str, Any]) -> str:
    return sha256(json.dumps(data["credential"], sort_keys=True).encode()).hexdigest()


def has_one(user: User) -> bool:
    """Say whether `user` has a second factor (recovery codes alone are none)."""
    return kinds_of(user) - {Authenticator.Type.RECOVERY_CODES.value} != set()


def kinds_of(user: User) -> set[str]:
    """Return the kinds of second factor that `user` has: totp, webauthn, recovery_codes."""
    return set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))


def with_kinds(users: QuerySet[User]) -> QuerySet[User]:
    """Return the users with what `kinds_of` says of each as `factor_kinds`, in the same query."""
    held = Authenticator.objects.filter(user_id=OuterRef("pk"))
    return users.annotate(factor_kinds=ArraySubquery(held.values("type")))


def enrol_totp(user: User, secret: str, *, by: By) -> None:
    """Give `user` the TOTP seed `secret` (base32) in place of every other factor. For commands and the demo.

    Sign-in by people goes through the library; this is the same row, written in an act of its own.
    """
    with act(by, "account.factor_set", user), owned_by(user.id):
        remove_all(user)
        TOTP.activate(user, secret)


def enrol_key(user: User, credential: dict[str, Any], *, by: By) -> None:
    """Give `user` the security key of a registration answer in place of any other. For the demo and tests."""
    with act(by, "account.factor_set", user):
        Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).delete()
        WebAuthn.add(user, "software", credential)


def remove_all(user: User) -> None:
    """Take every second factor from `user`, inside the running act: the next sign-in adds a first one."""
    for factor in Authenticator.objects.filter(user_id=user.pk):
        factor.delete()
