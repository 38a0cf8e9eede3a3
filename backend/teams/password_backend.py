"""Who is signed in: the account of a session, fetched together with the roles that are live now."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from backend.teams.actors import person
from backend.teams.models import User
from backend.teams.sessions import take_account


class Passwords(AuthenticationBackend):
    """Signs in with name and password; finds a session's account in the one query that also finds its seats."""

    def get_user(self, user_id: Any) -> User | None:
        user = take_account(user_id) or person(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
