"""/referrals: the list, one referral as far as it is open, its drafts, and each step of the loop as a verb."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.serializers import BaseSerializer

from api.attempt import Target, attempt
from api.base import Resource, answering, changing, creating
from api.declared import SIGNED_IN, Needs
from api.denials import named
from api.pagination import Fetch
from api.refusals import PreconditionRequired
from api.resources import referral_shapes as shapes
from api.resources.referral_inputs import reported, terms_of
from api.resources.referral_list import FILTERS, PAGES, seen
from api.resources.referral_view import shown
from backend.cases.models import Case
from backend.cases.redisclosure import NOTICE
from backend.errors import Stale
from backend.referrals import (
    acknowledging,
    asking,
    correcting,
    ending,
    finding,
    listing,
    progress,
    reading,
    revealing,
    sending,
)
from backend.referrals import (
    answering as answers,
)
from backend.referrals import (
    creating as making,
)
from backend.referrals.access import NONE, PLAIN
from backend.referrals.first_reading import read_created
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.referrals.reading import Reading

_ETAG: Final = re.compile(r'"(\d{1,9})"')
_ANSWER: Final = ("referral.answer", "referral.report_on_behalf")
_PROGRESS: Final = ("referral.report_progress", "referral.report_on_behalf")


class Referrals(Resource):
    """Referrals of the caller's organisations and teams, from both sides."""

    resource = "referrals"
    about_a_person = True
    queryset = Referral.objects.all()
    serializer_class = shapes.ReferralOut
    row_class = shapes.ReferralRow
    # The service that opens one writes the entry itself.
    read_verb = ""
    actions: ClassVar[dict[str, Needs]] = {
        "list": "case.view_coded",
        "retrieve": "case.view_coded",
        "create": "referral.create",
        "partial_update": "referral.create",
        "send": "referral.create",
        "accept": _ANSWER,
        "reject": _ANSWER,
        "start": _PROGRESS,
        "progress": _PROGRESS,
        "hold": _PROGRESS,
        "resume": _PROGRESS,
        "complete": _PROGRESS,
        "fail": _PROGRESS,
        "cancel": "referral.cancel",
        "acknowledge": "referral.acknowledge",
        "ask": "referral.ask",
        "reply": "referral.reply",
        "follow_up": "referral.follow_up",
        "undo": (*_ANSWER, "referral.report_progress"),
        # The second person of a correction has no line of their own: the service decides.
        "correct": SIGNED_IN,
        "phoned": "referral.create",
        "reveal": "case.view_coded",
    }
    inputs: ClassVar[dict[str, type[BaseSerializer[Any]]]] = {
        "create": shapes.ReferralIn,
        "partial_update": shapes.ReferralChange,
        "accept": shapes.AcceptIn,
        "reject": shapes.ReportedReason,
        "start": shapes.ContactIn,
        "progress": shapes.ProgressIn,
        "hold": shapes.ReportedReason,
        "resume": shapes.ContactIn,
        "complete": shapes.CompleteIn,
        "fail": shapes.ReportedReason,
        "cancel": shapes.ReasonIn,
        "acknowledge": shapes.AcknowledgeIn,
        "ask": shapes.AskIn,
        "reply": shapes.ReplyIn,
        "follow_up": shapes.FollowUpIn,
        "undo": shapes.Reported,
        "correct": shapes.ReasonIn,
        "reveal": shapes.NoteRevealIn,
    }
    outputs = {"reveal": shapes.NoteRevealOut}
    filters = FILTERS

    _made: making.Created | None = None
    _version: int | None = None

    def get_queryset(self) -> QuerySet[Any]:
        if self.action == "list":
            return seen(self.by, REACH.view)
        return finding.findable(self.by)

    def fetch(self, key: str) -> Any:
        return reading.find(self.by, whole=self.action == "retrieve", **named(Referral, key))

    def expect_version(self, obj: Referral) -> None:
        """Keep what If-Match says for the service: it compares under the lock that the step takes."""
        del obj
        wanted = self.request.headers.get("If-Match")
        if wanted is None and self.request.method == "PATCH":
            raise PreconditionRequired
        if wanted is not None:
            match = _ETAG.fullmatch(wanted)
            if match is None:
                raise Stale
            self._version = int(match[1])

    def fetcher(self, wanted: Mapping[str, Any]) -> Fetch:
        names = tuple(wanted)
        return lambda order, most, after: PAGES.rows(self.by, names, order, most, after=after, **wanted)

    def show_rows(self, rows: Sequence[Any]) -> Sequence[Any]:
        return listing.as_rows(self.by, rows)

    def _record_list(self, rows: Iterable[Any]) -> None:
        ids: dict[UUID | None, list[UUID]] = {}
        for row in rows:
            ids.setdefault(row["team_id"], []).append(row["id"])
        self.record_listed(ids)

    def show(self, obj: Referral) -> Any:
        similar = self._made.similar if self._made else []
        return shapes.ReferralOut(shown(self._read(obj), similar=similar)).data

    def _read(self, obj: Referral) -> Reading:
        if self._made is not None:
            return read_created(self.by, self._made)
        if self.action == "retrieve":
            return reading.read_referral(self.by, obj)
        return reading.read_again(self.by, obj, otherwise=PLAIN if self.action == "correct" else NONE)

    @creating
    def create(self, data: Any) -> Referral:
        """Write a referral, as a draft or sent at once (`send`). 404 for a case that the caller does not see."""
        case, send, requester = data.pop("case"), data.pop("send"), data.pop("requester", None)
        # The service asks whether the case is visible when it locks it; a guess counts as one in a path does.
        attempt().target = Target(Case, case)
        self._made = making.create_with_hints(
            self.by, named(Case, case), terms=terms_of(data), requester_id=requester, send=send
        )
        return self._made.referral

    @changing
    def partial_update(self, obj: Referral, data: Any) -> None:
        """Change a draft. What is not said stays as it is."""
        if self._version is None:
            raise PreconditionRequired
        sending.edit(self.by, obj, terms=terms_of(data), version=self._version)

    @changing
    def send(self, obj: Referral, _data: Any) -> None:
        """Send a draft: consent or a legal exception must cover its recipient and data."""
        sending.send(self.by, obj, version=self._version)

    @changing
    def accept(self, obj: Referral, data: Any) -> None:
        """Accept, and say by when the person is met."""
        answers.accept(self.by, obj, version=self._version, **reported(data))

    @changing
    def reject(self, obj: Referral, data: Any) -> None:
        """Decline, with a reason. The requester always sees it."""
        answers.reject(self.by, obj, version=self._version, **reported(data))

    @changing
    def start(self, obj: Referral, data: Any) -> None:
        """Record the first contact and begin."""
        progress.start(self.by, obj, version=self._version, **reported(data))

    @changing
    def progress(self, obj: Referral, data: Any) -> None:
        """Set a finer state, an appointment, or both."""
        progress.report_progress(self.by, obj, version=self._version, **reported(data))

    @changing
    def hold(self, obj: Referral, data: Any) -> None:
        """Pause, with a reason."""
        progress.hold(self.by, obj, version=self._version, **reported(data))

    @changing
    def resume(self, obj: Referral, data: Any) -> None:
        """Go on after a pause."""
        progress.resume(self.by, obj, version=self._version, **reported(data))

    @changing
    def complete(self, obj: Referral, data: Any) -> None:
        """End with a coded outcome."""
        ending.complete(self.by, obj, version=self._version, **reported(data))

    @changing
    def fail(self, obj: Referral, data: Any) -> None:
        """End without an outcome, with a reason."""
        ending.fail(self.by, obj, version=self._version, **reported(data))

    @changing
    def cancel(self, obj: Referral, data: Any) -> None:
        """Call it off, from either side, with a reason."""
        ending.cancel(self.by, obj, version=self._version, **data)

    @changing
    def acknowledge(self, obj: Referral, data: Any) -> None:
        """Close the loop: the requester says what comes next for the need."""
        acknowledging.acknowledge(
            self.by,
            obj,
            answer=data["acknowledgement_answer"],
            look_again_on=data.get("look_again_on"),
            version=self._version,
        )

    @changing
    def ask(self, obj: Referral, data: Any) -> None:
        """Ask the other side a coded question. A question of the recipient stops the clock."""
        asking.ask(self.by, obj, version=self._version, **data)

    @changing
    def reply(self, obj: Referral, data: Any) -> None:
        """Reply to a question of the other side."""
        asking.reply(self.by, obj, question_id=data.get("question"), note=data["note"], version=self._version)

    @changing
    def follow_up(self, obj: Referral, data: Any) -> None:
        """Record after 90 days whether the person still uses the service."""
        acknowledging.follow_up(self.by, obj, version=self._version, **data)

    @changing
    def undo(self, obj: Referral, data: Any) -> None:
        """Take the own answer or outcome back, within 24 hours and before it is acknowledged."""
        correcting.undo(self.by, obj, version=self._version, **reported(data))

    @changing
    def correct(self, obj: Referral, data: Any) -> None:
        """Mark as entered in error. Once it has ended, a second person confirms with the same call."""
        correcting.correct(self.by, obj, version=self._version, **data)

    @changing
    def phoned(self, obj: Referral, _data: Any) -> None:
        """Tick that the recipient was called."""
        progress.phoned(self.by, obj, version=self._version)

    @answering
    def reveal(self, obj: Referral, data: Any) -> Any:
        """Open the note for a stated purpose. People only, never a machine."""
        opened = revealing.reveal(self.by, obj, fields=data["fields"], purpose=data["purpose"])
        return {**opened, "redisclosure_notice": NOTICE}
