"""What the case that stays takes over from the other one: each envelope is opened and sealed again under its own key.

Inside the act of a merge, which has locked both cases, under the eyes of who proposed it: that person coordinates the
team and sees all of both. What is copied names its organisation and author as before.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID, uuid4

from backend import asker
from backend.cases import classes, notes, sealed_rows
from backend.cases.consents import REMARK, live_recipients
from backend.cases.exclusions import FLOOR, add_copy
from backend.cases.joining import Joined, join
from backend.cases.models import Case, Consent, ConsentRecipient, DuplicateTag, Exclusion, Note
from backend.cases.models.exclusions import REASON_LABEL
from backend.cases.shut_out import known
from backend.encryption import vault
from backend.errors import Conflict
from backend.teams.models.base import live

REMARK_FLOOR: Final = 1024
# What a row copied from another takes from it as it is.
_SAID: Final = (
    "team_id", "purposes", "data_classes", "given_by", "how", "bundle", "recorded_by", "recorded_for_id",
    "recorded_at", "valid_from", "valid_until",
)  # fmt: skip


def take_over(stays: Case, goes: Case) -> dict[str, int]:
    """Take over facts, notes, live consents, exclusions and tags; returns how many. Raises Conflict holder_excluded."""
    with vault.lookup([stays.id, goes.id]):
        joined = _facts(stays, goes)
        counts = {
            "items": joined.taken,
            "conflicts": joined.conflicts,
            "needs": len(joined.needs),
            "notes": _notes(stays, goes),
            "consents": _consents(stays, goes, needs=joined.needs),
            "exclusions": _exclusions(stays, goes),
        }
    _tags(stays, goes)
    return counts


def _facts(stays: Case, goes: Case) -> Joined:
    adds = sealed_rows.open_classes(goes.id, data_classes=classes.stored())
    rows = sealed_rows.open_for_change(stays, data_classes=classes.stored())
    joined = join({name: content for name, (_row, content) in rows.items()}, adds)
    for name, (row, content) in rows.items():
        if joined.facts[name] != content:
            sealed_rows.seal_again(row, content=joined.facts[name])
    return joined


def _notes(stays: Case, goes: Case) -> int:
    found = list(Note.objects.filter(case_id=goes.id).order_by("created_at", "pk"))
    for note in found:
        made = notes.copied(note, to=stays)
        # Another organisation's note, which a person may not write.
        with asker.working_as(asker.MERGES):
            made.save()
    return len(found)


def _consents(stays: Case, goes: Case, *, needs: Mapping[UUID, UUID]) -> int:
    """Copy what still holds: without notes, chosen one by one, and whom a withdrawal here has named."""
    refused = _withdrawn(stays)
    rows = Consent.objects.filter(live(), case_id=goes.id, withdrawal__isnull=True)
    copied = 0
    for consent in rows.order_by("recorded_at", "pk").prefetch_related("recipients"):
        named = [
            one for one in consent.recipients.all() if one.organisation_id not in refused and _coded(one)
        ]
        if not named:
            continue
        said = {name: getattr(consent, name) for name in _SAID} | {"data_classes": _coded(consent)}
        need_id = needs.get(consent.need_id) if consent.need_id else None
        made = Consent(case=stays, copied_from=consent.pk, need_id=need_id or consent.need_id, **said)
        made.remark = _anew(consent.remark, REMARK, was=consent, now=made, floor=REMARK_FLOOR)
        made.save(force_insert=True)
        ConsentRecipient.objects.bulk_create(_named(one, made) for one in named)
        copied += 1
    return copied


def _withdrawn(case: Case) -> set[UUID]:
    """Return the organisations from which the person took a consent of this case back, and gave none since."""
    rows = ConsentRecipient.objects.filter(case_id=case.id)
    back = rows.filter(consent__withdrawal__isnull=False).values_list("organisation_id", flat=True)
    return set(back) - set(live_recipients(case.id).values_list("organisation_id", flat=True))


def _coded(said: Consent | ConsentRecipient) -> list[str]:
    return [code for code in said.data_classes if code != classes.NARRATIVE]


def _named(one: ConsentRecipient, consent: Consent) -> ConsentRecipient:
    return ConsentRecipient(
        id=uuid4(),
        case_id=consent.case_id,
        team_id=consent.team_id,
        consent=consent,
        organisation_id=one.organisation_id,
        position=one.position,
        data_classes=_coded(one),
    )


def _exclusions(stays: Case, goes: Case) -> int:
    """Let who is shut out of the one be shut out of the other. Whom it names, the database tells who coordinates."""
    found = list(Exclusion.objects.filter(case_id=goes.id, lift__isnull=True).order_by("recorded_at", "pk"))
    named = known({goes.id}) if found else {}
    for row in found:
        whom = named[row.pk]
        if whom.organisation_id == stays.holder_organisation_id:
            raise Conflict("holder_excluded")
        made = Exclusion(
            case=stays,
            team_id=stays.team_id,
            recorded_by=row.recorded_by,
            recorded_for_id=row.recorded_for_id,
            recorded_at=row.recorded_at,
        )
        made.reason = _anew(row.reason, REASON_LABEL, was=row, now=made, floor=FLOOR)
        add_copy(stays, made, user_id=whom.person_id, organisation_id=whom.organisation_id)
    return len(found)


def _anew(
    envelope: bytes | None, label: str, *, was: Consent | Exclusion, now: Consent | Exclusion, floor: int
) -> bytes | None:
    """Return what was sealed once in one row, sealed for another."""
    if envelope is None:
        return None
    text = vault.open_for(owner_id=was.case_id, record_id=was.pk, label=label, envelope=envelope, revision=1)
    return vault.seal_for(
        owner_id=now.case_id, record_id=now.pk, label=label, revision=1, value=text, floor=floor
    )


def _tags(stays: Case, goes: Case) -> None:
    """Let the case that stays be found again by what was said for the other one; the two are not hinted at."""
    with asker.working_as(asker.DUPLICATES):
        found = list(DuplicateTag.objects.filter(case_id=goes.id).order_by("noted_at", "pk"))
    for row in found:
        made = DuplicateTag(
            case=stays, team_id=row.team_id, tag=row.tag, noted_by=row.noted_by, compared_at=row.compared_at
        )
        made.save(force_insert=True)
