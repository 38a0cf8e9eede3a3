"""Opening narrative fields: one audited act with a purpose that the reader states."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from audit import recorder
from backend.cases import classes
from backend.cases.changing import check_not_erased, refuse
from backend.cases.consents import REMARK
from backend.cases.models import Case, Consent, Exclusion, Note
from backend.cases.models.exclusions import REASON_LABEL
from backend.cases.notes import LABEL
from backend.cases.reading import under
from backend.cases.standing import BREAK_GLASS, Standing, standing
from backend.encryption.vault import Sealed, open_many
from backend.errors import Fault, Invalid
from backend.reference.lists import codes
from permissions.actor import Actor
from permissions.scope import Forbidden, visible_to

NOTE: Final = "note"
REMARK_OF: Final = "consent_remark"
REASON_OF: Final = "exclusion_reason"
MOST_FIELDS: Final = 50


@dataclass(frozen=True, slots=True)
class Revealed:
    """One opened field, under the name by which it was asked for."""

    field: str
    revision: int
    text: str


def stated_purposes() -> frozenset[str]:
    """Return the purposes that a reader may state for a narrative field."""
    return frozenset(
        code
        for code, row in codes("reveal_purposes").items()
        if row.attributes["taken_from"] == "asked"
        and "narrative" in row.values("opens")
        and code != BREAK_GLASS  # has its own request, with a reason and a review, and is never just claimed
    )


def reveal(by: Actor, case: Case, *, fields: Sequence[str], purpose: str) -> list[Revealed]:
    """Open `fields` for `purpose`, in one audited act (`case.revealed`).

    A field is named `note:<id>`, `consent_remark:<id>` or `exclusion_reason:<id>`.
    A note opens to the organisation that wrote it and to those whom a consent names for the narrative. Raises
    NotFound, Forbidden for a machine token, Gone, Invalid: unknown_code, required, too_many, and `unknown_id`
    alike for a field that is not there and for one that does not open to the caller.
    """
    check_not_erased(case)
    stands = standing(by, case, reading=True)
    if by.kind != "user" or not by.seats_for("case.view_sealed"):
        raise Forbidden
    _check(fields, purpose, looks=any(one.reason == BREAK_GLASS for one in stands.reasons))
    found = {**_notes(case, stands), **_remarks(by, case, stands), **_reasons(by, case)}
    refuse(Fault(f"/fields/{place}", "unknown_id") for place, name in enumerate(fields) if name not in found)
    opened = open_many(owner_id=case.id, sealed=[found[name][0] for name in fields])
    recorder.record(
        by,
        "case.revealed",
        team=case.team_id,
        kind="case",
        object_id=str(case.id),
        purpose=purpose,
        fields=list(fields),
        **under(stands),
    )
    texts = zip(fields, opened, strict=True)
    return [Revealed(name, found[name][1], cast("str", text)) for name, text in texts]


def _check(fields: Sequence[str], purpose: str, *, looks: bool) -> None:
    """Raise Invalid. While a break-glass is open, whatever is opened is opened under it, and says so."""
    if looks and purpose != BREAK_GLASS:
        raise Invalid(Fault("/purpose", "under_break_glass"))
    if not looks and purpose not in stated_purposes():
        raise Invalid(Fault("/purpose", "unknown_code"))
    if not fields or len(set(fields)) != len(fields):
        raise Invalid(Fault("/fields", "repeated" if fields else "required"))
    if len(fields) > MOST_FIELDS:
        raise Invalid(Fault("/fields", "too_many"))


def name_of(kind: str, pk: UUID | str) -> str:
    """Return the name by which a field is asked for."""
    return f"{kind}:{pk}"


def _notes(case: Case, stands: Standing) -> dict[str, tuple[Sealed, int]]:
    readable = {UUID(note["id"]) for note in stands.notes}
    return {
        name_of(NOTE, note.id): (
            Sealed(note.id, LABEL, note.envelope, note.revision),
            note.revision,
        )
        for note in Note.objects.filter(case_id=case.id, pk__in=readable)
    }


def _remarks(by: Actor, case: Case, stands: Standing) -> dict[str, tuple[Sealed, int]]:
    rows = visible_to(by, Consent.objects.filter(case_id=case.id, remark__isnull=False), "consent.view")
    if classes.NARRATIVE not in stands.data_classes:
        rows = rows.filter(recorded_for_id__in=stands.organisations)
    return {
        name_of(REMARK_OF, consent.id): (Sealed(consent.id, REMARK, consent.remark, revision=1), 1)
        for consent in rows
    }


def _reasons(by: Actor, case: Case) -> dict[str, tuple[Sealed, int]]:
    """Why somebody is shut out: for who coordinates and the organisation that recorded it, whatever a consent names."""
    rows = visible_to(
        by, Exclusion.objects.filter(case_id=case.id, reason__isnull=False), "case.exclude_person"
    )
    return {
        name_of(REASON_OF, row.id): (Sealed(row.id, REASON_LABEL, row.reason, revision=1), 1) for row in rows
    }
