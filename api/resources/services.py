"""/services: the service directory. It answers "who here can take this need now?"."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework import serializers

from api.base import Resource, changing, creating
from api.fields import CodeField, GuardedText, VisibleRelatedField
from api.filters import Code, Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.directory import services
from backend.directory.models import Service
from backend.directory.opening import open_at
from backend.reference.lists import entry
from backend.referrals.recent import ON_SERVICE, last_referred, lately
from backend.teams.models import Organisation
from permissions.actor import Actor


@dataclass(frozen=True)
class ForNeed(Code):
    """Services that meet a need: its typical ones, and those of its groups."""

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name, by
        found = [code for need in value for code in services.codes_for_need(need)]
        return Q(code__in=found)


@dataclass(frozen=True)
class Serves(Code):
    """Services for a municipality: those that name it, and those that name none."""

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name, by
        return Q(area_served__overlap=value) | Q(area_served=[])


def _free() -> Q:
    return Q(capacity_free__gt=0)


class ScheduleField(StrictSerializer):
    """Opening hours in the manner of HSDS: days as in iCalendar, times of day."""

    byday = serializers.RegexField(r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU)){0,6}$")
    opens_at = serializers.RegexField(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
    closes_at = serializers.RegexField(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")


class ServiceOut(Shape):
    """One service of one organisation."""

    id = serializers.UUIDField()
    organisation = serializers.UUIDField(source="organisation_id")
    organisation_name = serializers.CharField(source="organisation.name")
    code = serializers.CharField(help_text="A code of the list `services`.")
    confidential = serializers.SerializerMethodField()
    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    organisation_phone = serializers.CharField(
        source="organisation.phone",
        allow_blank=True,
        help_text="To call where the service has none of its own.",
    )
    address = serializers.CharField(allow_blank=True, help_text="Empty where it must not be known.")
    area_served = serializers.ListField(
        child=serializers.CharField(), help_text="Municipalities; empty is all."
    )
    schedule = ScheduleField(many=True)
    open_now = serializers.SerializerMethodField(
        help_text="By these hours, at this moment; null where nobody can tell."
    )
    eligibility = serializers.CharField(allow_blank=True)
    capacity_free = serializers.IntegerField(allow_null=True)
    capacity_confirmed_at = serializers.DateTimeField(allow_null=True)
    assured_at = serializers.DateTimeField(allow_null=True)
    funding = serializers.CharField(allow_blank=True)
    funding_ends_on = serializers.DateField(allow_null=True)
    is_active = serializers.BooleanField()
    last_referred_at = serializers.DateTimeField(
        default=None,
        allow_null=True,
        help_text="When the caller's side last referred to it, as far as it is plain.",
    )
    version = serializers.IntegerField()

    def get_open_now(self, obj: Service) -> bool | None:
        return open_at(obj.schedule, timezone.now())

    def get_confidential(self, obj: Service) -> bool:
        return entry("services", obj.code).is_yes("confidential")


class ServiceChange(StrictSerializer):
    """What may be changed of a service."""

    name = GuardedText(max_length=160, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=32, required=False, allow_blank=True)
    address = serializers.CharField(max_length=160, required=False, allow_blank=True)
    area_served = serializers.ListField(child=CodeField("municipalities"), required=False, max_length=200)
    schedule = serializers.ListField(child=ScheduleField(), required=False, max_length=14)
    eligibility = GuardedText(max_length=280, required=False, allow_blank=True)
    funding = GuardedText(max_length=120, required=False, allow_blank=True)
    funding_ends_on = serializers.DateField(required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False)


class ServiceIn(ServiceChange):
    """A service to enter, once for each code of an organisation."""

    organisation = VisibleRelatedField(queryset=Organisation.objects.all())
    code = CodeField("services")


class CapacityIn(StrictSerializer):
    """How many places are free now."""

    free = serializers.IntegerField(min_value=0, max_value=services.MOST_PLACES)


class Services(Resource):
    """The service directory."""

    resource = "services"
    queryset = Service.objects.select_related("organisation")
    serializer_class = ServiceOut
    actions = {
        "list": "directory.view",
        "retrieve": "directory.view",
        "create": "directory.edit",
        "partial_update": "directory.edit",
        "capacity": "capacity.update",
        "assure": "directory.assure",
    }
    inputs = {"create": ServiceIn, "partial_update": ServiceChange, "capacity": CapacityIn}
    filters = {
        "code": Code("services"),
        "need": ForNeed("needs", describe="Services that meet this need."),
        "municipality": Serves("municipalities", describe="Services for this municipality."),
        "organisation": Id(path="organisation_id"),
        "free": Flag(when=_free, describe="Has free places by its last confirmation."),
        "is_active": Flag(),
        "recent": Flag(when=lately, describe="The caller's side referred to it in the last three months."),
    }
    orderings = {"code": ("code", "id")}

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().annotate(**{ON_SERVICE: last_referred(self.by)})
        return rows

    @creating
    def create(self, data: dict[str, Any]) -> Service:
        """Enter a service."""
        return services.add_service(self.by, **data)

    @changing
    def partial_update(self, obj: Service, data: dict[str, Any]) -> None:
        """Change a service's entry."""
        services.change_service(self.by, obj, changes=data)

    @changing
    def capacity(self, obj: Service, data: dict[str, Any]) -> None:
        """Say how many places are free as of now."""
        services.confirm_capacity(self.by, obj, free=data["free"])

    @changing
    def assure(self, obj: Service, _data: dict[str, Any]) -> None:
        """Confirm that the entry is as it should be."""
        services.assure_service(self.by, obj)
