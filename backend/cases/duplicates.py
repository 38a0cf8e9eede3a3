"""The hint that a person may have a case already: a phrase becomes a tag, and a job compares tags later.

Whoever gives the phrase hears the same whether there is another case or not, after the same work: the request only
adds a row. Whoever coordinates is told by the job, which shows them both cases.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from audit import recorder
from audit.acts import act
from backend import asker
from backend.cases.changing import author, check_not_erased
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case, DuplicateHint, DuplicateTag
from backend.cases.notify import tell_coordinator
from backend.encryption import vault
from backend.encryption.tags import tag
from backend.errors import Fault, Invalid
from backend.reference.translit import fold
from permissions.actor import Actor
from permissions.scope import Forbidden, visible_to

LINE: Final = "case.check_duplicate"
VIEW: Final = "case.view_coded"
SHORTEST, LONGEST = 6, 200
AT: Final = "/phrase"
# The limit on phrases that one person gives.
SCOPE: Final = "duplicate"
# A phrase that more cases share than this says nothing about any of them.
MOST_PAIRS: Final = 20


def normal(phrase: str) -> str:
    """Return the one form of a phrase: letters and digits in one script and case, single spaces. Raises Invalid."""
    if len(phrase) > LONGEST:
        raise Invalid(Fault(AT, "max_length"))
    seen = "".join(one for one in phrase if unicodedata.category(one) != "Cf")
    kept = "".join(one if one.isalnum() else " " for one in fold(seen))
    text = " ".join(kept.split())
    if len(text.replace(" ", "")) < SHORTEST:
        raise Invalid(Fault(AT, "min_length"))
    return text


def note_phrase(by: Actor, case: Case, *, phrase: str) -> None:
    """Leave the tag of a phrase for the job that compares. Nothing here depends on what there is already.

    Raises NotFound, Forbidden, Gone, Invalid: max_length, min_length.
    """
    with act(by, "case.duplicate_checked", case, needs=LINE):
        check_not_erased(case)
        made = _tag(case.team_id, phrase)
        row = DuplicateTag(case=case, team_id=case.team_id, tag=made, noted_by=author(by))
        row.save(force_insert=True)


def _tag(team_id: UUID, phrase: str) -> bytes:
    said = normal(phrase)
    vault.create_key(owner_id=team_id, team_id=team_id)
    return tag(owner_id=team_id, phrase=said)


def find_by_phrase(by: Actor, *, team_id: UUID, phrase: str) -> list[UUID]:
    """Return the cases of a team under which the phrase was noted, for who coordinates it, with the person present.

    Recorded with the cases that were found. Raises Forbidden, Invalid.
    """
    seats = [seat for seat in by.seats_for(LINE) if seat.team_id == team_id]
    if by.kind != "user" or not any(seat.word(LINE) == "yes" for seat in seats):
        raise Forbidden
    made = _tag(team_id, phrase)
    with asker.working_as(asker.DUPLICATES):
        noted = list(DuplicateTag.objects.filter(team_id=team_id, tag=made).values_list("case_id", flat=True))
    rows = visible_to(by, Case.objects.filter(pk__in=noted), VIEW).exclude(status=ERASED)
    found = sorted(rows.values_list("pk", flat=True))
    recorder.record_list(by, "case.found_by_phrase", kind="case", ids_by_team={team_id: found})
    return found


def compare_new(by: Actor) -> int:
    """Compare every tag that is new with those of its team, and tell who coordinates. Returns how many were compared.

    For the worker. A second run changes nothing: two cases are hinted at once.
    """
    new = list(DuplicateTag.objects.filter(compared_at=None).order_by("noted_at", "pk"))
    for row in new:
        with act(by, "case.duplicates_compared", team=row.team_id, case=row.case_id):
            for other in _others(row):
                _hint(row.case, other)
            row.compared_at = timezone.now()
            row.save(update_fields=["compared_at"])
    return len(new)


def _others(row: DuplicateTag) -> Iterator[UUID]:
    same = DuplicateTag.objects.filter(team_id=row.team_id, tag=row.tag).exclude(case_id=row.case_id)
    same = same.filter(case__merged_into=None).exclude(case__status=ERASED)
    cases: QuerySet[DuplicateTag, UUID] = same.values_list("case_id", flat=True)
    found = set(cases)
    if len(found) <= MOST_PAIRS and row.case.status != ERASED and row.case.merged_into is None:
        yield from sorted(found)


def _hint(case: Case, other: UUID) -> None:
    first, second = sorted((case.pk, other))
    if _known(first, second).exists():
        return
    hint = DuplicateHint(case_id=first, team_id=case.team_id, other_case_id=second)
    hint.save(force_insert=True)
    tell_coordinator(case, "case.duplicate_hinted", about=hint)


def _known(first: UUID, second: UUID) -> QuerySet[DuplicateHint]:
    return DuplicateHint.objects.filter(case_id=first, other_case_id=second)
