"""What requests on referrals may say, and what their answers look like."""

from rest_framework import serializers

from api.fields import CodeField, GuardedText, IdField, KeyField
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case, Consent, SafeguardingBasis
from backend.directory.models import Service
from backend.referrals.acknowledging import STILL_ENGAGED
from backend.referrals.models import Question, Referral
from backend.referrals.reporting import CHANNELS, REPORTERS
from backend.teams.models import Organisation


class ReferralRow(Shape):
    """A referral in a list: plain columns only. A service whose code amounts to a diagnosis reads `confidential`.

    A stub says its code, service, status and dates; all else is empty or null.
    """

    id = serializers.UUIDField()
    code = serializers.CharField(help_text="The case's code and a number: LO-7K3M-9QXF-C-R01.")
    team = serializers.UUIDField(allow_null=True)
    spoken_name = serializers.CharField(
        allow_blank=True, help_text="Empty beside a stub: the case is absent."
    )
    service_code = serializers.CharField()
    urgency = serializers.CharField(allow_blank=True)
    status = serializers.CharField()
    business_status = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField(allow_null=True, help_text="When the first contact is due.")
    overdue = serializers.BooleanField()
    requester = serializers.UUIDField(allow_null=True)
    recipient = serializers.UUIDField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    needs_rerouting = serializers.BooleanField(
        help_text="Nobody at the recipient sees it any more: what they rest on has ended, or they have left."
    )
    side = serializers.ChoiceField(choices=("sent", "received"))
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class ReferredNeed(Shape):
    """The need that a referral answers."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    status = serializers.CharField()


class ReferralNote(Shape):
    """The note that goes with a referral: `POST /referrals/{id}/reveal` opens it."""

    sealed = serializers.BooleanField(default=True)
    revision = serializers.IntegerField()


class ReferralFacts(Shape):
    """What the consent opens of the case to the recipient who accepted."""

    items = serializers.DictField(help_text="Coded items by name.")
    needs = ReferredNeed(many=True)
    flags = serializers.ListField(child=serializers.CharField())


class ReferralEventOut(Shape):
    """One step. `channel` and `reporter` are set where the requester reported for a provider without accounts."""

    kind = serializers.CharField()
    verb = serializers.CharField()
    side = serializers.CharField()
    from_status = serializers.CharField()
    to_status = serializers.CharField()
    reason_code = serializers.CharField(allow_blank=True)
    outcome_code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    channel = serializers.CharField(allow_blank=True)
    reporter = serializers.CharField(allow_blank=True)
    by_organisation = serializers.UUIDField(allow_null=True)
    happened_on = serializers.DateField(allow_null=True, help_text="Where it was told later, in an import.")
    at = serializers.CharField(help_text="RFC 3339, UTC.")


class QuestionOut(Shape):
    """A coded question, its note and the reply."""

    id = serializers.UUIDField()
    question_code = serializers.CharField()
    asked_by_side = serializers.CharField()
    asked_at = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True)
    replied_at = serializers.DateTimeField(allow_null=True)
    reply = serializers.CharField(allow_blank=True)


class ReferralOut(Shape):
    """A referral as far as state, consent and clock open it; `access` says how far. What is closed is empty or null."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    access = serializers.ChoiceField(choices=("full", "preview", "coordination", "stub", "plain"))
    side = serializers.ChoiceField(choices=("requester", "target"))
    status = serializers.CharField()
    service_code = serializers.CharField(help_text="`confidential` where the code is not open to the caller.")
    version = serializers.IntegerField()
    allowed_actions = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    case = serializers.UUIDField(allow_null=True, help_text="Null while the case itself is not open.")
    spoken_name = serializers.CharField(allow_blank=True)
    team = serializers.UUIDField(allow_null=True)
    requester = serializers.UUIDField(allow_null=True)
    recipient = serializers.UUIDField(allow_null=True)
    service = serializers.UUIDField(allow_null=True)
    urgency = serializers.CharField(allow_blank=True)
    handover_mode = serializers.CharField(allow_blank=True)
    business_status = serializers.CharField(allow_blank=True)
    reason_code = serializers.CharField(
        allow_blank=True, help_text="Reads `other-coded` where it reveals more than is open."
    )
    outcome_code = serializers.CharField(allow_blank=True)
    suggested_service_code = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField(allow_null=True)
    overdue = serializers.BooleanField()
    paused_at = serializers.DateTimeField(allow_null=True)
    phoned_at = serializers.DateTimeField(allow_null=True)
    first_contact_at = serializers.DateTimeField(allow_null=True)
    acknowledgement_answer = serializers.CharField(allow_blank=True)
    look_again_on = serializers.DateField(allow_null=True)
    still_engaged = serializers.CharField(allow_blank=True)
    needs_rerouting = serializers.BooleanField()
    asked_to_confirm = serializers.BooleanField(
        help_text="A correction waits for the caller as second person."
    )
    replaces = serializers.UUIDField(allow_null=True)
    data_classes = serializers.ListField(child=serializers.CharField(), help_text="The classes offered.")
    basis_until = serializers.DateTimeField(allow_null=True)
    need = ReferredNeed(allow_null=True)
    age_band = serializers.CharField(allow_null=True)
    facts = ReferralFacts(allow_null=True)
    appointment = serializers.DateTimeField(allow_null=True)
    narrative = ReferralNote(allow_null=True)
    events = ReferralEventOut(many=True)
    questions = QuestionOut(many=True)
    similar = serializers.ListField(
        child=serializers.CharField(),
        help_text="After creating: codes of other open referrals of the case to the same place or service.",
    )
    redisclosure_notice = serializers.DictField(
        child=serializers.CharField(),
        help_text="In `en`, `sr-Latn` and `sr-Cyrl`; goes wherever the data go.",
    )


class ReferralChange(StrictSerializer):
    """What a draft says. Either `service`, or `recipient` and `service_code`."""

    service = IdField(
        of=Service, required=False, help_text="An entry of the directory; names organisation and code."
    )
    service_code = CodeField("services", required=False)
    recipient = IdField(of=Organisation, required=False, help_text="The organisation that is asked.")
    need = IdField(of=Case, required=False, help_text="The need of the case that is to be answered.")
    urgency = CodeField("urgencies", required=False)
    handover_mode = CodeField("handover_modes", required=False)
    data_classes = serializers.ListField(
        child=CodeField("data_classes"), required=False, help_text="Without: all that the basis covers."
    )
    consent = IdField(
        of=Consent, required=False, help_text="Without: the one that covers recipient and classes."
    )
    safeguarding_basis = IdField(
        of=SafeguardingBasis, required=False, help_text="A legal exception in the place of consent."
    )
    replaces = IdField(of=Referral, required=False, help_text="The try before this one, ended without help.")
    narrative = GuardedText(
        required=False, allow_blank=True, max_length=1000, help_text="Sealed; consent must name notes."
    )


class ReferralIn(ReferralChange):
    """A new referral, as a draft or sent at once."""

    case = KeyField(of=Case, max_length=40, help_text="The id of a case, or its code.")
    requester = IdField(
        of=Organisation, required=False, help_text="Where the caller works for several organisations."
    )
    send = serializers.BooleanField(default=False)


class OnBehalf(StrictSerializer):
    """By which channel the answer of a provider without accounts came, and who gave it."""

    channel = serializers.ChoiceField(choices=CHANNELS)
    reporter = serializers.ChoiceField(choices=REPORTERS)


class Reported(StrictSerializer):
    """A step of the recipient; `on_behalf` where the requester reports it."""

    on_behalf = OnBehalf(required=False)


class AcceptIn(Reported):
    """Without a time the first contact is due as the urgency says."""

    first_contact_due = serializers.DateTimeField(required=False)
    appointment = serializers.DateTimeField(
        required=False, help_text="At most a year away. Sealed; wiped after seven days."
    )


class ReasonIn(StrictSerializer):
    """Why."""

    reason_code = CodeField("referral_reasons", default="", allow_blank=True)


class ReportedReason(Reported, ReasonIn):
    """Why, in a step of the recipient."""


class ContactIn(Reported):
    """When the first contact was; without: now."""

    first_contact_at = serializers.DateTimeField(required=False)


class ProgressIn(Reported):
    """A finer state, an appointment, or both."""

    business_status = CodeField("business_statuses", default="", allow_blank=True)
    appointment = serializers.DateTimeField(required=False, help_text="At most a year away.")


class CompleteIn(Reported):
    """The outcome. Help given needs a first contact; `referred-on` the service suggested."""

    outcome_code = CodeField("referral_outcomes", default="", allow_blank=True)
    first_contact_at = serializers.DateTimeField(required=False)
    suggested_service_code = CodeField(
        "services",
        default="",
        allow_blank=True,
        help_text="A confidential service is refused here: suggest it by phone.",
    )


class AcknowledgeIn(StrictSerializer):
    """What comes next for the need; `wait` needs a date to look at it again."""

    acknowledgement_answer = CodeField("acknowledgement_answers", default="", allow_blank=True)
    look_again_on = serializers.DateField(required=False)


class AskIn(StrictSerializer):
    """A coded question, with a note of at most 280 characters."""

    question_code = CodeField("questions", default="", allow_blank=True)
    note = GuardedText(default="", allow_blank=True, max_length=280)


class ReplyIn(StrictSerializer):
    """The reply to a question; without `question` to the only open one."""

    question = IdField(of=Question, required=False)
    note = GuardedText(default="", allow_blank=True, max_length=280)


class FollowUpIn(StrictSerializer):
    """Whether the person still uses the service."""

    still_engaged = serializers.ChoiceField(choices=STILL_ENGAGED)


class NoteRevealIn(StrictSerializer):
    """The fields to open, and why."""

    fields = serializers.ListField(child=KeyField(of=Referral, max_length=40))  # type: ignore[assignment]
    purpose = CodeField("reveal_purposes")


class NoteRevealOut(Shape):
    """What was opened. The act is in the audit with its purpose."""

    narrative = serializers.CharField(allow_blank=True)
    redisclosure_notice = serializers.DictField(child=serializers.CharField())
