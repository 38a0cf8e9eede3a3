"""/invitations: a place for somebody without an account. The link is shown once, in the answer that creates it."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import SIGNED_IN, changing, creating
from api.endpoint import Endpoint
from api.fields import CodeField, VisibleRelatedField
from api.filters import Code, Id
from api.resources.members import GIVES, PersonOut
from api.resources.seconded import WAITING, Seconded, SecondedOut
from api.serializers import StrictSerializer
from backend.teams import invitations, roster, second_person
from backend.teams.models import Invitation, Organisation, Team
from backend.teams.models.user import LANGUAGES

# Whoever is asked to confirm may switch accounts off in the team, too, and need not give roles.
SEES = (*GIVES, "account.disable")


class InvitationOut(SecondedOut):
    """An open, taken or revoked place, or one that waits: its link works once confirmed.

    `link` is there in the answer to its creation only.
    """

    id = serializers.UUIDField()
    role = serializers.CharField()
    team = serializers.UUIDField(source="team_id", allow_null=True)
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    services = serializers.ListField(child=serializers.CharField(), allow_null=True)
    organisation_steward = serializers.BooleanField()
    invited_by = serializers.UUIDField(source="invited_by_id")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    token = serializers.CharField(default=None, allow_null=True)
    link = serializers.CharField(default=None, allow_null=True)


class InvitationIn(StrictSerializer):
    """The role and place that somebody is invited to."""

    role = CodeField("roles")
    team = VisibleRelatedField(queryset=Team.objects.all(), required=False, allow_null=True)
    organisation = VisibleRelatedField(queryset=Organisation.objects.all(), required=False, allow_null=True)
    services = serializers.ListField(
        child=CodeField("services"), allow_null=True, required=False, max_length=40
    )
    organisation_steward = serializers.BooleanField(required=False)


class AcceptInvitationIn(StrictSerializer):
    """Who follows the link chooses a user name and a password."""

    token = serializers.CharField(max_length=200)
    username = serializers.RegexField(r"^[\w.@+-]{3,64}$", max_length=64)
    display_name = serializers.CharField(max_length=120)
    password = serializers.CharField(max_length=256, trim_whitespace=False)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)


class Invitations(Seconded):
    """Invitations."""

    resource = "invitations"
    queryset = Invitation.objects.all()
    serializer_class = InvitationOut
    actions = {
        "list": SEES,
        "retrieve": SEES,
        "create": GIVES,
        "revoke": GIVES,
        "confirm": SIGNED_IN,
        "decline": SIGNED_IN,
    }
    inputs = {"create": InvitationIn}
    filters = {
        "role": Code("roles"),
        "team": Id(path="team_id"),
        "organisation": Id(path="organisation_id"),
        "waiting": WAITING,
    }

    def get_queryset(self) -> QuerySet[Any]:
        given = roster.visible_under(self.by, Invitation.objects.all(), actions=GIVES)
        return given | second_person.to_confirm(self.by, Invitation.objects.all())

    @creating
    def create(self, data: dict[str, Any]) -> Invitation:
        """Open a place for seven days, from its confirmation where it waits for one, and show its link, once."""
        steward = data.pop("organisation_steward", False)
        invitation, secret = invitations.invite(self.by, steward=steward, **data)
        invitation.token = secret  # type: ignore[attr-defined]
        # After the #, so that it reaches no server's log.
        invitation.link = f"{settings.SPONA_BASE_URL}/invitation#{secret}"  # type: ignore[attr-defined]
        return invitation

    @changing
    def revoke(self, obj: Invitation, _data: dict[str, Any]) -> None:
        """Close a place that nobody has taken."""
        invitations.revoke(self.by, obj)

    @changing
    def confirm(self, obj: Invitation, _data: dict[str, Any]) -> None:
        """Let the link work for seven days, as the second person."""
        invitations.confirm(self.by, obj)

    @changing
    def decline(self, obj: Invitation, _data: dict[str, Any]) -> None:
        """Say no to an invitation that waits; whoever invited takes it back in this way, too."""
        invitations.decline(self.by, obj)


class AcceptInvitation(Endpoint):
    """Takes the place: the one way to an account."""

    resource = "invitations"
    public = True
    inputs = {"accept": AcceptInvitationIn}
    makes = frozenset({"accept"})
    outputs = {"accept": PersonOut}

    def accept(self, _request: Request, **_path: str) -> Response:
        """Open the account. The next step is to sign in and add a second factor."""
        data = self.input()
        user = invitations.accept(secret=data.pop("token"), **data)
        return Response(self.output(user), status=201)
