"""What roles, invitations and tokens have in common: some wait for a second person, who confirms or declines them."""

from typing import Any, ClassVar, Final

from rest_framework import serializers

from api.base import Resource
from api.filters import Flag
from api.serializers import Shape
from backend.teams import second_person
from backend.teams.models.seconded import waiting

WAITING: Final = Flag(when=waiting, describe="Waits for its second person.")
ANSWERS: Final = {"confirm": second_person.may_confirm, "decline": second_person.may_decline}


class SecondedOut(Shape):
    """What a second person has to confirm, or has."""

    asked_roles = serializers.ListField(
        child=serializers.CharField(), help_text="Of these roles another person confirms; nobody if empty."
    )
    waits_until = serializers.DateTimeField(
        allow_null=True, help_text="Opens nothing before it is confirmed; in the past, it has lapsed."
    )
    confirmed_by = serializers.UUIDField(source="confirmed_by_id", allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)


class Seconded(Resource):
    """Rows that may wait. Confirming and declining ask for the second factor, as proposing does."""

    step_up: ClassVar[frozenset[str]] = frozenset(ANSWERS)

    def allows(self, obj: Any) -> bool:
        answers = ANSWERS.get(self.action or "")
        return super().allows(obj) if answers is None else answers(self.by, obj)
