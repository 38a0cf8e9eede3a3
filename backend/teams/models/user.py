"""A person with an account. A platform administrator is a role like any other: no flag opens everything."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from audit.history import ActedQuerySet, trail
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat

LANGUAGES = [("sr-Latn", "Srpski"), ("sr-Cyrl", "Српски"), ("en", "English")]


class UserManager(BaseUserManager.from_queryset(ActedQuerySet)):  # type: ignore[misc]
    """Find people by their user name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(username__iexact=username)
        return user


def _colleagues(seat: Seat) -> Q:
    return Q(memberships__organisation_id=seat.organisation_id)


def _begun(seat: Seat) -> Q:
    """A role that waits for its second person is no handle on its person, however it came about."""
    return Q(memberships__valid_from__isnull=False) if seat.team_id else Q()


class User(Versioned, AbstractBaseUser):
    """A worker, lead, officer or administrator. When somebody last signed in is not kept."""

    last_login = None
    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGES, default="sr-Latn")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Counted on to end every session and link at once: it is part of what both are signed with.
    session_round = models.PositiveIntegerField(default=0, editable=False)
    # When the person's last break-glass ends, so that requests of all others need not ask for one.
    looks_until = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    history = trail(excluded_fields=["password", "looks_until"])
    reach: ClassVar[Reach] = Reach(
        view="account.create",
        team="memberships__team_id",
        own=_colleagues,
        within=dict.fromkeys(("account.create", "account.disable"), _begun),
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="one_user_of_a_name")]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        signed = f"{self.password}\0{self.session_round}"
        return salted_hmac("spona.session", signed, secret=secret, algorithm="sha256").hexdigest()

    def check_password(self, raw_password: str | None) -> bool:
        """Compare and nothing else: the library would save a newer hash here, outside any act."""
        return check_password(raw_password, self.password)
