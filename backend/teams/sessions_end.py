"""Signing somebody out everywhere: every session and every link for a new password ends with the next request."""

from audit.acts import act
from backend.teams.models import User
from permissions.actor import Actor


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
    """Make what every session and link of `user` is signed with worth nothing."""
    user.session_round += 1
    user.save()
