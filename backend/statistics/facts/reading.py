"""Opens what the cases of a team say, some hundred at a time, as the job `facts`: for the lock of a quarter alone.

Nothing of it is kept or shown. Whoever locks the quarter writes one entry for all of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from backend import asker
from backend.cases.content import Content
from backend.cases.models import Case, CaseFacts
from backend.cases.sealed_rows import label
from backend.encryption import vault
from backend.encryption.vault import KeyGone, Sealed
from backend.referrals import services
from backend.referrals.models import Referral, ReferralEvent
from backend.statistics.facts.person import state_at
from backend.statistics.facts.said import Revision, Said, State, Step, Told
from backend.statistics.periods import Quarter, Span
from backend.teams.models import Organisation, Team

AT_ONCE: Final = 200
Rows = Mapping[UUID, list[Any]]


class Place(NamedTuple):
    """What is counted of an organisation: its sector, and the id of its town or ""."""

    sector: str
    town: str


class _Found(NamedTuple):
    states: Rows
    revisions: Rows
    referrals: Rows
    steps: Rows
    places: Mapping[UUID, Place]


@contextmanager
def as_the_job() -> Iterator[None]:
    """Ask the database as the job that writes facts, and as nobody: who is shut out of a case locks a quarter, too."""
    with asker.asked_by(None), asker.working_as(asker.FACTS):
        yield


def tellings(team: Team, span: Span) -> Iterator[Told]:
    """Yield each person of a team as known when `span` was over: opened, without cases that were erased since.

    Inside `as_the_job`, in a transaction. Raises IntegrityFailure.
    """
    places = _places()
    for groups in _batched(_groups(team)):
        ids = [case_id for group in groups for case_id in group]
        found = _found(ids, span, places)
        with vault.lookup(ids):
            for group in groups:
                yield from _of_group({one: _told(one, team, span, found) for one in group}, span)


def _places() -> dict[UUID, Place]:
    rows = Organisation.objects.only("id", "sector", "municipality")
    return {one.id: Place(one.sector, str(one.municipality_id or "")) for one in rows}


def _groups(team: Team) -> list[list[UUID]]:
    """Return the ids of the team's cases, those that were joined to one another together."""
    rows = dict(Case.objects.filter(team=team).exclude(status="erased").values_list("id", "merged_into"))
    leads = {one: into if into in rows else None for one, into in rows.items()}
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for one in leads:
        groups[_root(one, leads)].append(one)
    return list(groups.values())


def _batched(groups: Sequence[list[UUID]]) -> Iterator[Sequence[list[UUID]]]:
    return (groups[at : at + AT_ONCE] for at in range(0, len(groups), AT_ONCE))


def _found(ids: Sequence[UUID], span: Span, places: Mapping[UUID, Place]) -> _Found:
    states: Any = Case.history
    facts: Any = CaseFacts.history
    before = {"history_date__lt": span.end}
    return _Found(
        _by_case(states.filter(id__in=ids, **before), "id"),
        _by_case(facts.filter(case_id__in=ids, **before), "case_id"),
        _by_case(Referral.objects.filter(case_id__in=ids, created_at__lt=span.end), "case_id"),
        _by_case(
            ReferralEvent.objects.filter(case_id__in=ids, at__lt=span.end).order_by("at"), "referral_id"
        ),
        places,
    )


def _by_case(rows: Iterable[Any], column: str) -> Rows:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _told(case_id: UUID, team: Team, span: Span, found: _Found) -> Told:
    """A case whose key is gone is being erased: nothing is known of it."""
    try:
        revisions = tuple(_revisions(case_id, span, found))
        referrals = tuple(_referrals(case_id, found))
    except KeyGone:
        return Told(team_id=team.id, town="", states=())
    return Told(
        team_id=team.id,
        town=str(team.municipality_id),
        states=tuple(map(_state, found.states.get(case_id, []))),
        revisions=revisions,
        referrals=referrals,
    )


def _state(row: Any) -> State:
    return State(
        row.history_date,
        row.status,
        row.opened_by_organisation_id,
        row.holder_organisation_id,
        row.merged_into,
    )


def _revisions(case_id: UUID, span: Span, found: _Found) -> Iterator[Revision]:
    """Yield what was sealed in the year so far, and what each class held when it began."""
    begin = Quarter.of(span.last).year_to_date.begin
    rows = sorted(found.revisions.get(case_id, []), key=lambda row: row.history_date)
    held = {row.data_class: row for row in rows if row.history_date < begin}
    wanted = [*held.values(), *(row for row in rows if row.history_date >= begin)]
    sealed = [Sealed(row.id, label(row.data_class), row.envelope, row.revision) for row in wanted]
    for row, value in zip(wanted, vault.open_many(owner_id=case_id, sealed=sealed), strict=True):
        content = Content.unpacked(cast("dict[str, Any]", value))
        yield Revision(row.history_date, row.data_class, content.items, content.needs)


def _referrals(case_id: UUID, found: _Found) -> Iterator[Said]:
    rows = found.referrals.get(case_id, [])
    hidden = [one for row in rows if (one := services.sealed(row)) is not None]
    opened = vault.open_many(owner_id=case_id, sealed=hidden)
    codes = {one.record_id: services.code_in(value) for one, value in zip(hidden, opened, strict=True)}
    for row in rows:
        steps = tuple(map(_step, found.steps.get(row.id, [])))
        yield _said(row, codes.get(row.id, row.service_code), steps, found.places)


def _said(row: Referral, service: str, steps: tuple[Step, ...], places: Mapping[UUID, Place]) -> Said:
    nowhere = Place("", "")
    recipient = row.recipient_organisation_id
    to = places.get(recipient, nowhere) if recipient else nowhere
    return Said(
        requester=row.requester_organisation_id,
        recipient=recipient,
        service=service,
        urgency=row.urgency,
        by_consent=row.consent_id is not None,
        contact_at=row.first_contact_at,
        need_id=row.need_id,
        sector_from=places.get(row.requester_organisation_id, nowhere).sector,
        sector_to=to.sector,
        town=to.town,
        steps=steps,
    )


def _step(row: ReferralEvent) -> Step:
    return Step(
        row.at, row.verb, row.from_status, row.to_status, row.reason_code, row.outcome_code, row.detail
    )


def _of_group(group: Mapping[UUID, Told], span: Span) -> Iterator[Told]:
    """Yield the persons of cases that were joined by now: those that were so when the span was over count as one."""
    into = {pk: state_at(told, until=span.end) for pk, told in group.items()}
    leads = {pk: state.merged_into for pk, state in into.items() if state and state.merged_into in group}
    for pk, told in group.items():
        if pk not in leads:
            yield replace(told, joined=tuple(group[one] for one in leads if _root(one, leads) == pk))


def _root(one: UUID, leads: Mapping[UUID, UUID | None]) -> UUID:
    while (further := leads.get(one)) is not None:
        one = further
    return one
