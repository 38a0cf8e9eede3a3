"""The verdict on an item, and what the person says whom it is about.

`expected` ends it, `ask` waits for the answer and a second verdict, `escalate` leaves it with the officer. A look by
break-glass has one verdict, wherever it is given: at the look or at its item.
"""

from typing import Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now

from audit import recorder
from audit.acts import act
from audit.recorder import kind_of
from backend.cases.break_glass import database_now
from backend.cases.break_glass_review import review
from backend.cases.models import BreakGlass, Notification
from backend.cases.texts import NOTE_LIMIT, screened
from backend.encryption import vault
from backend.errors import Conflict
from backend.review.models import ANSWER_WITHIN, ASK, ESCALATE, OFFICER, ReviewItem, note_verdict
from backend.review.rules import BREAK_GLASS
from backend.teams.models import Membership
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, spared, visible_to

JUDGE: Final = "audit.review"
LABEL: Final = "review.answer"


def seen(by: Actor) -> QuerySet[ReviewItem]:
    """Return the items that `by` may know of: the own queue, but for own acts; and own acts once they are asked."""
    reviewed = visible_to(by, ReviewItem.objects.all(), JUDGE)
    if by.id is None or by.kind != "user" or not by.seats:
        return reviewed
    mine = ReviewItem.objects.filter(person_id=by.id, asked_at__isnull=False)
    others = Q(person_id=None) | ~Q(person_id=by.id)
    both = Q(pk__in=reviewed.filter(others).values("pk")) | Q(pk__in=mine.values("pk"))
    return spared(by, ReviewItem.objects.filter(both))


def overdue() -> Q:
    """Return the condition that an item should have been judged by now."""
    return Q(due_at__lte=Now(), judged_at=None)


def unanswered() -> Q:
    """Return the condition that the person should have answered by now."""
    return Q(asked_at__lte=Now() - ANSWER_WITHIN, answered_at=None, verdict=ASK)


def with_delays(rows: QuerySet[ReviewItem]) -> QuerySet[ReviewItem]:
    """Add `is_overdue` and `answer_is_overdue`, by the database's clock."""
    late, silent = (ExpressionWrapper(one, output_field=BooleanField()) for one in (overdue(), unanswered()))
    found: QuerySet[ReviewItem] = rows.annotate(is_overdue=late, answer_is_overdue=silent)
    return found


def judge(by: Actor, item: ReviewItem, *, verdict: str) -> None:
    """Give a verdict on the act of somebody else: the first, or the second after what was asked.

    Raises NotFound, Forbidden on the own act and to a machine, Conflict `already_judged` or `answer_awaited`.
    """
    if by.kind != "user" or item.person_id == by.id:
        raise Forbidden
    with transaction.atomic():
        _say(by, item, verdict, needs=JUDGE)
        if item.rule == BREAK_GLASS:
            look = BreakGlass.objects.filter(pk=item.bundle).first()
            if look is not None and look.reviewed_at is None:
                review(by, look, verdict=verdict)


def judge_look(by: Actor, look: BreakGlass, *, verdict: str) -> None:
    """Give the verdict at the look, and at its item where there is one yet. Raises as `review` does."""
    with transaction.atomic():
        review(by, look, verdict=verdict)
        item = ReviewItem.objects.filter(
            team_id=look.team_id, rule=BREAK_GLASS, bundle=str(look.pk), judged_at=None
        ).first()
        if item is not None:
            _say(by, item, verdict)


def _say(by: Actor, item: ReviewItem, verdict: str, *, needs: str | None = None) -> None:
    with act(by, "review.judged", item, needs=needs) as current:
        if item.verdict not in {None, ASK}:
            raise Conflict("already_judged")
        if item.verdict == ASK == verdict:
            raise Conflict("answer_awaited")
        note_verdict(item, verdict, by=by.id, at=database_now())
        item.save()
        current.note(verdict=verdict, rule=item.rule, entry=item.entry_id)
        if verdict == ESCALATE:
            _tell_officer(by, item)


def _tell_officer(by: Actor, item: ReviewItem) -> None:
    """Leave a notification for the officer, unless it was the officer; it needs an organisation to stand under."""
    organisation = _organisation(item)
    if organisation is None or any(one.role == OFFICER and one.team_id == item.team_id for one in by.seats):
        return
    Notification.objects.create(
        organisation_id=organisation,
        team_id=item.team_id,
        audience=OFFICER,
        kind="review.escalated",
        object_kind=kind_of(item),
        object_id=item.pk,
    )


def _organisation(item: ReviewItem) -> UUID | None:
    if item.person_id is None:
        return None
    places = Membership.objects.filter(user_id=item.person_id, organisation__isnull=False)
    here = places.filter(Q(team_id=item.team_id) | Q(team_id=None)).order_by("-valid_from")
    found: UUID | None = here.values_list("organisation_id", flat=True).first()
    return found


def answer(by: Actor, item: ReviewItem, *, text: str) -> None:
    """Say what the own act was about, once asked, and once.

    Raises NotFound, Conflict `already_answered`, Invalid: required, max_length, invalid, identifier_found.
    """
    with act(by, "review.answered", item):
        if by.kind != "user" or item.person_id is None or item.person_id != by.id or item.asked_at is None:
            raise NotFound
        if item.answered_at is not None:
            raise Conflict("already_answered")
        written = screened(text, at="/text", limit=NOTE_LIMIT)
        vault.create_key(owner_id=item.team_id, team_id=item.team_id)
        item.answer = vault.seal_for(
            owner_id=item.team_id, record_id=item.pk, label=LABEL, revision=1, value=written, floor=1024
        )
        item.answered_at = database_now()
        item.save()


def read(by: Actor, item: ReviewItem) -> str | None:
    """Return the answer, opened for who judges and for who gave it. Each reading is recorded."""
    text = None
    if item.answer is not None and by.kind == "user":
        value = vault.open_for(
            owner_id=item.team_id, record_id=item.pk, label=LABEL, envelope=item.answer, revision=1
        )
        text = cast("str", value)
    recorder.record(
        by,
        "review.read",
        team=item.team_id,
        kind=kind_of(item),
        object_id=str(item.pk),
        entry=item.entry_id,
        opened=text is not None,
    )
    return text
