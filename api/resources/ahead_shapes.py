"""What is asked and answered before a referral is written: what it would share, on what, and who has one already."""

from rest_framework import serializers

from api.fields import CodeField, IdField
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case, Consent, SafeguardingBasis
from backend.directory.models import Service
from backend.referrals.access import CONFIDENTIAL
from backend.referrals.models import Referral
from backend.teams.models import Organisation


class AheadIn(StrictSerializer):
    """To whom and for what. Either `service`, or `recipient` and `service_code`: in a body, where no log keeps it."""

    service = IdField(of=Service, required=False)
    service_code = CodeField("services", required=False)
    recipient = IdField(of=Organisation, required=False)
    need = IdField(of=Case, required=False, help_text="The need of the case that is to be answered.")
    data_classes = serializers.ListField(child=CodeField("data_classes"), required=False)
    consent = IdField(of=Consent, required=False)
    safeguarding_basis = IdField(of=SafeguardingBasis, required=False)
    requester = IdField(
        of=Organisation, required=False, help_text="Where the caller works for several organisations."
    )
    with_note = serializers.BooleanField(default=False, help_text="A note is to go with it.")


class LiveReferral(Shape):
    """An open referral of the case to the same organisation or service, as far as the caller sees it."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    status = serializers.CharField()
    recipient = serializers.UUIDField(source="recipient_organisation_id", allow_null=True)
    service_code = serializers.SerializerMethodField(help_text="Reads `confidential` where it is sealed.")
    due_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)

    def get_service_code(self, row: Referral) -> str:
        return row.service_code if row.sealed_service is None else CONFIDENTIAL


class AheadOut(Shape):
    """What would become of it. It could be sent now where `refused` is empty."""

    recipient = serializers.UUIDField(allow_null=True)
    refused = serializers.CharField(
        allow_blank=True,
        help_text="The code with which sending would be refused: `not_covered`, `not_next_in_order`, ...",
    )
    needed = serializers.ListField(
        child=serializers.CharField(), help_text="Classes that a consent has to cover for this referral."
    )
    data_classes = serializers.ListField(
        child=serializers.CharField(), help_text="What the recipient will see once it has accepted."
    )
    consent = serializers.UUIDField(allow_null=True)
    safeguarding_basis = serializers.UUIDField(allow_null=True)
    until = serializers.DateTimeField(
        allow_null=True, help_text="When the basis ends, and the access with it."
    )
    live = LiveReferral(many=True)
