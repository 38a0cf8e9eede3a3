"""/cases/{id}/duplicate-hint, /cases/find-by-phrase and /duplicate-hints: whether a person has a case already.

Whoever gives a phrase gets one answer, always the same: the comparing is done later, by a job, for who coordinates.
"""

from typing import Final

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource
from api.endpoint import Endpoint
from api.fields import VisibleRelatedField
from api.resources.case_inputs import team_of
from api.serializers import Shape, StrictSerializer
from api.throttling import check_further
from backend.cases.duplicates import LINE, LONGEST, SCOPE, find_by_phrase, note_phrase
from backend.cases.models import Case, DuplicateHint
from backend.teams.models import Team

PHRASE: Final = {"phrase": "the third of may, Drina, a red bicycle"}


class PhraseIn(StrictSerializer):
    """What the person says to be found again by. It is kept nowhere: script, case, marks and spaces do not matter."""

    phrase = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class FindIn(PhraseIn):
    """The phrase of somebody who is there and asks for their case."""

    person_present = serializers.BooleanField()
    team = VisibleRelatedField(queryset=Team.objects.all(), required=False)

    def validate_person_present(self, said: bool) -> bool:  # noqa: FBT001 - the library's
        if not said:
            raise serializers.ValidationError("", code="required")
        return said


class NotedOut(Shape):
    """The answer to every phrase."""

    noted = serializers.BooleanField(help_text="Always true. Whoever coordinates is told of another case.")


class FoundOut(Shape):
    """The cases under which the phrase was noted."""

    cases = serializers.ListField(child=serializers.UUIDField())


class HintOut(Shape):
    """Two cases that may be one person's."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    other = serializers.UUIDField(source="other_case_id")
    team = serializers.UUIDField(source="team_id")
    found_at = serializers.DateTimeField()


class CaseDuplicates(Resource):
    """A phrase noted for one case."""

    resource = "duplicate_hint"
    queryset = Case.objects.all()
    actions = {"duplicate_hint": LINE}
    inputs = {"duplicate_hint": PhraseIn}
    examples = {"duplicate_hint": PHRASE}

    @extend_schema(request=PhraseIn, responses={202: NotedOut})
    def duplicate_hint(self, request: Request, **_path: str) -> Response:
        """Note a phrase. The answer says nothing of what was noted before, nor does the time it takes."""
        case = self.get_object()
        said = self.input()
        check_further(self.by, request, scope=SCOPE)
        note_phrase(self.by, case, phrase=said["phrase"])
        return Response({"noted": True}, status=202)


class FindByPhrase(Endpoint):
    """Finding a lost case with the person present."""

    resource = "find_by_phrase"
    about_a_person = True
    actions = {"find": LINE}
    inputs = {"find": FindIn}
    outputs = {"find": FoundOut}
    examples = {"find": {**PHRASE, "person_present": True}}

    def find(self, request: Request) -> Response:
        """Answer the cases of the caller's team under which the phrase was noted."""
        said = self.input()
        check_further(self.by, request, scope=SCOPE)
        team = team_of(self.by, said.get("team"))
        found = find_by_phrase(self.by, team_id=team.pk, phrase=said["phrase"])
        return Response(self.output({"cases": found}))


class DuplicateHints(Resource):
    """Pairs of cases that the job found, for who coordinates the team."""

    resource = "duplicate_hints"
    about_a_person = True
    queryset = DuplicateHint.objects.all()
    serializer_class = HintOut
    orderings = {"newest": ("-found_at", "-id")}
    actions = {"list": LINE, "retrieve": LINE}
