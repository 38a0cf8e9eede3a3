"""/organisations: who takes part and whom one may refer to. Everybody sees them, the Office keeps them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from rest_framework import serializers

from api.base import Resource, changing, creating
from api.fields import CodeField
from api.filters import Code, Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.teams import organisations
from backend.teams.models import Municipality, Organisation, SharingAgreement
from backend.teams.models.base import live
from permissions.actor import Actor


@dataclass(frozen=True)
class SitsIn(Id):
    """The team in which the organisation sits now."""

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name, by
        agreements = SharingAgreement.objects.filter(live(), organisation_id=OuterRef("pk"))
        return Q(Exists(agreements.filter(team_id=value)))


class OrganisationOut(Shape):
    """One organisation. Without accounts it gets printed letters, and others report its answers."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sector = serializers.CharField(help_text="A code of the list `sectors`.")
    municipality = serializers.CharField(source="municipality.code", default=None, allow_null=True)
    phone = serializers.CharField(allow_blank=True)
    has_accounts = serializers.BooleanField()
    is_active = serializers.BooleanField()
    version = serializers.IntegerField()


class OrganisationIn(StrictSerializer):
    """An organisation to enter, or what to change of it."""

    name = serializers.CharField(max_length=160)
    sector = CodeField("sectors")
    municipality = CodeField("municipalities", required=False, allow_null=True)
    phone = serializers.CharField(max_length=32, required=False, allow_blank=True)
    has_accounts = serializers.BooleanField(required=False)


class OrganisationChange(OrganisationIn):
    """What to change of an organisation; `is_active` false takes its workers' access at once."""

    is_active = serializers.BooleanField(required=False)


class Organisations(Resource):
    """Organisations."""

    resource = "organisations"
    queryset = Organisation.objects.select_related("municipality")
    serializer_class = OrganisationOut
    actions = {
        "list": "directory.view",
        "retrieve": "directory.view",
        "create": "organisation.manage",
        "partial_update": "organisation.manage",
    }
    inputs = {"create": OrganisationIn, "partial_update": OrganisationChange}
    filters = {
        "sector": Code("sectors"),
        "municipality": Code("municipalities", path="municipality__code"),
        "team": SitsIn(describe="The team in which the organisation sits now."),
        "has_accounts": Flag(),
        "is_active": Flag(),
    }
    orderings = {"name": ("sort_key", "id")}

    @creating
    def create(self, data: dict[str, Any]) -> Organisation:
        """Enter an organisation."""
        return organisations.create_organisation(self.by, **_with_municipality(data))

    @changing
    def partial_update(self, obj: Organisation, data: dict[str, Any]) -> None:
        """Change an organisation's entry."""
        organisations.change_organisation(self.by, obj, changes=_with_municipality(data))


def _with_municipality(data: dict[str, Any]) -> dict[str, Any]:
    code = data.get("municipality")
    found = Municipality.objects.get(code=code) if code else None
    return {**data, "municipality": found} if "municipality" in data else data
