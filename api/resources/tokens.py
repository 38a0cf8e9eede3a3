"""/tokens: machine tokens of a team. The secret is shown once, in the answer that issues it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import SIGNED_IN, changing, creating
from api.fields import VisibleRelatedField
from api.filters import Id
from api.resources.seconded import WAITING, Seconded, SecondedOut
from api.serializers import StrictSerializer
from backend.teams import networks, second_person, tokens
from backend.teams.models import MachineToken, Team, User
from permissions.roles import POLICY

OPERATIONS = sorted(set(POLICY) - tokens.NEVER)


# The lead is asked to confirm, and issues no tokens.
SEES = (tokens.ISSUE, "membership.manage")


class TokenOut(SecondedOut):
    """One token, of use once it is confirmed where it waits.

    `secret` is there in the answer that issues or rotates it only.
    """

    id = serializers.UUIDField()
    name = serializers.CharField()
    team = serializers.UUIDField(source="team_id", allow_null=True)
    acting_for = serializers.UUIDField(source="acting_for_id")
    issued_by = serializers.UUIDField(source="issued_by_id")
    operations = serializers.ListField(child=serializers.CharField())
    networks = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    rotated_from = serializers.UUIDField(source="rotated_from_id", allow_null=True)
    version = serializers.IntegerField()
    secret = serializers.CharField(default=None, allow_null=True)


class TokenIn(StrictSerializer):
    """What a token may do, for whom, where and until when (at most 90 days)."""

    name = serializers.CharField(max_length=80)
    team = VisibleRelatedField(queryset=Team.objects.all())
    acting_for = VisibleRelatedField(queryset=User.objects.all(), action="account.disable")
    operations = serializers.ListField(
        child=serializers.ChoiceField(choices=OPERATIONS), min_length=1, max_length=len(OPERATIONS)
    )
    networks = serializers.ListField(
        child=serializers.CharField(max_length=43),
        max_length=networks.MOST,
        required=False,
        help_text="Where it works from, as CIDR; everywhere unless told.",
    )
    expires_at = serializers.DateTimeField(required=False)


class Tokens(Seconded):
    """Machine tokens."""

    resource = "tokens"
    queryset = MachineToken.objects.all()
    serializer_class = TokenOut
    actions = {
        "list": SEES,
        "retrieve": SEES,
        **dict.fromkeys(("create", "rotate", "revoke"), tokens.ISSUE),
        "confirm": SIGNED_IN,
        "decline": SIGNED_IN,
    }
    inputs = {"create": TokenIn}
    filters = {"team": Id(path="team_id"), "acting_for": Id(path="acting_for_id"), "waiting": WAITING}

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset() | second_person.to_confirm(self.by, MachineToken.objects.all())

    @creating
    def create(self, data: dict[str, Any]) -> MachineToken:
        """Issue a token and show its secret, once; where it waits for a second person, it works when confirmed."""
        return _with_secret(*tokens.issue(self.by, **data))

    @changing
    def rotate(self, obj: MachineToken, _data: dict[str, Any]) -> MachineToken:
        """Issue a successor and show its secret; once it works, the old token ends within seven days."""
        return _with_secret(*tokens.rotate(self.by, obj))

    @changing
    def revoke(self, obj: MachineToken, _data: dict[str, Any]) -> None:
        """End a token at once."""
        tokens.revoke(self.by, obj)

    @changing
    def confirm(self, obj: MachineToken, _data: dict[str, Any]) -> None:
        """Let a token work, as the second person."""
        tokens.confirm(self.by, obj)

    @changing
    def decline(self, obj: MachineToken, _data: dict[str, Any]) -> None:
        """Say no to a token that waits; whoever issued it takes it back in this way, too."""
        tokens.decline(self.by, obj)


def _with_secret(token: MachineToken, secret: str) -> MachineToken:
    token.secret = secret  # type: ignore[attr-defined]
    return token
