"""/service-tallies: how much an organisation gave in a month. Own organisation only; no person is in it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Resource, changing, creating
from api.fields import CodeField, VisibleRelatedField
from api.filters import Code, Filter, Id
from api.serializers import Shape, StrictSerializer
from backend.directory.models import Service
from backend.statistics import tallies
from backend.statistics.models import ServiceTally
from backend.statistics.tally_model import MOST
from backend.teams.models import Team

MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def first_day(text: str) -> date:
    """Return the first day of a month written as 2026-09. Raises ValueError."""
    if not MONTH.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(f"{text}-01")


@dataclass(frozen=True)
class Month(Filter):
    """A month, such as 2026-09."""

    def read(self, text: str) -> date:
        return first_day(text)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{MONTH.pattern}$"}


@extend_schema_field({"type": "string", "pattern": f"^{MONTH.pattern}$"})
class MonthField(serializers.Field[date, str, str, Any]):
    """A month such as 2026-09, kept as its first day."""

    default_error_messages = {"invalid": "invalid"}

    def to_internal_value(self, data: Any) -> date:
        try:
            return first_day(data)
        except (TypeError, ValueError):
            self.fail("invalid")

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


class TallyOut(Shape):
    """One item of one service in one month."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    organisation = serializers.UUIDField(source="organisation_id")
    service = serializers.UUIDField(source="service_id")
    item = serializers.CharField(help_text="A code of the list `tally_items`.")
    month = serializers.SerializerMethodField(help_text="Such as 2026-09.")
    amount = serializers.IntegerField(help_text="In the unit of the item.")
    version = serializers.IntegerField()

    def get_month(self, obj: ServiceTally) -> str:
        return f"{obj.month:%Y-%m}"


class AmountIn(StrictSerializer):
    """The right amount."""

    amount = serializers.IntegerField(min_value=0, max_value=MOST)


class TallyIn(AmountIn):
    """How much a service gave in a month in the town of a team."""

    team = VisibleRelatedField(queryset=Team.objects.all())
    service = VisibleRelatedField(queryset=Service.objects.all())
    item = CodeField("tally_items")
    month = MonthField()


class ServiceTallies(Resource):
    """Monthly tallies of the caller's own organisation."""

    resource = "service_tallies"
    queryset = ServiceTally.objects.all()
    serializer_class = TallyOut
    actions = dict.fromkeys(("list", "retrieve", "create", "partial_update"), tallies.RECORD)
    examples = {
        "create": {
            "team": "0b7c2f6e-5b0a-4a0e-9a55-6f0d5d3a1c11",
            "service": "5d1f8a34-2f0e-4c58-8a43-0c1c7b9be0d2",
            "item": "syringes_out",
            "month": "2026-09",
            "amount": 1200,
        },
        "partial_update": {"amount": 1150},
    }
    inputs = {"create": TallyIn, "partial_update": AmountIn}
    filters = {
        "team": Id(path="team_id"),
        "organisation": Id(path="organisation_id"),
        "service": Id(path="service_id"),
        "item": Code("tally_items"),
        "month": Month(),
    }
    orderings = {"newest": ("-month", "-id"), "oldest": ("month", "id")}

    @creating
    def create(self, data: dict[str, Any]) -> ServiceTally:
        """Record how much was given in a month."""
        return tallies.record_tally(self.by, **data)

    @changing
    def partial_update(self, obj: ServiceTally, data: dict[str, Any]) -> None:
        """Correct the amount, until the team has locked the quarter."""
        tallies.change_amount(self.by, obj, **data)
