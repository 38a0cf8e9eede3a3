"""/audit/reviews: what lead and officer are asked to judge, and what the person says whom it is about."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource, changing
from api.declared import SIGNED_IN
from api.endpoint import Endpoint
from api.fields import GuardedText
from api.filters import Flag, Id, OneOf
from api.serializers import Shape, StrictSerializer
from backend.review.completion import OFFICE, TEAM, completion
from backend.review.judging import JUDGE, answer, judge, overdue, read, seen, unanswered, with_delays
from backend.review.models import LEAD, OFFICER, VERDICTS, ReviewItem
from backend.review.objects import codes_of
from backend.review.rules import rules
from permissions.actor import Actor

NAMES = tuple(one.name for one in rules())
# What the person concerned is not told: who looks into it, by which rule, and what comes of it.
KEPT_BACK = (
    "entry", "rule", "rank", "for_role", "minutes", "due_at", "overdue", "case_code", "verdict", "judged_by",
    "judged_at", "escalated_at",
)  # fmt: skip


class ReviewRow(Shape):
    """One item. The person whom it is about, once asked, sees what it was and when, and nothing of the review."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    entry = serializers.UUIDField(source="entry_id", allow_null=True)
    rule = serializers.ChoiceField(choices=NAMES, allow_null=True)
    rank = serializers.IntegerField(allow_null=True, help_text="How risky the rule is; 0 was drawn by lot.")
    month = serializers.DateField()
    for_role = serializers.ChoiceField(choices=(LEAD, OFFICER), allow_null=True)
    minutes = serializers.IntegerField(allow_null=True, help_text="What judging it may take.")
    due_at = serializers.DateTimeField(allow_null=True)
    overdue = serializers.BooleanField(source="is_overdue", allow_null=True)
    person = serializers.UUIDField(source="person_id", allow_null=True, help_text="Whom it is about.")
    action = serializers.CharField(source="verb")
    at = serializers.DateTimeField()
    case = serializers.UUIDField(source="case_id", allow_null=True)
    case_code = serializers.CharField(allow_null=True)
    verdict = serializers.ChoiceField(choices=VERDICTS, allow_null=True)
    judged_by = serializers.UUIDField(allow_null=True)
    judged_at = serializers.DateTimeField(allow_null=True)
    asked_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answer_overdue = serializers.BooleanField(
        source="answer_is_overdue", allow_null=True, help_text="A week is over."
    )
    escalated_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class ReviewOut(ReviewRow):
    """One item, with the answer."""

    answer = serializers.CharField(source="text", allow_null=True)


class VerdictIn(StrictSerializer):
    """What came of it."""

    verdict = serializers.ChoiceField(choices=VERDICTS)


class AnswerIn(StrictSerializer):
    """What it was about. It is sealed; no person may be recognised in it."""

    text = GuardedText(max_length=1000)


def _judged() -> Q:
    return Q(judged_at__isnull=False)


def _own(by: Actor) -> Q:
    """Return the items of which the caller is not told the rule, the queue or the verdict."""
    return Q(person_id=by.id)


class Reviews(Resource):
    """The queue of lead or officer; and, for anybody, what they were asked about their own acts."""

    resource = "reviews"
    queryset = ReviewItem.objects.all()
    serializer_class = ReviewOut
    row_class = ReviewRow
    read_verb = ""
    orderings = {"due": ("due_at", "id"), "newest": ("-created_at", "-id")}
    actions = {"list": SIGNED_IN, "retrieve": SIGNED_IN, "judge": JUDGE, "answer": SIGNED_IN}
    inputs = {"judge": VerdictIn, "answer": AnswerIn}
    examples = {"judge": {"verdict": "expected"}, "answer": {"text": "The night shift asked for the plan."}}
    filters = {
        "team": Id(path="team_id"),
        "person": Id(path="person_id"),
        "rule": OneOf(choices=NAMES, unless=_own),
        "for_role": OneOf(choices=(LEAD, OFFICER), unless=_own),
        "judged": Flag(when=_judged, describe="Has a verdict.", unless=_own),
        "overdue": Flag(when=overdue, describe="Should have been judged by now.", unless=_own),
        "unanswered": Flag(when=unanswered, describe="The person should have answered by now."),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return with_delays(seen(self.by))

    def show(self, obj: ReviewItem) -> Any:
        text = read(self.by, obj)
        row: Any = with_delays(ReviewItem.objects.filter(pk=obj.pk)).get()
        row.text = text
        return self._shown(ReviewOut, [row])[0]

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        return self._shown(ReviewRow, rows)

    def _shown(self, shape: type[ReviewRow], rows: Sequence[Any]) -> list[dict[str, Any]]:
        codes = codes_of((row.case_id for row in rows), teams={row.team_id for row in rows})
        for row in rows:
            row.case_code = codes.get(str(row.case_id))
        shown = [dict(shape(row).data) for row in rows]
        kept_back = dict.fromkeys(KEPT_BACK)
        return [one | kept_back if one["person"] == self.by.id else one for one in shown]

    @changing
    def judge(self, obj: ReviewItem, data: Any) -> None:
        judge(self.by, obj, verdict=data["verdict"])

    @changing
    def answer(self, obj: ReviewItem, data: Any) -> None:
        answer(self.by, obj, text=data["text"])


class CompletionLine(Shape):
    """How much of one queue was done in a month."""

    team = serializers.UUIDField(source="team_id")
    month = serializers.DateField()
    for_role = serializers.ChoiceField(choices=(LEAD, OFFICER))
    items = serializers.IntegerField()
    judged = serializers.IntegerField()
    in_time = serializers.IntegerField()
    overdue = serializers.IntegerField(source="late")
    share = serializers.FloatField(help_text="Judged in time, of all.")


class CompletionOut(Shape):
    """The months of a year, the newest first."""

    results = CompletionLine(many=True)


class Completion(Endpoint):
    """Counts of what was reviewed, for the teams of the caller; for the Office, for all of them."""

    resource = "review_completion"
    serializer_class = CompletionOut
    actions = {"retrieve": (TEAM, OFFICE)}

    def retrieve(self, _request: Request) -> Response:
        """Answer the counts by team, month and role."""
        return Response(self.output({"results": completion(self.by)}))
