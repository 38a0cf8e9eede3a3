"""Where somebody is signed in, and the end of it: of one session, of all others, or of all and of every link.

What has ended is refused at its next request. A row that ended is gone: nothing says where somebody was before.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from audit import recorder
from audit.acts import act
from backend.teams.models import Session, User
from backend.teams.sessions import stored
from backend.teams.writing import signed
from permissions.actor import Actor
from permissions.scope import NotFound


def signed_in_at(by: Actor, *, here: str) -> list[Session]:
    """Return one's own sessions that are open now, the one used last first, in one recorded read.

    That of the cookie's key `here` is being used: its row says so only after the answer.
    """
    found = list(_open(by).order_by("-used_at", "handle"))
    recorder.record(by, "account.sessions_read", team=None, kind="user", object_id=str(by.id))
    for one in found:
        if one.session_key == stored(here):
            one.used_at = timezone.now()
    return sorted(found, key=lambda one: one.session_key != stored(here))


def end_one(by: Actor, handle: UUID, *, here: str) -> bool:
    """End one of one's own sessions and say whether it was that of the cookie's key `here`.

    Raises NotFound for any other.
    """
    user = User.objects.get(pk=signed(by))
    with act(by, "account.session_ended", user, session=handle):
        row = _open(by).select_for_update().filter(handle=handle).first()
        if row is None:
            raise NotFound
        was_here = row.session_key == stored(here)
        row.delete()
    return was_here


def end_others(by: Actor, *, here: str) -> None:
    """End all of one's own sessions but that of the cookie's key `here`. Links for a new password go on."""
    user = User.objects.get(pk=signed(by))
    with act(by, "account.other_sessions_ended", user):
        end_but(user, here=here)


def end_but(user: User, *, here: str) -> None:
    """Remove every session of `user` but that of the cookie's key `here`."""
    user.sessions.exclude(session_key=stored(here)).delete()


def sign_out_everywhere(by: Actor) -> None:
    """End all of one's own sessions, this one too."""
    user = User.objects.get(pk=by.id)
    with act(by, "account.sessions_ended", user):
        end_inside_an_act(user)


def sign_out(by: Actor, user: User) -> None:
    """End all sessions of `user`, for a command at the server."""
    with act(by, "account.sessions_ended", user):
        end_inside_an_act(user)


def end_inside_an_act(user: User) -> None:
    """Make what every session and link of `user` is signed with worth nothing, and remove the sessions."""
    user.session_round += 1
    user.save()
    user.sessions.all().delete()


def _open(by: Actor) -> QuerySet[Session]:
    return Session.objects.filter(account_id=signed(by), handle__isnull=False, expire_date__gt=timezone.now())
