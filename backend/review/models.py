"""What lead and officer look at: the entries of a team, and the few of them that they are asked to judge."""

from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from audit.history import trail
from audit.models import Entry
from backend.cases.models import Case
from backend.encryption.fields import SealedField
from backend.encryption.places import TEAM, Places, SealedPlace
from backend.teams.models import Team
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat
from permissions.shut_out import mentions_none

LEAD, OFFICER = "municipal_lead", "data_protection_officer"
EXPECTED, ASK, ESCALATE = "expected", "ask", "escalate"
VERDICTS: Final = (EXPECTED, ASK, ESCALATE)
# So long has the person concerned to say what it was about.
ANSWER_WITHIN: Final = timedelta(days=7)


class AuditEntry(Entry):
    """An entry, as the role table sees it: a row of the team whose log it stands in."""

    reach: ClassVar[Reach] = Reach(view="audit.view", team="log", apart=partial(mentions_none, "body"))

    class Meta:
        proxy = True


def _queue(seat: Seat) -> Q:
    """Return what stands in the seat's queue: the officer's reaches over all of the team."""
    return Q() if seat.role == OFFICER else Q(for_role=seat.role)


class ReviewItem(Versioned):
    """One entry that somebody has to judge, and what became of it. Once said, nothing is taken back.

    `bundle` names what the entry stands for (a night, an hour, a look), so that the same is asked about once. A verdict
    `ask` waits for the answer of `person_id`, sealed under the key of the team, and for a second verdict.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry_id = models.UUIDField()
    rule = models.CharField(max_length=24)
    bundle = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField()
    month = models.DateField()
    for_role = models.CharField(max_length=24)
    minutes = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    verdict = models.CharField(max_length=12, null=True)  # noqa: DJ001 - nothing said yet
    judged_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    answer = SealedField(null=True)
    answered_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    history = trail()
    sealed_places: ClassVar[Places] = (SealedPlace("answer", label="review.answer", owner=TEAM),)
    reach: ClassVar[Reach] = Reach(view="audit.review", within={"audit.review": _queue})

    class Meta:
        indexes = [
            models.Index(fields=["team", "due_at", "id"], name="review_item_due"),
            models.Index(
                fields=["person_id"], name="review_item_person", condition=Q(asked_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["team", "rule", "bundle"], name="review_of_a_bundle_once"),
            models.CheckConstraint(
                name="nobody_judges_their_own_act",
                condition=Q(judged_by=None) | Q(person_id=None) | ~Q(judged_by=F("person_id")),
            ),
        ]


def note_verdict(item: ReviewItem, verdict: str, *, by: UUID | None, at: datetime) -> None:
    """Put a verdict into an item. The first one is what its deadline is for; to ask is one."""
    item.verdict, item.judged_by = verdict, by
    item.judged_at = item.judged_at or at
    if verdict == ASK:
        item.asked_at = at
    if verdict == ESCALATE:
        item.escalated_at = at
