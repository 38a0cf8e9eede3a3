"""Opening a case: the key first, then the plain row, the sealed rows, the consent and the live reasons, at
once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from audit.acts import act
from backend.cases import classes, codes, items, lifecycle, sealed_rows, spoken
from backend.cases.changing import refuse
from backend.cases.consents import add_consent
from backend.cases.content import Content
from backend.cases.exclusions import ExclusionTerms, add_exclusion
from backend.cases.facts import flag_faults, need_faults, new_need, sorted_out
from backend.cases.items import ItemValue
from backend.cases.models import Case
from backend.cases.models.case import HOLDS, OPENED
from backend.cases.notify import tell_coordinator
from backend.cases.safeguarding import BasisTerms, add_basis
from backend.cases.terms import ConsentTerms, within
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.reference.lists import code_exists
from backend.reference.working_days import BELGRADE, triage_due_at
from backend.teams.models import Organisation, SharingAgreement, Team
from backend.teams.models.base import live
from permissions import grants
from permissions.actor import Actor
from permissions.scope import may

ROUTINE: Final = "routine"


@dataclass(frozen=True, slots=True)
class FactsInput:
    """What is known of the person at the beginning, coded: items by name, codes of needs and of risk
    flags.
    """

    items: Mapping[str, ItemValue] = field(default_factory=dict)
    needs: Sequence[str] = ()
    flags: Sequence[str] = ()


NOTHING_KNOWN: Final = FactsInput()


def open_case(
    by: Actor,
    *,
    team: Team,
    organisation: Organisation,
    consent: ConsentTerms | None,
    facts: FactsInput = NOTHING_KNOWN,
    urgency: str = ROUTINE,
    propose: bool = False,
    eligible: bool = True,
    basis: BasisTerms | None = None,
    exclusions: Sequence[ExclusionTerms] = (),
    import_key: str = "",
) -> Case:
    """Open a case for `organisation`, or propose it where that is asked or is all that `by` may do.

    `eligible` says that the worker has found the person to be in the team's care. Without consent a
    safeguarding basis carries a proposal, never an opening. Facts are taken only in classes that consent or
    basis cover. Raises Forbidden, Invalid with a fault for each place.
    """
    case = _new_case(team, organisation, urgency=urgency, import_key=import_key)
    proposed = propose or not may(by, "case.open", case)
    case.status = lifecycle.PROPOSED if proposed else lifecycle.ACTIVE
    verb, action = ("case.proposed", "case.propose") if proposed else ("case.opened", "case.open")
    with act(by, verb, case, needs=action) as current:
        _check(by, case, consent=consent, basis=basis, eligible=eligible or proposed)
        content = _content(facts, covered=_covered(consent, basis), organisation_id=organisation.id)
        vault.create_key(owner_id=case.id, team_id=case.team_id)
        _write(case, content=content)
        if consent is not None:
            add_consent(by, case, terms=consent, organisation_id=organisation.id, at="/consent")
        if basis is not None:
            add_basis(by, case, terms=basis, organisation_id=organisation.id, at="/safeguarding")
        for place, one in enumerate(exclusions):
            add_exclusion(by, case, terms=one, organisation_id=organisation.id, at=f"/exclusions/{place}")
        tell_coordinator(case, verb)
        current.note(organisation=organisation.id, urgency=urgency, classes=sorted(content))
    return case


def _new_case(team: Team, organisation: Organisation, *, urgency: str, import_key: str) -> Case:
    if not code_exists("urgencies", urgency):
        raise Invalid(Fault("/urgency", "unknown_code"))
    return Case(
        code=codes.new_code(team.prefix),
        spoken_name=spoken.draw(),
        team=team,
        urgency=urgency,
        opened_by_organisation=organisation,
        holder_organisation=organisation,
        opened_on=timezone.localdate(timezone=BELGRADE),
        import_key=import_key,
    )


def _check(
    by: Actor, case: Case, *, consent: ConsentTerms | None, basis: BasisTerms | None, eligible: bool
) -> None:
    """Raise Invalid unless the organisation takes part and the first step has what it requires."""
    own = by.organisations(team_id=case.team_id)
    if case.holder_organisation_id not in own and not _takes_part(case):
        raise Invalid(Fault("/organisation", "unknown_id"))
    given = {"eligibility"} if eligible else set()
    given |= {"consent"} if consent else set()
    given |= {"consent_or_basis"} if basis else set()
    verb = "propose" if case.status == lifecycle.PROPOSED else "open"
    step = lifecycle.first_step(verb)
    carried = "consent" in given or ("consent_or_basis" in given and "consent" not in step.requires)
    if not carried:
        raise Invalid(Fault("/consent", "required"))
    lifecycle.check(step, given=frozenset(given))


def _takes_part(case: Case) -> bool:
    rows = SharingAgreement.objects.filter(live(), team_id=case.team_id)
    return rows.filter(organisation_id=case.holder_organisation_id, organisation__is_active=True).exists()


def _covered(consent: ConsentTerms | None, basis: BasisTerms | None) -> frozenset[str]:
    """Return the classes in which facts may be taken down. Unknown purposes cover nothing: they are refused
    later.
    """
    by_consent: frozenset[str] = frozenset()
    if consent is not None:
        known = [purpose for purpose in consent.purposes if code_exists("consent_purposes", purpose)]
        by_consent = within(known, classes=frozenset(consent.data_classes))
    return by_consent | (basis.classes() if basis else frozenset())


def _content(given: FactsInput, *, covered: Collection[str], organisation_id: UUID) -> dict[str, Content]:
    """Sort the facts into their classes. Raises Invalid with every fault."""
    refuse(
        [
            *items.faults(given.items, this_year=timezone.now().year),
            *items.together_faults(given.items),
            *_uncovered(given, covered),
        ]
    )
    content = {name: Content().with_items(part) for name, part in sorted_out(given.items).items()}
    for code in given.needs:
        name = classes.need_class(code)
        need = new_need(code, organisation_id=organisation_id)
        content[name] = content.get(name, Content()).with_need(need)
    for flag in given.flags:
        name = classes.flag_class(flag)
        before = content.get(name, Content())
        content[name] = before.with_flags({*before.flags, flag})
    return content


def _uncovered(given: FactsInput, covered: Collection[str]) -> Iterator[Fault]:
    for item in given.items:
        if code_exists("tdi_fields", item) and classes.item_class(item) not in covered:
            yield Fault(f"/items/{item}", "class_not_open")
    for place, need in enumerate(given.needs):
        yield from need_faults(need, open_classes=covered, at=f"/needs/{place}")
        if need in given.needs[:place]:
            yield Fault(f"/needs/{place}", "repeated")
    yield from flag_faults(given.flags, open_classes=covered)


def _write(case: Case, *, content: Mapping[str, Content]) -> None:
    if case.status == lifecycle.PROPOSED:
        case.triage_due_at = triage_due_at(datetime.now(tz=UTC), case.urgency)
    case.save()
    sealed_rows.make(case, facts=content)
    group = grants.group_for(organisation_id=case.holder_organisation_id, team_id=case.team_id)
    reasons = (OPENED, HOLDS)
    grants.give_all(case, group=group, codename=grants.SEES_CASE, reasons=reasons, source_id=case.id)
