"""/cases/{id}/break-glass and /break-glass: looking at one case of the own team for an hour, and answering for it."""

from typing import Any

from django.db.models import Q, QuerySet
from rest_framework import serializers

from api.attempt import Target, attempt
from api.base import Resource, changing, creating
from api.declared import SIGNED_IN
from api.denials import by_key
from api.fields import CodeField, GuardedText
from api.filters import Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.cases import break_glass
from backend.cases.break_glass import to_confirm
from backend.cases.break_glass_review import REVIEW, STATES, VERDICTS, overdue, read, seen, with_state
from backend.cases.models import BreakGlass, Case
from backend.review.judging import judge_look
from permissions.scope import BREAK_GLASS

ADDRESS = "/break-glass"


class LookRow(Shape):
    """One look at one case: ids and codes only."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    team = serializers.UUIDField(source="team_id")
    person = serializers.UUIDField(source="person_id")
    reason = serializers.CharField()
    state = serializers.ChoiceField(
        choices=STATES, help_text="`lapsed`: nobody confirmed it in the hour after it was asked for."
    )
    requested_at = serializers.DateTimeField()
    needs_second = serializers.BooleanField(help_text="The fourth in thirty days, and every one after it.")
    confirmed_by = serializers.UUIDField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True, help_text="One hour after its start.")
    ended_at = serializers.DateTimeField(allow_null=True, help_text="The person ended it before its time.")
    review_due_at = serializers.DateTimeField(allow_null=True)
    overdue = serializers.BooleanField(source="is_overdue", help_text="72 hours are over without a review.")
    reviewed_by = serializers.UUIDField(allow_null=True)
    reviewed_at = serializers.DateTimeField(allow_null=True)
    verdict = serializers.CharField(
        allow_null=True, help_text="`expected`, `ask` or `escalate`; null before the review."
    )
    version = serializers.IntegerField()


class LookOut(LookRow):
    """One look, with what the person wrote for who judges it."""

    text = serializers.CharField(
        allow_null=True, help_text="Opened for the person and for reviewers, null for everybody else."
    )


class LookIn(StrictSerializer):
    """Why the case has to be seen now. The text is sealed; no person may be recognised in it."""

    reason = CodeField("breakglass_reasons")
    text = GuardedText(max_length=4000, help_text="20 to 1,000 characters.")


class ReviewIn(StrictSerializer):
    """What came of the review."""

    verdict = serializers.ChoiceField(choices=VERDICTS)


class _Looks(Resource):
    """What both addresses have in common."""

    resource = "break_glass"
    about_a_person = True
    queryset = BreakGlass.objects.all()
    serializer_class = LookOut
    # The service that opens the text writes the entry itself.
    read_verb = ""

    def get_queryset(self) -> QuerySet[Any]:
        return with_state(seen(self.by))

    def show(self, obj: BreakGlass) -> Any:
        return LookOut(read(self.by, obj)).data


class CaseBreakGlass(_Looks):
    """Asking to look at a case of the own team, seen or not."""

    actions = {"create": BREAK_GLASS}
    inputs = {"create": LookIn}
    outputs = {"create": LookRow}
    examples = {
        "create": {
            "reason": "danger_to_life",
            "text": "Found unconscious at the drop-in; the ambulance asks what was taken.",
        }
    }

    def check_step_up(self) -> None:
        # The case is looked up first: 404 and 403 come before the second factor is asked for.
        attempt().target = Target(Case, self.kwargs["id"])
        self.case = break_glass.case_to_open(self.by, by_key(Case, self.kwargs["id"]))
        super().check_step_up()

    def show(self, obj: BreakGlass) -> Any:
        return LookRow(with_state(BreakGlass.objects.filter(pk=obj.pk)).get()).data

    @creating
    def create(self, data: Any) -> BreakGlass:
        return break_glass.request(self.by, self.case, reason=data["reason"], text=data["text"])

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/cases/')[0]}{ADDRESS}/{obj.pk}"


def _reviewed() -> Q:
    return Q(reviewed_at__isnull=False)


class BreakGlasses(_Looks):
    """The caller's own looks; those of the team for who coordinates or reviews it."""

    row_class = LookRow
    orderings = {"newest": ("-requested_at", "-id")}
    actions = {
        "list": (BREAK_GLASS, REVIEW),
        "retrieve": (BREAK_GLASS, REVIEW),
        "end": SIGNED_IN,
        "confirm": SIGNED_IN,
        "review": REVIEW,
    }
    step_up = frozenset({"confirm"})
    inputs = {"review": ReviewIn}
    filters = {
        "team": Id(path="team_id"),
        "case": Id(path="case_id"),
        "person": Id(path="person_id"),
        "reviewed": Flag(when=_reviewed, describe="Has a verdict."),
        "overdue": Flag(when=overdue, describe="72 hours are over without a review."),
    }

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if self.action == "end":
            return rows.filter(person_id=self.by.id)
        return rows.filter(pk__in=to_confirm(self.by).values("pk")) if self.action == "confirm" else rows

    @changing
    def end(self, obj: BreakGlass, _data: Any) -> None:
        break_glass.end(self.by, obj)

    @changing
    def confirm(self, obj: BreakGlass, _data: Any) -> None:
        break_glass.confirm(self.by, obj)

    @changing
    def review(self, obj: BreakGlass, data: Any) -> None:
        judge_look(self.by, obj, verdict=data["verdict"])
