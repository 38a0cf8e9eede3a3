"""What requests on cases may say, and what their answers look like."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.fields import CodeField, GuardedText, IdField, KeyField, VisibleRelatedField
from api.serializers import Shape, StrictSerializer
from backend.cases.duplicates import LONGEST
from backend.cases.models import Case, Note
from backend.teams.models import Organisation, Team, User


class CaseRow(Shape):
    """A case in a list: plain columns only, nothing about the person."""

    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Such as LO-7K3M-9QXF-C; never derived from the person.")
    spoken_name = serializers.CharField(help_text="Two words for the telephone.")
    status = serializers.CharField()
    urgency = serializers.CharField()
    team = serializers.UUIDField(source="team_id")
    holder = serializers.UUIDField(
        source="holder_organisation_id", help_text="The organisation that holds it."
    )
    assigned_to = serializers.UUIDField(allow_null=True)
    opened_on = serializers.DateField()
    review_due = serializers.DateField(allow_null=True)
    triage_due_at = serializers.DateTimeField(allow_null=True)


class NeedOut(Shape):
    """A coded need and its state."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    status = serializers.CharField()


class SealedText(Shape):
    """A text that a list or detail does not open; `POST /cases/{id}/reveal` does."""

    sealed = serializers.BooleanField(default=True)
    revision = serializers.IntegerField()


class NoteStub(Shape):
    """A note that the caller may ask to open, under the name `field`."""

    id = serializers.CharField()
    field = serializers.CharField()
    organisation = serializers.CharField()
    created_at = serializers.CharField(help_text="RFC 3339, UTC.")
    version = serializers.IntegerField()
    text = SealedText()


class CasePlain(CaseRow):
    """The plain part of one case: the answer to opening it. `GET` opens its facts."""

    opened_by = serializers.UUIDField(source="opened_by_organisation_id")
    triage_outcome = serializers.CharField(allow_blank=True)
    closure_reason = serializers.CharField(allow_blank=True)
    closed_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class CaseOut(CasePlain):
    """A case with its coded facts, as far as role and consent allow."""

    purpose = serializers.CharField(
        help_text="Of this reading, taken from the live reason; it is in the audit."
    )
    classes_open = serializers.ListField(child=serializers.CharField())
    items = serializers.DictField(help_text="Coded items by name; an item that does not show is absent.")
    needs = NeedOut(many=True)
    merged_into = serializers.UUIDField(
        allow_null=True, help_text="The case of the same person that stayed, for who sees both."
    )
    flags = serializers.ListField(child=serializers.CharField())
    notes = NoteStub(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())
    redisclosure_notice = serializers.DictField(
        child=serializers.CharField(),
        help_text="In `en`, `sr-Latn` and `sr-Cyrl`; goes wherever the data go.",
    )


class RecipientIn(StrictSerializer):
    """A named organisation; without classes of its own it gets the consent's, of a bundle as its sector allows."""

    organisation = IdField(of=Organisation)
    data_classes = serializers.ListField(child=CodeField("data_classes"), required=False)
    service = CodeField(
        "services", required=False, help_text="For which the person is sent there: adds the class it reveals."
    )


class ConsentIn(StrictSerializer):
    """What the person agreed to. Recipients stand in the person's order; a bundle alone says purposes and classes."""

    purposes = serializers.ListField(child=CodeField("consent_purposes"), required=False)
    data_classes = serializers.ListField(child=CodeField("data_classes"), required=False)
    recipients = RecipientIn(many=True)
    given_by = CodeField("consent_givers", default="person")
    how = serializers.ChoiceField(choices=("written", "spoken"), default="written")
    valid_until = serializers.DateTimeField(required=False)
    bundle = CodeField("consent_bundles", default="", allow_blank=True)
    need = IdField(of=Case, required=False, help_text="Narrows the consent to this need of the case.")
    remark = GuardedText(default="", allow_blank=True, max_length=280)


class BasisIn(StrictSerializer):
    """A coded legal exception to consent."""

    basis = CodeField("safeguarding_bases")
    data_classes = serializers.ListField(child=CodeField("data_classes"), required=False)
    recipient = IdField(of=Organisation, required=False)


class ExclusionIn(StrictSerializer):
    """Whom the case shuts out: one account, or everybody who works for an organisation."""

    user = IdField(of=User, action="directory.view", required=False)
    organisation = IdField(of=Organisation, required=False)
    reason = GuardedText(
        default="", allow_blank=True, max_length=280, help_text="Why; sealed. It names nobody."
    )


class WithOrganisation(StrictSerializer):
    """Something that is recorded for one of the caller's organisations; needed when there are several."""

    organisation = IdField(of=Organisation, required=False)


class CaseIn(StrictSerializer):
    """A new case: consent (or, for a proposal, a safeguarding basis) and what is known, coded."""

    team = VisibleRelatedField(queryset=Team.objects.all(), required=False)
    organisation = IdField(of=Organisation, required=False)
    consent = ConsentIn(required=False)
    safeguarding = BasisIn(required=False)
    exclusions = ExclusionIn(many=True, required=False, help_text="Who is shut out from the beginning.")
    items = serializers.DictField(required=False)
    needs = serializers.ListField(child=CodeField("needs"), default=list)
    flags = serializers.ListField(child=CodeField("risk_flags"), default=list)
    phrase = serializers.CharField(
        required=False,
        max_length=LONGEST,
        trim_whitespace=False,
        help_text="What the person says to be found again by; kept nowhere.",
    )
    urgency = CodeField("urgencies", default="routine")
    propose = serializers.BooleanField(
        default=False, help_text="Propose it for triage instead of opening it."
    )
    eligibility = serializers.BooleanField(default=False, help_text="The person is in the team's care.")


class CaseChange(StrictSerializer):
    """The plain fields of a case that change by themselves."""

    urgency = CodeField("urgencies", required=False)
    review_due = serializers.DateField(required=False)


class ProfileIn(StrictSerializer):
    """Coded items by name; null clears one."""

    items = serializers.DictField()


class FlagsIn(StrictSerializer):
    """All risk flags that shall stand; those of classes which are closed to the caller stay as they are."""

    flags = serializers.ListField(child=CodeField("risk_flags"))


class NeedIn(WithOrganisation):
    """A new need."""

    code = CodeField("needs")


class NeedChange(StrictSerializer):
    """The state into which a need moves."""

    status = CodeField("need_statuses")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        # A PATCH asks for no field by itself, and this one has no other.
        if "status" not in attrs:
            raise serializers.ValidationError({"status": [ErrorDetail("", code="required")]})
        return attrs


class TriageIn(StrictSerializer):
    """The outcome of triage."""

    triage_outcome = CodeField("triage_outcomes")
    eligibility = serializers.BooleanField(default=False)


class HoldIn(StrictSerializer):
    """Until when nothing is done."""

    review_due = serializers.DateField()


class CloseIn(StrictSerializer):
    """Why the case is closed."""

    closure_reason = CodeField("closure_reasons")


class AssignIn(StrictSerializer):
    """The worker who holds the case from now (null: nobody by name), and their organisation if it changes."""

    user = IdField(of=User, action="case.assign", allow_null=True)
    organisation = IdField(of=Organisation, required=False)


class RevealIn(StrictSerializer):
    """The fields to open, by the names that the case gives them, and why."""

    fields = serializers.ListField(child=KeyField(of=Note, max_length=80))  # type: ignore[assignment]
    purpose = CodeField("reveal_purposes")


class RevealedOut(Shape):
    """One opened field."""

    field = serializers.CharField()
    revision = serializers.IntegerField()
    text = serializers.CharField()


class RevealOut(Shape):
    """What was opened. The act is in the audit with its purpose."""

    revealed = RevealedOut(many=True)
    redisclosure_notice = serializers.DictField(child=serializers.CharField())
