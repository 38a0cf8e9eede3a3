"""/members: who holds which role. One sees the own team as its coordinator or lead, else the own organisation."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.attempt import Target, attempt
from api.base import SIGNED_IN, changing, creating
from api.fields import CodeField, KeyField, VisibleRelatedField
from api.filters import Code, Flag, Id
from api.resources.seconded import WAITING, Seconded, SecondedOut
from api.serializers import Shape, StrictSerializer
from backend.cases import departures
from backend.errors import Fault, Invalid
from backend.teams import accounts, acting, people, roster, second_person
from backend.teams.models import Membership, Organisation, Team, User
from backend.teams.models.base import live

# Which of them it takes depends on the role; the service asks for the right one.
GIVES = (
    "membership.manage",
    "membership.appoint_coordinator",
    "membership.invite_own",
    "role.appoint",
    "account.create",
)


# What reaches the whole account is done by a live role only.
WHOLE_ACCOUNT = ("disable", "sign_out")


class PersonOut(Shape):
    """Somebody, as colleagues know them."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    is_active = serializers.BooleanField()


class MemberOut(SecondedOut):
    """One role of one person. A new one that waits has no `valid_from`."""

    id = serializers.UUIDField()
    user = PersonOut()
    role = serializers.CharField(help_text="A code of the list `roles`.")
    team = serializers.UUIDField(source="team_id", allow_null=True)
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    services = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Only referrals to these; null is all."
    )
    organisation_steward = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    valid_from = serializers.DateTimeField(allow_null=True)
    valid_until = serializers.DateTimeField(allow_null=True)
    proposed_by = serializers.UUIDField(source="proposed_by_id", allow_null=True)
    wanted = serializers.DictField(
        allow_null=True, help_text="What a change that waits would set: services, steward's flag, end."
    )
    version = serializers.IntegerField()


class MemberChange(StrictSerializer):
    """What may be changed of a role."""

    services = serializers.ListField(
        child=CodeField("services"), allow_null=True, required=False, max_length=40
    )
    organisation_steward = serializers.BooleanField(required=False)
    valid_until = serializers.DateTimeField(required=False, allow_null=True)


class MemberIn(MemberChange):
    """A role for somebody who has an account already; others are invited."""

    username = KeyField(of=User, max_length=64)
    role = CodeField("roles")
    team = VisibleRelatedField(queryset=Team.objects.all(), required=False, allow_null=True)
    organisation = VisibleRelatedField(queryset=Organisation.objects.all(), required=False, allow_null=True)


class MemberEnd(StrictSerializer):
    """When a role ends; now unless told."""

    at = serializers.DateTimeField(required=False)


class ActingIn(StrictSerializer):
    """Why and until when a deputy acts as the coordinator."""

    reason = serializers.ChoiceField(choices=sorted(acting.REASONS))
    until = serializers.DateTimeField(required=False, allow_null=True)


class Members(Seconded):
    """Roles of people."""

    resource = "members"
    queryset = Membership.objects.select_related("user")
    serializer_class = MemberOut
    actions = {
        "list": roster.VIEWS,
        "retrieve": roster.VIEWS,
        "create": GIVES,
        "partial_update": GIVES,
        "end": GIVES,
        "start_acting": "membership.manage",
        "end_acting": roster.VIEWS,
        "disable": accounts.ACTION,
        "enable": accounts.SWITCHES_ON,
        "sign_out": accounts.ACTION,
        "confirm": SIGNED_IN,
        "decline": SIGNED_IN,
    }
    inputs = {
        "create": MemberIn,
        "partial_update": MemberChange,
        "end": MemberEnd,
        "start_acting": ActingIn,
    }
    filters = {
        "role": Code("roles"),
        "team": Id(path="team_id"),
        "organisation": Id(path="organisation_id"),
        "user": Id(path="user_id"),
        "live": Flag(when=live, describe="Held now."),
        "waiting": WAITING,
    }

    def get_queryset(self) -> QuerySet[Any]:
        asked = second_person.to_confirm(self.by, Membership.objects.all())
        rows = (roster.members_visible_to(self.by) | asked).select_related("user")
        return accounts.ways_in(self.by, rows) if self.action in WHOLE_ACCOUNT else rows

    @creating
    def create(self, data: dict[str, Any]) -> Membership:
        """Give somebody a role; where it waits for a second person, it begins when that one confirms."""
        username = data.pop("username")
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        if user is None:
            attempt().probed = Target(User, "")
            raise Invalid(Fault("/username", "unknown_id"))
        steward = data.pop("organisation_steward", False)
        return people.add_membership(self.by, user=user, steward=steward, **data)

    @changing
    def partial_update(self, obj: Membership, data: dict[str, Any]) -> None:
        """Change services, the steward's flag or the end of a role; what gives more may wait, in `wanted`."""
        people.change_membership(self.by, obj, changes=data)

    @changing
    def end(self, obj: Membership, data: dict[str, Any]) -> None:
        """End a role; whoever holds cases through it is replaced."""
        departures.end_membership(self.by, obj, at=data.get("at"))

    @changing
    def confirm(self, obj: Membership, _data: dict[str, Any]) -> None:
        """Let a role begin, or a change of one hold, as the second person."""
        people.confirm_membership(self.by, obj)

    @changing
    def decline(self, obj: Membership, _data: dict[str, Any]) -> None:
        """Say no to what waits; whoever proposed it takes it back in this way."""
        people.decline_membership(self.by, obj)

    @changing
    def start_acting(self, obj: Membership, data: dict[str, Any]) -> None:
        """Let a deputy act in the coordinator's place."""
        acting.start_acting(self.by, obj, reason=data["reason"], until=data.get("until"))

    @changing
    def end_acting(self, obj: Membership, _data: dict[str, Any]) -> None:
        """End the deputy's acting."""
        acting.end_acting(self.by, obj)

    @changing
    def disable(self, obj: Membership, _data: dict[str, Any]) -> None:
        """Switch the person's account off: sessions and tokens end with the next request.

        For whoever reaches every live role of the person; a platform administrator does.
        """
        accounts.disable_account(self.by, obj)

    @changing
    def enable(self, obj: Membership, _data: dict[str, Any]) -> None:
        """Switch the person's account on again. Sessions and tokens of before stay ended."""
        accounts.enable_account(self.by, obj)

    @changing
    def sign_out(self, obj: Membership, _data: dict[str, Any]) -> None:
        """End every session of the person; the account stays. For whoever may switch it off."""
        accounts.sign_out_member(self.by, obj)
