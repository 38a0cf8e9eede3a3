"""Joining two cases of one person: who coordinates proposes it, the deputy confirms, and one of the cases goes.

Everything happens at once when it is confirmed, under the eyes of who proposed it: the deputy sees neither case. It
stands on this floor because a case with an open referral does not go.
"""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.acts import act, required
from backend import asker
from backend.cases.break_glass import database_now
from backend.cases.changing import author, check_not_erased, check_open, check_version
from backend.cases.models import Case, Merge
from backend.cases.shut_out import coordinates, people_out_of
from backend.cases.steps import put_merged
from backend.cases.taking_over import take_over
from backend.errors import Conflict, Fault, Invalid
from backend.referrals import reasons
from backend.referrals.closing import could_come_back, open_referrals
from backend.teams import second_person
from backend.teams.models.seconded import waiting
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, spared, visible_to

LINE: Final = "case.merge"
VIEW: Final = "case.view_coded"
OTHER: Final = "/other"


def seen(by: Actor) -> QuerySet[Merge]:
    """Return the merges of the teams that `by` coordinates, and those that wait for `by` or were confirmed so."""
    rows = Merge.objects.all()
    return visible_to(by, rows, LINE) | spared(by, second_person.to_confirm(by, rows))


def is_done() -> Q:
    """Return the condition that the two cases were joined."""
    return Q(merged_at__isnull=False)


def propose(by: Actor, case: Case, *, other: Q, version: int | None = None) -> Merge:
    """Propose that the case which `other` finds goes and `case` stays. Where nobody is there to confirm, it is done.

    Raises NotFound, Forbidden (a machine, too), Gone, Stale, Invalid unknown_id, same_case, Conflict case_closed,
    open_referrals, merge_waiting, holder_excluded, nobody_confirms.
    """
    by.require(VIEW, case)
    if by.kind != "user" or not coordinates(by, action=LINE, team_id=case.team_id):
        raise Forbidden
    goes = _other(by, case, other)
    row = Merge(case=case, team_id=case.team_id, other_case_id=goes.pk, proposed_by=author(by))
    with act(by, "case.merge_proposed", row, needs=LINE) as current:
        check_version(case, version)
        for one in (case, goes):
            check_not_erased(one)
            check_open(one)
        _check_free(case, goes)
        current.note(case=case.pk, other=goes.pk)
        # Whoever is shut out of one of the two cannot be asked, and is there all the same.
        out = Q(people_out_of(case.pk, user="user_id")) | Q(people_out_of(goes.pk, user="user_id"))
        waits = second_person.ask(by, row, line=LINE, unable=out)
        row.save(force_insert=True)
        if not waits:
            _merge_at_once(by, row)
    return row


def _other(by: Actor, case: Case, named: Q) -> Case:
    """Return the other case of the same team; any other is answered as one that nobody has."""
    found = visible_to(by, Case.objects.filter(named, team_id=case.team_id), VIEW).first()
    if found is None:
        raise Invalid(Fault(OTHER, "unknown_id"))
    if found.pk == case.pk:
        raise Invalid(Fault(OTHER, "same_case"))
    return found


def _check_free(stays: Case, goes: Case) -> None:
    if open_referrals(goes).exists():
        raise Conflict("open_referrals")
    both = (stays.pk, goes.pk)
    if Merge.objects.filter(waiting(), Q(case_id__in=both) | Q(other_case_id__in=both)).exists():
        raise Conflict("merge_waiting")


def _merge_at_once(by: Actor, row: Merge) -> None:
    with act(by, "case.merged", row) as current:
        current.note(second_person="none")
        _merge(row, proposer=by.id)


def confirm(by: Actor, row: Merge) -> None:
    """Join the two cases, as the second person.

    Raises NotFound, Forbidden for who is not asked, Conflict nothing_waits, proposer_may_not, case_closed,
    open_referrals, holder_excluded.
    """
    with act(by, "case.merged", row) as current:
        _refuse_unseen(by, row)
        proposer = second_person.confirm(by, row)
        try:
            proposer.require(LINE, row)
        except (Forbidden, NotFound) as error:
            raise Conflict("proposer_may_not") from error
        current.note(second_person="asked")
        _merge(row, proposer=proposer.id)


def decline(by: Actor, row: Merge) -> None:
    """Say no, or take back what one has proposed. Raises NotFound, Forbidden, Conflict nothing_waits."""
    with act(by, "case.merge_declined", row) as current:
        _refuse_unseen(by, row)
        second_person.decline(by, row)
        row.declined_by, row.declined_at = author(by), timezone.now()
        row.save()
        current.note(case=row.case_id, other=row.other_case_id)


def stayed(by: Actor, case: Case) -> UUID | None:
    """Return the case that stayed when this one went, if `by` sees both."""
    if case.merged_into is None:
        return None
    found = visible_to(by, Case.objects.filter(pk=case.merged_into), VIEW)
    return found.values_list("pk", flat=True).first()


def _refuse_unseen(by: Actor, row: Merge) -> None:
    if not seen(by).filter(pk=row.pk).exists():
        raise NotFound


def _merge(row: Merge, *, proposer: UUID | None) -> None:
    """Do it, inside its act: lock both, ask again what may have changed, take over, close. All of it or nothing."""
    with asker.asked_by(proposer):
        stays, goes = _locked(row)
        for referral in could_come_back(goes):
            reasons.end_basis(referral)
        row.counts = take_over(stays, goes)
        stays.save()
        put_merged(goes, into=stays)
        row.merged_at = database_now()
        row.save()
    required().note(case=stays.pk, other=goes.pk, **row.counts)


def _locked(row: Merge) -> tuple[Case, Case]:
    """Return both cases, locked in one order whichever stays. Raises Conflict where they cannot be joined any more."""
    wanted = Case.objects.select_for_update(of=("self",)).filter(pk__in=(row.case_id, row.other_case_id))
    found = {case.pk: case for case in wanted.order_by("pk")}
    if len(found) < 2:  # noqa: PLR2004 - the two
        raise Conflict("proposer_may_not")
    stays, goes = found[row.case_id], found[row.other_case_id]
    if any(case.status in {"closed", "erased"} for case in (stays, goes)):
        raise Conflict("case_closed")
    if open_referrals(goes).exists():
        raise Conflict("open_referrals")
    return stays, goes
