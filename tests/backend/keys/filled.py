"""A case with something in every column that holds envelopes, changed once, so that its histories hold older ones."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.cases.exclusions import ExclusionTerms, exclude
from backend.cases.facts import change_items
from backend.cases.models import Case, Note
from backend.cases.notes import add_note, change_note
from backend.encryption import vault
from backend.keys import envelopes
from backend.keys.envelopes import Found
from backend.keys.system import as_custodian
from backend.referrals import answering, asking, progress
from backend.referrals.models import Referral
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import CLASSES, Loop, opened
from tests.world import Town, ahead

NOTE, REMARK, STORY = "Radije dolazi posle podne.", "Pristala je posle razgovora.", "Dolazi uz pratnju."


@dataclass
class Filled:
    """The case with its loop, a note, and two referrals: one confidential, one with texts and an appointment."""

    loop: Loop
    note: Note
    referral: Referral
    hidden: Referral

    @property
    def case(self) -> Case:
        return self.loop.case


def filled(town: Town) -> Filled:
    loop = opened(town)
    clinic = (loop.town.clinic, town.society)
    loop.agree(*clinic, classes=(*CLASSES, "narrative"), remark=REMARK)
    note = add_note(loop.centre, loop.case, organisation_id=town.centre.id, text="Prvi razgovor.")
    change_note(loop.centre, note, text=NOTE)
    change_items(loop.centre, fresh(loop.case), given={"sex": "2"})
    referral = loop.refer(narrative=STORY)
    answering.accept(loop.clinic, referral, appointment=ahead(days=3).replace(microsecond=0))
    progress.start(loop.clinic, referral)
    asking.ask(loop.clinic, referral, question_code="transport", note="Ima li pratnju?")
    asking.reply(loop.centre, referral, note="Ima, sestru.")
    hidden = loop.refer(service_code="TX-HIC", need_id=None)
    look(town.outreach, loop.case)
    nobody = ExclusionTerms(organisation_id=town.ward.id, reason="Radi tamo neko njen.")
    exclude(loop.centre, loop.case, terms=nobody, organisation_id=town.centre.id)
    return Filled(loop, note, Referral.objects.get(pk=referral.pk), hidden)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def all_of(case_ids: list[UUID]) -> list[Found]:
    """Return every envelope of these cases, in rows and histories: none names the key that nobody has."""
    with as_custodian():
        return list(envelopes.not_under(dict.fromkeys(case_ids, UUID(int=0))))


def opens(one: Found) -> Any:
    """Open one where it stands, as it is declared."""
    place = one.column.place.of(one.row)
    return vault.open_for(
        owner_id=place.case_id,
        record_id=place.record_id,
        label=place.label,
        envelope=one.envelope,
        revision=one.column.place.revision_in(one.row),
    )
