"""One row in: a case with its consent, facts and referral, all of it or nothing."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from backend.cases import classes
from backend.cases.models import Case
from backend.cases.opening import FactsInput, open_case
from backend.cases.sealed_rows import open_classes
from backend.cases.terms import ConsentTerms, Named, in_order
from backend.directory.models import Service
from backend.errors import Conflict, Invalid
from backend.imports.errors import Reason, RowRefused
from backend.imports.mapping import MappedCase
from backend.imports.models import ImportRun
from backend.imports.providers import Providers
from backend.imports.story import Story
from backend.reference.lists import entry
from backend.referrals import imported
from backend.referrals.answering import accept
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.ending import fail
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.progress import start
from permissions.actor import Actor

CODED = ("basic_profile", "needs")
PURPOSES = ("case_coordination", "referral")


def key_of(run: ImportRun, row_key: str) -> str:
    """Return what a case keeps of its row's key: an HMAC, because the key may be a number of another register."""
    text = f"import\x00{run.team_id}\x00{run.mapping_name}\x00{row_key}"
    return hmac.new(settings.SPONA_IDEMPOTENCY_KEY, text.encode(), hashlib.sha256).hexdigest()


def already_in(run: ImportRun, row_key: str) -> UUID | None:
    """Return the id of the case that this row became earlier, if it did."""
    found = Case.objects.filter(team_id=run.team_id, import_key=key_of(run, row_key)).values_list(
        "id", flat=True
    )
    return found.first()


def told_before(case_id: UUID) -> int:
    """Return how many things were told of the referrals of a case."""
    return ReferralEvent.objects.filter(case_id=case_id, kind=imported.KIND).count()


def write(by: Actor, run: ImportRun, *, mapped: MappedCase, providers: Providers) -> UUID:
    """Write the case of one person, in the caller's transaction, and return its id. Raises RowRefused."""
    code, on_behalf = mapped.service_code, mapped.story is not None
    service = providers.of(code, on_behalf=on_behalf) if code else None
    try:
        case = open_case(
            by,
            team=run.team,
            organisation=run.organisation,
            consent=_consent(run, mapped, service),
            facts=FactsInput(items=mapped.items, needs=mapped.needs, flags=mapped.flags),
            urgency=mapped.urgency,
            import_key=key_of(run, mapped.row_key),
        )
        if service is not None:
            terms = _terms(case, mapped, service)
            referral = create(by, case, terms=terms, requester_id=run.organisation_id, send=True)
            if mapped.story is not None:
                _tell(by, referral, mapped.story)
    except Invalid as refused:
        raise RowRefused(*(Reason(fault.pointer, fault.code) for fault in refused.faults)) from refused
    except Conflict as refused:
        raise RowRefused(Reason("", refused.code)) from refused
    return case.id


def _tell(by: Actor, referral: Referral, story: Story) -> None:
    """Report what the provider has told: it took the person, met the person if it ever did, and all that followed."""
    accept(by, referral, report=story.report)
    if any(one.verb == "attended" for one in story.told):
        start(by, referral, report=story.report)
    imported.tell(by, referral, told=story.told, report=story.report)
    if story.fails:
        fail(by, referral, reason_code=story.fails, report=story.report)


def _consent(run: ImportRun, mapped: MappedCase, service: Service | None) -> ConsentTerms:
    taken = {*CODED, *_classes(mapped)}
    # It brings what it knows itself, whatever its sector is.
    recipients = [Named(run.organisation_id, in_order(taken))]
    if service is not None:
        of_service = filter(None, [classes.service_class(service.code)])
        recipients.append(Named(service.organisation_id, in_order({*CODED, *of_service})))
    return ConsentTerms(
        purposes=PURPOSES,
        data_classes=in_order(taken),
        recipients=recipients,
        given_by=mapped.given_by,
        how="imported",
    )


def _classes(mapped: MappedCase) -> Iterable[str]:
    yield from (classes.item_class(item) for item in mapped.items)
    yield from (classes.need_class(need) for need in mapped.needs)
    yield from (classes.flag_class(flag) for flag in mapped.flags)
    service = classes.service_class(mapped.service_code) if mapped.service_code else None
    if service:
        yield service
    told = mapped.story.told if mapped.story else ()
    reasons = {one.reason_code for one in told} - {""}
    yield from filter(None, (entry("referral_reasons", code).attributes["data_class"] for code in reasons))


def _terms(case: Case, mapped: MappedCase, service: Service) -> Terms:
    return Terms(service_id=service.id, need_id=_need_id(case, mapped), consent_id=case.consent_set.get().id)


def _need_id(case: Case, mapped: MappedCase) -> UUID | None:
    if not mapped.referral_need:
        return None
    facts = open_classes(case.id, data_classes=[classes.need_class(mapped.referral_need)])
    needs = (need for content in facts.values() for need in content.needs)
    return next((need.id for need in needs if need.code == mapped.referral_need), None)
