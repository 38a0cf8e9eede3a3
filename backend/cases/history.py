"""The history of a case: who changed what and when, no further than the case itself is open to the reader.

Of sealed facts two revisions are opened and compared as this reader would have been shown each of them. Only that
comparison can leave out what the reader does not see (a diagnosis, a detention), and nothing that was opened leaves.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID

from audit import recorder
from audit.changes import ABOUT, Change, Difference, Row, change, changes
from backend.cases import classes
from backend.cases.authors import with_authors
from backend.cases.changing import check_not_erased
from backend.cases.content import Content
from backend.cases.models import Case, CaseFacts
from backend.cases.models.case import REFERRAL_RECEIVED
from backend.cases.reading import NeedsReferred, shown_items, shown_needs, under
from backend.cases.sealed_rows import label
from backend.cases.standing import Standing, standing
from backend.cases.terms import in_order
from backend.encryption import vault
from permissions.actor import Actor

# Under which name a column of the case shows. The version is left out: it counts changes, those of others too.
PLAIN: Final[Mapping[str, str]] = {
    "status": "status",
    "urgency": "urgency",
    "opened_by": "opened_by_organisation_id",
    "holder": "holder_organisation_id",
    "assigned_to": "assigned_to",
    "triage_outcome": "triage_outcome",
    "triage_due_at": "triage_due_at",
    "review_due": "review_due",
    "closure_reason": "closure_reason",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
}
# What an act on something else is called here: its own name would tell of a referral that may not show.
OTHERWISE: Final = "case.changed"
_OWN: Final = ("case.", "need.")
# When the organisation behind a received referral was let in, by the ids of the referrals.
ReceivedAt = Callable[[Collection[UUID]], datetime | None]


def read_history(
    by: Actor, case: Case, *, needs_referred: NeedsReferred, received_at: ReceivedAt
) -> list[Change]:
    """Return what changed in `case`, newest first, in one audited read (`case.history_read`).

    Whoever was let in by a referral reads from that moment on. Raises NotFound without a live reason, Gone,
    KeyGone, IntegrityFailure, AuditUnavailable.
    """
    check_not_erased(case)
    stands = standing(by, case, reading=True)
    opened = in_order(stands.data_classes)
    since = _since(stands, received_at)
    with vault.lookup():
        facts = _facts(case, stands, needs_referred)
    found = [one for one in (*_plain(case), *facts) if since is None or one.at >= since]
    found.sort(key=lambda one: (one.at, one.id), reverse=True)
    recorder.record(
        by,
        "case.history_read",
        team=case.team_id,
        kind="case",
        object_id=str(case.id),
        purpose=stands.purpose,
        classes=list(opened),
        **under(stands),
    )
    return with_authors(by, [_named(one) for one in found], team_id=case.team_id)


def _since(stands: Standing, received_at: ReceivedAt) -> datetime | None:
    """Return from when on the reader may know what changed; None for all of it."""
    if any(one.reason != REFERRAL_RECEIVED for one in stands.reasons):
        return None
    sources = {one.source_id for one in stands.reasons if one.source_id}
    return received_at(sources) or datetime.max.replace(tzinfo=UTC)


def _named(one: Change) -> Change:
    return one if one.verb.startswith(_OWN) else replace(one, verb=OTHERWISE)


def _plain(case: Case) -> Iterator[Change]:
    rows = Case.history.filter(id=case.pk).order_by("version", "history_date", "history_id")
    return changes(rows.values(*ABOUT, *PLAIN.values()), kind="case", plain=PLAIN)


def _facts(case: Case, stands: Standing, needs_referred: NeedsReferred) -> Iterator[Change]:
    """Yield the changes of the sealed facts that this reader would have seen, were it looking all the time."""
    wanted = set(stands.data_classes) & set(classes.stored())
    rows = CaseFacts.history.filter(case_id=case.pk, data_class__in=wanted).order_by(
        "data_class", "version", "history_date", "history_id"
    )
    kept = list(rows.values(*ABOUT, "id", "data_class", "envelope", "revision"))
    contents = _opened(case.pk, kept)
    referred = _asked_once(case, stands, needs_referred)
    for before, row, was, becomes in zip(kept, kept[1:], contents, contents[1:], strict=False):
        if before["data_class"] != row["data_class"]:
            continue
        found = _differences(case, stands, row["data_class"], (was, becomes), referred)
        if found:
            yield change(row, kind="facts", fields=found)


def _opened(case_id: UUID, rows: Sequence[Row]) -> list[Content]:
    sealed = [
        vault.Sealed(row["id"], label(row["data_class"]), row["envelope"], row["revision"]) for row in rows
    ]
    values = vault.open_many(owner_id=case_id, sealed=sealed)
    return [Content.unpacked(cast("dict[str, Any]", value)) for value in values]


def _asked_once(case: Case, stands: Standing, ask: NeedsReferred) -> NeedsReferred:
    found: list[frozenset[UUID]] = []

    def answer(_case: Case, _organisations: frozenset[UUID]) -> frozenset[UUID]:
        if not found:
            found.append(ask(case, stands.organisations))
        return found[0]

    return answer


def _differences(
    case: Case,
    stands: Standing,
    data_class: str,
    both: Iterable[Content],
    needs_referred: NeedsReferred,
) -> tuple[Difference, ...]:
    was, becomes = (_shown(case, stands, data_class, one, needs_referred) for one in both)
    names = sorted(name for name in was.keys() | becomes.keys() if was.get(name) != becomes.get(name))
    return tuple(Difference(name, sealed=True) for name in names)


def _shown(
    case: Case, stands: Standing, data_class: str, content: Content, needs_referred: NeedsReferred
) -> dict[str, Any]:
    """Return what of one revision would show to the reader, by the names under which it would."""
    facts = {data_class: content}
    items = {f"items.{name}": value for name, value in shown_items(stands, facts).items()}
    needs = shown_needs(case, stands=stands, facts=facts, needs_referred=needs_referred)
    parts = {"needs": needs, "flags": tuple(sorted(content.flags))}
    return items | {name: part for name, part in parts.items() if part}
