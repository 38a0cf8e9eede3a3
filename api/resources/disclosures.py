"""/cases/{case_id}/disclosures: to whom what was disclosed, when, and on what basis."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Above, Resource
from api.serializers import Shape
from backend.cases.disclosing import disclosures
from backend.cases.models import Case, Disclosure


class DisclosureRow(Shape):
    """One act of disclosing."""

    id = serializers.UUIDField()
    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="Null: to the person, on request."
    )
    referral = serializers.UUIDField(source="referral_id", allow_null=True)
    data_classes = serializers.ListField(child=serializers.CharField())
    consent = serializers.UUIDField(source="consent_id", allow_null=True)
    safeguarding_basis = serializers.UUIDField(source="safeguarding_basis_id", allow_null=True)
    at = serializers.DateTimeField()


class Disclosures(Resource):
    """What was disclosed of one case, as far as the caller may know it."""

    resource = "disclosures"
    about_a_person = True
    queryset = Disclosure.objects.all()
    serializer_class = DisclosureRow
    orderings = {"newest": ("-at", "-id")}
    above = Above(Case, "case_id", "case")
    actions = {"list": "disclosure.list"}

    def get_queryset(self) -> QuerySet[Any]:
        return disclosures(self.by, self.parent)
