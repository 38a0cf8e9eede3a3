"""/cases/{id}/erasure and /erasures: asking for the erasure of a case, confirming it, executing it, and its proof."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.attempt import Target, attempt
from api.base import Resource, changing, creating
from api.denials import by_key
from api.filters import Flag, Id
from api.serializers import Shape, StrictSerializer
from backend.cases.models import Case
from backend.erasure import asking, executing
from backend.erasure.certificate import certificate
from backend.erasure.models import (
    BY_PEOPLE,
    CONFIRM,
    EXECUTE,
    REQUEST,
    Erasure,
    waiting_for_confirmation,
    waiting_for_execution,
)
from backend.erasure.states import state_of

ADDRESS = "/erasures"
ANY = (REQUEST, CONFIRM, EXECUTE)


class ErasureOut(Shape):
    """One erasure: ids, moments and a code."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    team = serializers.UUIDField(source="team_id")
    reason = serializers.CharField()
    state = serializers.SerializerMethodField(
        help_text="`executed`: nothing can be read any more; `destroyed`: its key is gone, too."
    )
    requested_by = serializers.UUIDField(allow_null=True, help_text="Null where the time was over.")
    requested_at = serializers.DateTimeField()
    confirmed_by = serializers.UUIDField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    declined_by = serializers.UUIDField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)
    executed_by = serializers.UUIDField(allow_null=True)
    executed_at = serializers.DateTimeField(allow_null=True)
    destroyed_at = serializers.DateTimeField(allow_null=True)

    def get_state(self, row: Erasure) -> str:
        return state_of(row)


class ErasureIn(StrictSerializer):
    """Why: the person's wish, or a closed case that nobody needs any more."""

    reason = serializers.ChoiceField(choices=BY_PEOPLE)


class CertificateText(Shape):
    """The same in three languages and scripts, to be read and printed."""

    en = serializers.CharField()
    sr_cyrl = serializers.CharField()
    sr_latn = serializers.CharField()


class CertificateOut(Shape):
    """What was erased, by whose decision, what is left where, and until when."""

    format = serializers.IntegerField()
    erasure = serializers.UUIDField()
    case = serializers.UUIDField()
    code = serializers.CharField()
    team = serializers.UUIDField()
    reason = serializers.CharField()
    requested_by = serializers.UUIDField(allow_null=True)
    requested_at = serializers.DateTimeField()
    confirmed_by = serializers.UUIDField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    executed_by = serializers.UUIDField(allow_null=True)
    executed_at = serializers.DateTimeField()
    destroyed_at = serializers.DateTimeField(
        allow_null=True, help_text="Null while the key is being destroyed."
    )
    main_backups_until = serializers.DateTimeField(
        help_text="Until then older backups of the main database may hold organisation, service and dates."
    )
    keys_backups_until = serializers.DateTimeField(allow_null=True)
    blanked = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many rows of which table were blanked or removed."
    )
    stays = serializers.ListField(
        child=serializers.CharField(), help_text="Classes of retention that an erasure leaves as they are."
    )
    texts = CertificateText()


class CaseErasure(Resource):
    """Asking for the erasure of one case."""

    resource = "erasures"
    about_a_person = True
    queryset = Erasure.objects.all()
    serializer_class = ErasureOut
    read_verb = ""
    actions = {"create": REQUEST}
    inputs = {"create": ErasureIn}
    examples = {"create": {"reason": "rights_request"}}

    def check_step_up(self) -> None:
        # The case is looked up first: 404 comes before whatever else is refused.
        attempt().target = Target(Case, self.kwargs["id"])
        self.case = asking.case_to_erase(self.by, by_key(Case, self.kwargs["id"]))
        super().check_step_up()

    @creating
    def create(self, data: Any) -> Erasure:
        return asking.request(self.by, self.case, reason=data["reason"])

    def location(self, obj: Any) -> str:
        return f"{self.request.path.partition('/cases/')[0]}{ADDRESS}/{obj.pk}"


def _waits() -> Q:
    return waiting_for_confirmation() | waiting_for_execution()


class Erasures(Resource):
    """Erasures that the caller may ask for, confirm or execute."""

    resource = "erasures"
    about_a_person = True
    queryset = Erasure.objects.all()
    serializer_class = ErasureOut
    orderings = {"newest": ("-requested_at", "-id")}
    actions = {
        "list": ANY,
        "retrieve": ANY,
        "confirm": CONFIRM,
        "decline": ANY,
        "execute": EXECUTE,
        "certificate": ANY,
    }
    outputs = {"certificate": CertificateOut}
    step_up: ClassVar[frozenset[str]] = frozenset({"confirm", "decline"})
    filters = {
        "team": Id(path="team_id"),
        "case": Id(path="case_id"),
        "waiting": Flag(when=_waits, describe="Waits to be confirmed or executed."),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return asking.seen(self.by)

    @changing
    def confirm(self, obj: Erasure, _data: Any) -> None:
        asking.confirm(self.by, obj)

    @changing
    def decline(self, obj: Erasure, _data: Any) -> None:
        asking.decline(self.by, obj)

    @changing
    def execute(self, obj: Erasure, _data: Any) -> None:
        executing.execute(self.by, obj)

    def certificate(self, _request: Request, **_path: str) -> Response:
        """Answer the proof of an erasure that was executed."""
        said = certificate(self.by, self.get_object())
        texts = {name.lower().replace("-", "_"): text for name, text in said["texts"].items()}
        return Response(self.output({**said, "texts": texts}))
