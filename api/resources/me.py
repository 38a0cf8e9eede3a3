"""/me: who is signed in, with which roles, and what these may do at all."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.attempt import attempt
from api.base import SIGNED_IN, Resource, changing
from api.endpoint import SAFE
from api.filters import Whole
from api.refusals import StepUpNeeded
from api.resources.organisations import OrganisationOut
from api.resources.teams import TeamOut
from api.serializers import Shape, StrictSerializer
from backend.referrals.inbox import pending
from backend.teams import people, second_factor, sessions_end
from backend.teams.draft_keys import draft_key
from backend.teams.models import Organisation, Team, User
from backend.teams.models.user import LANGUAGES
from backend.teams.writing import signed
from permissions.roles import POLICY


class SeatOut(Shape):
    """One role that is live now."""

    role = serializers.CharField()
    team = serializers.UUIDField(source="team_id", allow_null=True)
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    services = serializers.ListField(child=serializers.CharField(), allow_null=True)
    steward = serializers.BooleanField()
    acting = serializers.BooleanField(help_text="The deputy acts in the coordinator's place now.")


class MeOut(Shape):
    """The account with its live roles. `may` names the actions that some role allows; the object decides."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    language = serializers.ChoiceField(choices=LANGUAGES)
    kind = serializers.ChoiceField(choices=["user", "token"])
    seats = SeatOut(many=True)
    organisations = OrganisationOut(many=True)
    teams = TeamOut(many=True)
    email = serializers.CharField(allow_blank=True, help_text="Where letters go; shown to nobody else.")
    second_factors = serializers.ListField(child=serializers.CharField())
    pending = serializers.IntegerField(help_text="Referrals in the inbox that await the caller.")
    may = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class MeChange(StrictSerializer):
    """What people change of their own account."""

    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    display_name = serializers.CharField(max_length=120, required=False)
    email = serializers.EmailField(
        max_length=254,
        required=False,
        allow_blank=True,
        help_text="A forgotten password is reset by a letter to it, so the second factor is asked for again.",
    )


class DraftKeyOut(Shape):
    """A key for texts that were not sent yet, and the name by which the same one is asked for again."""

    key_id = serializers.IntegerField()
    key = serializers.CharField(
        help_text="32 bytes, base64. The same at each call until a newer one is there."
    )


class Me(Resource):
    """The account that asks."""

    resource = "me"
    queryset = User.objects.all()
    serializer_class = MeOut
    actions = dict.fromkeys(("retrieve", "partial_update", "sign_out_everywhere", "draft_key"), SIGNED_IN)
    inputs = {"partial_update": MeChange}
    outputs = {"draft_key": DraftKeyOut}
    people_only = frozenset({"partial_update", "sign_out_everywhere", "draft_key"})
    parameters = {"draft_key": {"key_id": Whole(describe="An older key, as long as it is there.")}}
    read_verb: ClassVar[str | None] = ""

    def get_object(self) -> User:
        user = second_factor.with_kinds(User.objects.all()).get(pk=signed(self.by))
        if self.request.method not in SAFE:
            self.expect_version(user)
        return user

    def show(self, obj: User) -> Any:
        by = self.by
        said = {
            name: getattr(obj, name) for name in ("id", "username", "display_name", "language", "version")
        }
        said["email"] = obj.email if by.kind == "user" else ""
        said["teams"] = _named(Team, {seat.team_id for seat in by.seats})
        said["organisations"] = _named(Organisation, {seat.organisation_id for seat in by.seats})
        said["kind"], said["seats"] = by.kind, by.seats
        said["second_factors"] = sorted(obj.factor_kinds)  # type: ignore[attr-defined]
        said["pending"] = pending(by)
        said["may"] = sorted(action for action in POLICY if by.seats_for(action))
        return super().show(said)

    @changing
    def partial_update(self, obj: User, data: dict[str, Any]) -> None:
        """Change one's own language, display name or address for letters."""
        if "email" in data and data["email"] != obj.email and not attempt().fresh:
            raise StepUpNeeded
        people.change_account(self.by, obj, changes=data)

    @changing
    def sign_out_everywhere(self, _obj: User, _data: dict[str, Any]) -> None:
        """End every session of one's own, this one too. Tokens go on: they are revoked one by one."""
        sessions_end.sign_out_everywhere(self.by)

    def draft_key(self, _request: Request) -> Response:
        """Answer the key under which the browser of a person keeps what was not sent. Never to a machine."""
        return Response(self.output(draft_key(self.by, generation=self.parameter("key_id"))))


def _named(model: Any, ids: set[Any]) -> Any:
    wanted = ids - {None}
    return model.objects.filter(pk__in=wanted).select_related("municipality").order_by("pk") if wanted else ()
