"""/cases: the list, one case with its coded facts, its steps, and what can be asked about it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Resource, answering, changing, creating
from api.filters import Code, Day, Filter, Id
from api.resources import case_shapes as shapes
from api.resources.access_shapes import AccessOut
from api.resources.ahead_shapes import AheadIn, AheadOut
from api.resources.case_inputs import (
    basis_terms,
    consent_terms,
    exclusion_terms,
    organisation_of,
    team_of,
)
from api.resources.referral_inputs import terms_of
from api.throttling import check_further
from audit import recorder
from backend.cases import assignment, duplicates, facts, opening, reading, reveal, steps
from backend.cases.access import allowed_actions
from backend.cases.codes import as_typed
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case
from backend.cases.redisclosure import NOTICE
from backend.cases.seen_by import narrowed, of_one, seen_by
from backend.cases.standing import standing
from backend.cases.terms import in_order
from backend.reference.translit import fold
from backend.referrals import merging
from backend.referrals.closing import close_case
from backend.referrals.finding import needs_referred
from backend.referrals.looking_ahead import look_ahead
from permissions.actor import Actor

SHORTEST, LONGEST = 2, 48
PLAIN = (
    "id",
    "code",
    "spoken_name",
    "status",
    "urgency",
    "team_id",
    "opened_by_organisation_id",
    "holder_organisation_id",
    "assigned_to",
    "triage_outcome",
    "triage_due_at",
    "review_due",
    "closure_reason",
    "opened_on",
    "closed_on",
    "version",
)


@dataclass(frozen=True)
class CodeOrName(Filter):
    """A case code as somebody types it, or a part of the spoken name in either script."""

    is_text: bool = True

    def read(self, text: str) -> tuple[str, str | None]:
        key = fold(text)
        if not SHORTEST <= len(key) <= LONGEST:
            raise ValueError
        return key, as_typed(text)

    def condition(self, name: str, value: Any, *, by: Actor) -> Q:
        del name, by
        key, code = value
        return Q(code=code) if code else Q(spoken_name__contains=key)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST}


class Cases(Resource):
    """Cases of the caller's teams and organisations."""

    resource = "cases"
    about_a_person = True
    queryset = Case.objects.all()
    serializer_class = shapes.CaseOut
    row_class = shapes.CaseRow
    # The service that opens the facts writes the entry itself.
    read_verb = ""
    actions = {
        "list": "case.view_coded",
        "retrieve": "case.view_coded",
        "create": ("case.open", "case.propose"),
        "partial_update": "case.edit",
        "profile": "case.edit",
        "flags": "case.edit",
        "triage": "case.triage",
        "hold": "case.edit",
        "resume": "case.edit",
        "close": "case.close",
        "reopen": "case.reopen",
        "assign": "case.assign",
        "reveal": "case.view_coded",
        "access": "case.view_coded",
        "referral_check": "referral.create",
    }
    inputs = {
        "create": shapes.CaseIn,
        "partial_update": shapes.CaseChange,
        "profile": shapes.ProfileIn,
        "flags": shapes.FlagsIn,
        "triage": shapes.TriageIn,
        "hold": shapes.HoldIn,
        "close": shapes.CloseIn,
        "assign": shapes.AssignIn,
        "reveal": shapes.RevealIn,
        "referral_check": AheadIn,
    }
    outputs = {
        "create": shapes.CasePlain,
        "reveal": shapes.RevealOut,
        "access": AccessOut,
        "referral_check": AheadOut,
    }
    parameters = {"access": {"user": Id(describe="Only the chains at whose end this person stands.")}}
    filters = {
        "team": Id(path="team_id"),
        "status": Code("case_statuses"),
        "urgency": Code("urgencies"),
        "holder": Id(path="holder_organisation_id", describe="The organisation that holds the case."),
        "assigned_to": Id(describe="The user who holds the case."),
        "opened_from": Day(path="opened_on__gte"),
        "opened_to": Day(path="opened_on__lte"),
        "q": CodeOrName(describe="A case code, or a part of the spoken name in either script."),
    }

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        return rows.exclude(status=ERASED) if self.action == "list" else rows

    def show(self, obj: Case) -> Any:
        if self.action == "create":
            return shapes.CasePlain(obj).data
        read = reading.read_facts(self.by, obj, needs_referred=needs_referred)
        return shapes.CaseOut(_whole(self.by, obj, read)).data

    @creating
    def create(self, data: Any) -> Case:
        team = team_of(self.by, data.get("team"))
        consent, basis = data.get("consent"), data.get("safeguarding")
        case = opening.open_case(
            self.by,
            team=team,
            organisation=organisation_of(self.by, data.get("organisation"), team=team),
            consent=consent_terms(consent) if consent else None,
            basis=basis_terms(basis) if basis else None,
            exclusions=[exclusion_terms(one) for one in data.get("exclusions", ())],
            facts=opening.FactsInput(data.get("items", {}), data["needs"], data["flags"]),
            urgency=data["urgency"],
            propose=data["propose"],
            eligible=data["eligibility"],
        )
        if "phrase" in data:
            check_further(self.by, self.request, scope=duplicates.SCOPE)
            duplicates.note_phrase(self.by, case, phrase=data["phrase"])
        return case

    @changing
    def partial_update(self, obj: Case, data: Any) -> None:
        steps.edit(self.by, obj, urgency=data.get("urgency"), review_due=data.get("review_due"))

    @changing
    def profile(self, obj: Case, data: Any) -> None:
        facts.change_items(self.by, obj, given=data["items"])

    @changing
    def flags(self, obj: Case, data: Any) -> None:
        facts.set_flags(self.by, obj, flags=data["flags"])

    @changing
    def triage(self, obj: Case, data: Any) -> None:
        steps.triage(self.by, obj, outcome=data["triage_outcome"], eligible=data["eligibility"])

    @changing
    def hold(self, obj: Case, data: Any) -> None:
        steps.hold(self.by, obj, review_due=data["review_due"])

    @changing
    def resume(self, obj: Case, _data: Any) -> None:
        steps.resume(self.by, obj)

    @changing
    def close(self, obj: Case, data: Any) -> None:
        close_case(self.by, obj, closure_reason=data["closure_reason"])

    @changing
    def reopen(self, obj: Case, _data: Any) -> None:
        steps.reopen(self.by, obj)

    @changing
    def assign(self, obj: Case, data: Any) -> None:
        assignment.assign(self.by, obj, user_id=data["user"], organisation_id=data.get("organisation"))

    @answering
    def reveal(self, obj: Case, data: Any) -> Any:
        opened = reveal.reveal(self.by, obj, fields=data["fields"], purpose=data["purpose"])
        return {"revealed": opened, "redisclosure_notice": NOTICE}

    @answering
    def referral_check(self, obj: Case, data: Any) -> Any:
        """Say before the form is filled in what a referral would share, on which basis, and who has one already."""
        requester, with_note = data.pop("requester", None), data.pop("with_note")
        return look_ahead(self.by, obj, terms=terms_of(data), requester_id=requester, with_note=with_note)

    def access(self, _request: Request, **_path: str) -> Response:
        """Answer why the caller can see the case, and until when; and who else can, as far as the caller may know."""
        obj, about = self.get_object(), self.parameter("user")
        stands = standing(self.by, obj, reading=True)
        sights = narrowed(seen_by(obj), self.by, case=obj, stands=stands)
        asked = {} if about is None else {"about": about}
        recorder.record(
            self.by, "case.access_read", team=obj.team_id, kind="case", object_id=str(obj.id), **asked
        )
        said = {
            "purpose": stands.purpose,
            "reasons": stands.reasons,
            "classes_open": in_order(stands.data_classes),
            "allowed_actions": allowed_actions(self.by, obj, stands=stands),
            "seen_by": sights if about is None else of_one(sights, about),
        }
        return Response(self.output(said))


def _whole(by: Actor, case: Case, read: reading.CaseReading) -> dict[str, Any]:
    return {
        **{column: getattr(case, column) for column in PLAIN},
        "purpose": read.purpose,
        "classes_open": read.data_classes,
        "items": read.items,
        "needs": read.needs,
        "merged_into": merging.stayed(by, case),
        "flags": read.flags,
        "notes": [_stub(note) for note in read.standing.notes],
        "allowed_actions": allowed_actions(by, case, stands=read.standing),
        "redisclosure_notice": NOTICE,
    }


def _stub(note: dict[str, Any]) -> dict[str, Any]:
    text = {"sealed": True, "revision": note["revision"]}
    return {**note, "field": reveal.name_of(reveal.NOTE, note["id"]), "text": text}
