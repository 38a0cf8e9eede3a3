"""The link for a forgotten password: it dies with the account, with every role, and with signing out everywhere."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

from backend.teams.actors import actor_for
from backend.teams.models import User


class ResetLinks(EmailAwarePasswordResetTokenGenerator):
    """The library's links, for people who hold a role now."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        holds = user is not None and user.is_active and bool(actor_for(user.id).seats)
        return holds and bool(super().check_token(user, token))

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        return f"{super()._make_hash_value(user, timestamp)}|{user.session_round}"
