"""/recoveries: back in after every second factor was lost. Two people agree; the link is shown once, to the second."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource, changing, creating
from api.endpoint import Endpoint
from api.fields import VisibleRelatedField
from api.filters import Id
from api.resources.members import PersonOut
from api.serializers import Shape, StrictSerializer
from backend.teams import recovery
from backend.teams.accounts import ACTION
from backend.teams.models import Membership, Recovery
from backend.teams.models.base import live
from permissions.scope import NotFound

SECONDS_LOCKED = 300


class RecoveryOut(Shape):
    """Who is let back in, who said so, and until when. `link` is there in the answer that confirms it only."""

    id = serializers.UUIDField()
    membership = serializers.UUIDField(source="membership_id")
    team = serializers.UUIDField(source="team_id", allow_null=True)
    user = serializers.UUIDField(source="user_id")
    started_by = serializers.UUIDField(source="started_by_id")
    confirmed_by = serializers.UUIDField(source="confirmed_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    link = serializers.CharField(default=None, allow_null=True)


class RecoveryIn(StrictSerializer):
    """The role of the person who lost every second factor."""

    membership = VisibleRelatedField(queryset=Membership.objects.filter(live()), action=ACTION)


class UseRecoveryIn(StrictSerializer):
    """The link's secret and the person's password."""

    token = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class Recoveries(Resource):
    """Ways back in, one for each time."""

    resource = "recoveries"
    queryset = Recovery.objects.all()
    serializer_class = RecoveryOut
    actions = dict.fromkeys(("list", "retrieve", "create", "confirm", "revoke"), ACTION)
    inputs = {"create": RecoveryIn}
    filters = {"team": Id(path="team_id"), "user": Id(path="user_id")}

    @creating
    def create(self, data: dict[str, Any]) -> Recovery:
        """Start it. Somebody else has to confirm within 24 hours."""
        return recovery.start(self.by, membership=data["membership"])

    @changing
    def confirm(self, obj: Recovery, _data: dict[str, Any]) -> Recovery:
        """Confirm it as the second person, and show the link: it works once, for half an hour."""
        secret = recovery.confirm(self.by, obj)
        # After the #, so that it reaches no server's log.
        obj.link = f"{settings.SPONA_BASE_URL}/recovery#{secret}"  # type: ignore[attr-defined]
        return obj

    @changing
    def revoke(self, obj: Recovery, _data: dict[str, Any]) -> None:
        """Stop one that has not been used."""
        recovery.revoke(self.by, obj)


class UseRecovery(Endpoint):
    """Follows the link: takes the lost factors away and ends every session."""

    resource = "recoveries"
    public = True
    inputs = {"use": UseRecoveryIn}
    outputs = {"use": PersonOut}

    def use(self, request: Request, **_path: str) -> Response:
        """Show link and password. The next step is to sign in and add a second factor."""
        data = self.input()
        found = recovery.found(data["token"])
        given = {"username": found.user.username, "password": data["password"]}
        try:
            # The library counts wrong passwords for the account, here as at the sign-in page.
            shown = get_adapter().authenticate(request._request, **given)  # noqa: SLF001
        except ValidationError as locked:
            raise Throttled(wait=SECONDS_LOCKED) from locked
        if shown is None:
            raise NotFound
        recovery.use(found)
        return Response(self.output(found.user))
