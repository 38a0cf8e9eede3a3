"""Short notes: screened for identifiers, sealed, and opened only by a reveal with a stated purpose."""

from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from audit.acts import act
from backend.cases.changing import author, check_open, check_version
from backend.cases.models import Case, Note
from backend.cases.models.case import looked_at
from backend.cases.standing import live_narrative
from backend.cases.texts import NOTE_LIMIT, screened
from backend.encryption import vault
from backend.errors import Fault, Invalid
from permissions.actor import Actor
from permissions.scope import Forbidden

LABEL: Final = "note.text"
# A note of any permitted length is sealed to one of two sizes.
FLOOR: Final = 1024


def readable_by(by: Actor, *, team_id: UUID) -> Q:
    """Return the condition that a note opens to `by`: the own organisation wrote it, or a consent names it for notes.

    Or a break-glass of `by` is under way. A machine never opens another's note.
    """
    own = by.organisations(team_id=team_id)
    named = live_narrative(own).filter(case_id=OuterRef("case_id"))
    by_consent = Q(pk__in=()) if by.kind == "token" else Q(Exists(named))
    looked = looked_at(by.id, case="case_id") if by.looks and by.id else Q(pk__in=())
    return Q(organisation_id__in=own) | by_consent | looked


def add_note(by: Actor, case: Case, *, organisation_id: UUID, text: str) -> Note:
    """Add a note of at most 1,000 characters for one of the caller's organisations.

    Raises Conflict for a closed case, Invalid: required, max_length, invalid, identifier_found, unknown_id.
    """
    with act(by, "note.added", case, needs="case.edit") as current:
        check_open(case)
        if organisation_id not in by.organisations(team_id=case.team_id):
            raise Invalid(Fault("/organisation", "unknown_id"))
        note = Note(case=case, team_id=case.team_id, author_id=author(by), organisation_id=organisation_id)
        _seal(note, screened(text, at="/text", limit=NOTE_LIMIT))
        note.save()
        current.on(note)
        current.note(case=case.id)
        return note


def change_note(by: Actor, note: Note, *, text: str, version: int | None = None) -> None:
    """Write a note anew, by the organisation that wrote it. The former text stays sealed in the history.

    Raises NotFound, Forbidden for another organisation's note, Stale, Conflict for a closed case, Invalid.
    """
    with act(by, "note.changed", note) as current:
        by.require("case.edit", note.case)
        if note.organisation_id not in by.organisations(team_id=note.team_id):
            raise Forbidden
        check_version(note, version)
        check_open(note.case)
        note.revision += 1
        _seal(note, screened(text, at="/text", limit=NOTE_LIMIT))
        note.save()
        current.note(case=note.case_id)


def copied(note: Note, *, to: Case) -> Note:
    """Return the note as one of another case, sealed under its key, by the same author and of the same day; unsaved."""
    text = vault.open_for(
        owner_id=note.case_id, record_id=note.id, label=LABEL, envelope=note.envelope, revision=note.revision
    )
    made = Note(
        case=to,
        team_id=to.team_id,
        author_id=note.author_id,
        organisation_id=note.organisation_id,
        created_at=note.created_at,
    )
    _seal(made, str(text))
    return made


def _seal(note: Note, text: str) -> None:
    note.envelope = vault.seal_for(
        owner_id=note.case_id,
        record_id=note.id,
        label=LABEL,
        revision=note.revision,
        value=text,
        floor=FLOOR,
    )
