"""What happens at the door goes to the audit log: signing in and out, failures, factors and passwords.

Successes join the transaction of the request, so nobody is in without an entry. Failures go past its
rollback.
"""

from typing import Any
from uuid import UUID

from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from audit import recorder
from backend.encryption.cipher import IntegrityFailure
from backend.teams import factor_marks, second_factor
from backend.teams.actors import actor_for
from backend.teams.models import User
from backend.teams.roster import home_of
from permissions.actor import Actor

ANONYMOUS = Actor(id=None, kind="anonymous")
SHORT_IDLE_ROLES = frozenset({"municipal_lead", "platform_admin", "key_custodian", "directory_admin"})


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    roles = actor_for(user.id).roles
    agent = request.headers.get("User-Agent", "")
    request.session.begin(short=bool(roles & SHORT_IDLE_ROLES), agent=agent)  # type: ignore[attr-defined]
    done = factor_marks.passed(request.session, user) and factor_marks.enough(request.session, roles)
    _record(Actor(id=user.id), "account.signed_in", user.id, second_factor=done)


@receiver(user_logged_out)
def signed_out(user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        _record(Actor(id=user.id), "account.signed_out", user.id)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], **_kwargs: Any) -> None:
    """Record for whom, if there is such a person. What was typed is not kept: it may be a password."""
    known = User.objects.filter(username__iexact=str(credentials.get("username", ""))[:64]).first()
    _record_denied(ANONYMOUS, known.id if known else None, "wrong_credentials")


@receiver(factors.authentication_failed)
def code_refused(user: User, **_kwargs: Any) -> None:
    _record_denied(Actor(id=user.id), user.id, "wrong_code")


def key_refused(user: User) -> None:
    """Record an answer of a security key that does not hold; the library has no signal for it."""
    _record_denied(Actor(id=user.id), user.id, "wrong_key")


@receiver(factors.authenticator_used)
def factor_used(request: HttpRequest, user: User, *, authenticator: Authenticator, **_kwargs: Any) -> None:
    if not second_factor.belongs_to(authenticator, user.pk):
        raise IntegrityFailure
    kind = str(authenticator.type)
    factor_marks.mark_passed(request.session, user.pk, kind=kind)
    _record(Actor(id=user.pk), "account.factor_used", user.pk, factor=kind)


@receiver(factors.authenticator_added)
def factor_added(request: HttpRequest, user: User, *, authenticator: Authenticator, **_kwargs: Any) -> None:
    """The new factor was shown to add it, so this session has passed; its old key is worth nothing now."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        factor_marks.mark_passed(request.session, user.pk, kind=str(authenticator.type))
        request.session.cycle_key()


@receiver(pre_save, sender=Authenticator)
def key_bound(instance: Authenticator, **_kwargs: Any) -> None:
    if instance._state.adding and instance.type == Authenticator.Type.WEBAUTHN:
        second_factor.bind(instance)


@receiver(post_save, sender=Authenticator)
def factor_saved(instance: Authenticator, *, created: bool, **_kwargs: Any) -> None:
    if created:
        _record_factor("account.factor_added", instance)


@receiver(post_delete, sender=Authenticator)
def factor_removed(instance: Authenticator, **_kwargs: Any) -> None:
    _record_factor("account.factor_removed", instance)


def _record_factor(verb: str, factor: Authenticator) -> None:
    _record(Actor(id=factor.user_id), verb, factor.user_id, factor=str(factor.type))


def _record(by: Actor, verb: str, user_id: UUID, **facts: bool | str) -> None:
    recorder.record(by, verb, team=None, kind="user", object_id=str(user_id), **facts)


def _record_denied(by: Actor, user_id: UUID | None, code: str) -> None:
    """Record a failure where it concerns somebody: in the log of the account's team, which its lead reviews."""
    object_id, team = str(user_id) if user_id else "", home_of(user_id)
    recorder.record_denied(by, "account.signed_in", team=team, kind="user", object_id=object_id, code=code)
