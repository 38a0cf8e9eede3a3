"""/cases/{case_id}/merge and /merges: two cases of one person become one, by who coordinates and a second person."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from api.attempt import Target, attempt
from api.base import SIGNED_IN, Above, Resource, changing, creating
from api.denials import by_key
from api.fields import KeyField
from api.filters import Flag, Id
from api.resources.seconded import WAITING, Seconded, SecondedOut
from api.serializers import StrictSerializer
from backend.cases.models import Case, Merge
from backend.referrals import merging

ADDRESS = "/merges"
DONE = Flag(when=merging.is_done, describe="The two cases were joined.")


class MergeOut(SecondedOut):
    """One merge: ids, moments and numbers."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id", help_text="The case that stays.")
    other = serializers.UUIDField(source="other_case_id", help_text="The case that goes.")
    team = serializers.UUIDField(source="team_id")
    proposed_by = serializers.UUIDField()
    proposed_at = serializers.DateTimeField()
    merged_at = serializers.DateTimeField(allow_null=True)
    declined_by = serializers.UUIDField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="How much was taken over; `conflicts`: what the case that stays said otherwise, and says still.",
    )


class MergeIn(StrictSerializer):
    """The case that goes, by its id or its code."""

    other = KeyField(of=Case, max_length=36)


class CaseMerge(Resource):
    """Proposing that another case of the same person goes, and this one stays."""

    resource = "merges"
    about_a_person = True
    queryset = Merge.objects.all()
    serializer_class = MergeOut
    read_verb = ""
    above = Above(Case, "case_id", "case")
    actions = {"create": merging.LINE}
    inputs = {"create": MergeIn}
    examples = {"create": {"other": "LO-7K3M-9QXF-C"}}

    @creating
    def create(self, data: Any) -> Merge:
        attempt().target = Target(Case, data["other"])
        return merging.propose(self.by, self.parent, other=by_key(Case, data["other"]))

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/cases/')[0]}{ADDRESS}/{obj.pk}"


class Merges(Seconded):
    """Merges of the teams that the caller coordinates, and those that the caller is asked to confirm."""

    resource = "merges"
    about_a_person = True
    queryset = Merge.objects.all()
    serializer_class = MergeOut
    orderings: ClassVar = {"newest": ("-proposed_at", "-id")}
    actions = dict.fromkeys(("list", "retrieve", "confirm", "decline"), SIGNED_IN)
    filters = {"team": Id(path="team_id"), "waiting": WAITING, "done": DONE}

    def get_queryset(self) -> QuerySet[Any]:
        return merging.seen(self.by)

    @changing
    def confirm(self, obj: Merge, _data: Any) -> None:
        """Join the two cases at once, as the second person."""
        merging.confirm(self.by, obj)

    @changing
    def decline(self, obj: Merge, _data: Any) -> None:
        """Say no; whoever proposed it takes it back in this way, too."""
        merging.decline(self.by, obj)
