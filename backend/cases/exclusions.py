"""Shutting somebody out of a case: whoever is told may add an exclusion, whoever coordinates lifts it.

To those shut out the case is absent, through both walls, whatever else gives it to them (docs/exclusions.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q

from audit.acts import act
from backend import asker
from backend.cases.changing import author, check_not_erased, refuse
from backend.cases.models import Case, Exclusion, ExclusionLift, ShutOut
from backend.cases.models.exclusions import REASON_LABEL
from backend.cases.notify import tell_coordinator, tell_reviewers
from backend.cases.shut_out import coordinates, coordinates_nobody, excludes, known
from backend.cases.texts import screened
from backend.encryption import vault
from backend.errors import Conflict, Fault
from backend.teams import roster
from backend.teams.models import Organisation
from backend.teams.models.base import live
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, visible_to

LINE: Final = "case.exclude_person"
REASON_LIMIT: Final = 280
# Every reason is sealed to one size.
FLOOR: Final = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionTerms:
    """Whom to shut out: one account or one organisation; and why, in words that name nobody."""

    user_id: UUID | None = None
    organisation_id: UUID | None = None
    reason: str = ""


def exclude(by: Actor, case: Case, *, terms: ExclusionTerms, organisation_id: UUID) -> Exclusion:
    """Shut somebody out of `case`, recorded for one of the caller's organisations. It holds from the next request on.

    Raises NotFound, Gone, Conflict `holder_excluded`, Invalid: required, unknown_id, max_length, identifier_found.
    """
    with act(by, "exclusion.recorded", case, needs=LINE) as current:
        check_not_erased(case)
        if organisation_id not in by.organisations(team_id=case.team_id):
            refuse([Fault("/recorded_for", "unknown_id")])
        made = add_exclusion(by, case, terms=terms, organisation_id=organisation_id)
        current.on(made)
        current.note(case=case.id)
        return made


def add_exclusion(
    by: Actor, case: Case, *, terms: ExclusionTerms, organisation_id: UUID, at: str = ""
) -> Exclusion:
    """Check the terms and write them down, inside an act that has asked for the right.

    Whom it is about does not enter the audit: those who review it need not know, the list says it.
    """
    refuse(_faults(by, case, terms, at=at))
    if terms.organisation_id == case.holder_organisation_id:
        raise Conflict("holder_excluded")
    row = Exclusion(case=case, team_id=case.team_id, recorded_by=author(by), recorded_for_id=organisation_id)
    row.reason = _sealed(row, terms.reason, at=at)
    row.save(force_insert=True)
    who = {"user_id": terms.user_id, "organisation_id": terms.organisation_id}
    ShutOut(case=case, team_id=case.team_id, exclusion=row, **who).save(force_insert=True)
    row.person_id, row.organisation_id = terms.user_id, terms.organisation_id
    _take_from_holder(case)
    tell_coordinator(case, "exclusion.recorded", about=row)
    if coordinates_nobody(case.id, team_id=case.team_id):
        tell_reviewers(case, "team.deputy_needed", about=case.team)
    return row


def add_copy(case: Case, row: Exclusion, *, user_id: UUID | None, organisation_id: UUID | None) -> None:
    """Write down an exclusion that another case of the same person had, inside the act that joins the two."""
    row.save(force_insert=True)
    ShutOut(
        case=case, team_id=case.team_id, exclusion=row, user_id=user_id, organisation_id=organisation_id
    ).save(force_insert=True)
    _take_from_holder(case)
    if coordinates_nobody(case.id, team_id=case.team_id):
        tell_reviewers(case, "team.deputy_needed", about=case.team)


def _faults(by: Actor, case: Case, terms: ExclusionTerms, *, at: str) -> Iterator[Fault]:
    if (terms.user_id is None) == (terms.organisation_id is None):
        yield Fault(f"{at}/user", "required" if terms.user_id is None else "invalid")
    elif terms.user_id is not None and not _knows(by, terms.user_id, team_id=case.team_id):
        yield Fault(f"{at}/user", "unknown_id")
    elif terms.organisation_id and not Organisation.objects.filter(pk=terms.organisation_id).exists():
        yield Fault(f"{at}/organisation", "unknown_id")


def _knows(by: Actor, user_id: UUID, *, team_id: UUID) -> bool:
    """Say whether `by` may name the person: a colleague, or for who coordinates anybody of the team.

    Any other id is answered as one that nobody has. Who works elsewhere is shut out with the organisation.
    """
    here = Q(team_id=team_id) | Q(team_id=None)
    seen = roster.members_visible_to(by).filter(live(), here, user_id=user_id)
    return user_id == by.id or seen.exists()


def _sealed(row: Exclusion, text: str, *, at: str) -> bytes | None:
    if not text.strip():
        return None
    said = screened(text, at=f"{at}/reason", limit=REASON_LIMIT)
    return vault.seal_for(
        owner_id=row.case_id, record_id=row.id, label=REASON_LABEL, revision=1, value=said, floor=FLOOR
    )


def _take_from_holder(case: Case) -> None:
    """Leave a case with its organisation alone, when the one who holds it there is shut out."""
    if case.assigned_to is None or not excludes(case.id, person=case.assigned_to):
        return
    case.assigned_to = None
    # Whoever was told by the person may not change the case itself.
    with asker.working_as(asker.DEPARTURES):
        case.save()


def with_people(rows: Sequence[Exclusion]) -> Sequence[Exclusion]:
    """Put beside each row whom it shuts out, as far as whoever asks may know."""
    found = known({row.case_id for row in rows})
    for row in rows:
        if (whom := found.get(row.pk)) is not None:
            row.person_id, row.organisation_id = whom
    return rows


def lift(by: Actor, exclusion: Exclusion) -> ExclusionLift:
    """End an exclusion. Raises NotFound (also to whom it shuts out), Forbidden, Gone, Conflict `already_lifted`."""
    with act(by, "exclusion.lifted", exclusion.case, needs=LINE) as current:
        check_not_erased(exclusion.case)
        if not visible_to(by, Exclusion.objects.filter(pk=exclusion.pk), LINE).exists():
            raise NotFound
        if not coordinates(by, action=LINE, team_id=exclusion.team_id):
            raise Forbidden
        if ExclusionLift.objects.filter(exclusion=exclusion).exists():
            raise Conflict("already_lifted")
        made = ExclusionLift(
            case=exclusion.case, team_id=exclusion.team_id, exclusion=exclusion, lifted_by=author(by)
        )
        made.save(force_insert=True)
        current.on(exclusion)
        current.note(case=exclusion.case_id)
        return made
