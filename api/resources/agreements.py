"""/sharing-agreements: by which an organisation sits in a team."""

from typing import Any

from rest_framework import serializers

from api.base import Resource, changing, creating
from api.fields import VisibleRelatedField
from api.filters import Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.teams import agreements
from backend.teams.models import Organisation, SharingAgreement, Team
from backend.teams.models.base import live


class AgreementOut(Shape):
    """One sharing agreement."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    organisation = serializers.UUIDField(source="organisation_id")
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class AgreementChange(StrictSerializer):
    """What may be changed of an agreement."""

    valid_from = serializers.DateTimeField(required=False)
    valid_until = serializers.DateTimeField(required=False, allow_null=True)


class AgreementIn(AgreementChange):
    """An agreement to enter; it begins now unless told."""

    team = VisibleRelatedField(queryset=Team.objects.all())
    organisation = VisibleRelatedField(queryset=Organisation.objects.all())


class Agreements(Resource):
    """Sharing agreements."""

    resource = "sharing_agreements"
    queryset = SharingAgreement.objects.all()
    serializer_class = AgreementOut
    actions = dict.fromkeys(("list", "retrieve", "create", "partial_update"), agreements.MANAGE)
    inputs = {"create": AgreementIn, "partial_update": AgreementChange}
    filters = {
        "team": Id(path="team_id"),
        "organisation": Id(path="organisation_id"),
        "live": Flag(when=live, describe="Holds now."),
    }
    orderings = {"newest": ("-valid_from", "-id")}

    @creating
    def create(self, data: dict[str, Any]) -> SharingAgreement:
        """Enter an agreement."""
        return agreements.register_agreement(self.by, **data)

    @changing
    def partial_update(self, obj: SharingAgreement, data: dict[str, Any]) -> None:
        """Change the interval."""
        agreements.change_agreement(self.by, obj, changes=data)
