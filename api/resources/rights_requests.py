"""/rights-requests: what a person asked for by right, until it is answered; and the export of everything held."""

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.attempt import Target, attempt
from api.base import Resource, answering, changing, creating
from api.denials import by_key
from api.fields import IdField, KeyField
from api.filters import Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case
from backend.rights import requests, terms
from backend.rights.export import export_everything
from backend.rights.models import RightsRequest
from backend.rights.requests import ANSWER, RECORD
from backend.teams.models import Organisation


class RequestOut(Shape):
    """One request: codes and dates, nothing of what is held."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    team = serializers.UUIDField(source="team_id")
    kind = serializers.ChoiceField(choices=terms.KINDS)
    channel = serializers.ChoiceField(choices=terms.CHANNELS)
    received_on = serializers.DateField()
    due_on = serializers.DateField(help_text="Thirty days after receipt, ninety once it was prolonged.")
    prolong_reason = serializers.CharField(allow_blank=True)
    recorded_by = serializers.UUIDField()
    recorded_for = serializers.UUIDField(source="recorded_for_id", allow_null=True)
    recorded_at = serializers.DateTimeField()
    confirmed_by = serializers.UUIDField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(
        allow_blank=True, help_text="`granted`, `partly`, `refused`; empty before it."
    )
    answer_reason = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    exported_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class RequestIn(StrictSerializer):
    """What was asked, how, and when it came in."""

    case = KeyField(of=Case, action=RECORD, max_length=40, help_text="The id of a case, or its code.")
    kind = serializers.ChoiceField(choices=terms.KINDS)
    channel = serializers.ChoiceField(choices=terms.CHANNELS)
    received_on = serializers.DateField()
    organisation = IdField(of=Organisation, required=False, help_text="For which of the own it is recorded.")


class ProlongIn(StrictSerializer):
    """Why it takes sixty days more."""

    reason = serializers.ChoiceField(choices=terms.PROLONG_REASONS)


class RequestAnswerIn(StrictSerializer):
    """What was done about it; less than all needs a reason."""

    answer = serializers.ChoiceField(choices=terms.ANSWERS)
    reason = serializers.ChoiceField(choices=terms.REASONS, required=False)


class ExportOut(Shape):
    """Everything held, by table; sealed fields are opened, workers are a role and an organisation."""

    case = serializers.CharField(help_text="Its code.")
    made_at = serializers.DateTimeField()
    held = serializers.DictField(
        child=serializers.ListField(child=serializers.DictField()), help_text="Rows by table, each by column."
    )
    text = serializers.DictField(
        child=serializers.CharField(), help_text="The same to read, in `en`, `sr-Latn` and `sr-Cyrl`."
    )


class RightsRequests(Resource):
    """Requests of the own team for coordinator and officer, those that the own organisation recorded for others."""

    resource = "rights_requests"
    about_a_person = True
    queryset = RightsRequest.objects.all()
    serializer_class = RequestOut
    orderings = {"newest": ("-recorded_at", "-id"), "due": ("due_on", "id")}
    actions = {
        "list": RECORD,
        "retrieve": RECORD,
        "create": RECORD,
        "confirm": ANSWER,
        "prolong": ANSWER,
        "answer": ANSWER,
        "export": ANSWER,
    }
    step_up = frozenset({"confirm", "export"})
    inputs = {"create": RequestIn, "prolong": ProlongIn, "answer": RequestAnswerIn}
    outputs = {"export": ExportOut}
    filters = {
        "case": Id(path="case_id"),
        "team": Id(path="team_id"),
        "open": Flag(when=lambda: Q(answer=""), describe="Waits for its answer."),
    }
    examples = {"answer": {"answer": "refused", "reason": "not_the_person"}}

    @creating
    def create(self, data: Any) -> RightsRequest:
        attempt().target = Target(Case, data["case"])
        case = requests.case_of(self.by, by_key(Case, data["case"]))
        return requests.record_request(
            self.by,
            case,
            kind=data["kind"],
            channel=data["channel"],
            received_on=data["received_on"],
            organisation_id=requests.recorded_for(self.by, data.get("organisation"), team_id=case.team_id),
        )

    @changing
    def confirm(self, obj: RightsRequest, _data: Any) -> None:
        requests.confirm_request(self.by, obj)

    @changing
    def prolong(self, obj: RightsRequest, data: Any) -> None:
        requests.prolong_request(self.by, obj, reason=data["reason"])

    @changing
    def answer(self, obj: RightsRequest, data: Any) -> None:
        requests.answer_request(self.by, obj, answer=data["answer"], reason=data.get("reason", ""))

    @answering
    def export(self, obj: RightsRequest, _data: Any) -> Any:
        return export_everything(self.by, obj)
