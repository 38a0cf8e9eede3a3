"""Carries out one story: the case is proposed or opened, consents given, help sought, and it ends as told."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend import asker
from backend.cases import steps
from backend.cases.assignment import assign
from backend.cases.consents import record_consent
from backend.cases.models import Case, Consent
from backend.cases.notes import add_note
from backend.cases.opening import FactsInput, open_case
from backend.cases.reading import read_facts
from backend.cases.terms import ConsentTerms, Named
from backend.demo.accounts import PARTNERS
from backend.demo.cast import Cast
from backend.demo.loops import Loop
from backend.demo.situations import Situation
from backend.demo.stories import Story, Try, requester_of
from backend.encryption import vault
from backend.reference.lists import codes
from backend.referrals.closing import close_case

SOON: Final = timedelta(days=9)
MINORS: Final = frozenset({"lt15", "15-17"})
REVIEW_IN: Final = timedelta(days=45)
# Every third case is somebody's by name, every fifth consent covers everything that is in a bundle.
ASSIGNED, BUNDLED = 3, 5
NOT_STORED: Final = "narrative"


def play(story: Story, cast: Cast, *, import_key: str) -> Case:
    """Carry out a story in one transaction: after an interruption the whole case is there, or nothing of it."""
    with transaction.atomic(), vault.lookup():
        case = _open(story, cast, import_key)
        if story.opener in PARTNERS and story.ending != "proposed":
            outcome = "advice_only" if story.ending == "advised" else "direct_referral"
            steps.triage(cast.actor(cast.coordinator), case, outcome=outcome, eligible=True)
        for one, need_id in _needs(story, cast, case).items():
            _refer(one, need_id, story, cast, case)
        _after(story, cast, case)
        _end(story, cast, case)
    return case


def _worker(story: Story, cast: Cast) -> str:
    return cast.worker(story.opener, story.number)


def _referrer(story: Story, cast: Cast) -> str:
    """Return who refers: the worker who opened the case, or the coordinator for a partner's proposal."""
    return cast.coordinator if story.opener in PARTNERS else _worker(story, cast)


def _open(story: Story, cast: Cast, import_key: str) -> Case:
    username = _worker(story, cast)
    needs = [one.situation.need for one in story.tries]
    case = open_case(
        cast.actor(username),
        team=cast.team,
        organisation=cast.organisation(story.opener),
        consent=_to_coordination(story, cast),
        facts=FactsInput(items=story.items, needs=needs, flags=story.flags),
        urgency=_urgency(story),
        propose=story.ending == "proposed",
        import_key=import_key,
    )
    cast.after_first_case(username)
    return case


def _urgency(story: Story) -> str:
    """Return the most urgent of what is asked for, at most `urgent`: who brings the case decides no more."""
    return "urgent" if any(one.situation.urgency != "routine" for one in story.tries) else "routine"


def _to_coordination(story: Story, cast: Cast) -> ConsentTerms:
    """Return a consent to coordination. It names the one who asks and the coordinator's organisation."""
    bundled = story.number % BUNDLED == 0
    purposes = (
        codes("consent_bundles")["full_coordination"].values("purposes") if bundled else ["case_coordination"]
    )
    named = dict.fromkeys((cast.organisation(story.opener).id, cast.organisation("csr").id))
    chosen = tuple(code for code in codes("data_classes") if code != NOT_STORED)
    return ConsentTerms(
        purposes=purposes,
        data_classes=chosen,
        recipients=[Named(organisation, chosen) for organisation in named],
        given_by=_giver(story),
        bundle="full_coordination" if bundled else "",
    )


def _giver(story: Story) -> str:
    return "both" if story.items.get("age_band") in MINORS else "person"


def _needs(story: Story, cast: Cast, case: Case) -> Mapping[Try, UUID]:
    """Return the needs' ids by what is done about them, as the one who refers reads them in the case."""
    if not story.tries:
        return {}
    by = cast.actor(_referrer(story, cast))
    with asker.speaking_for(by):
        seen = read_facts(by, case).needs
    ids = {need.code: need.id for need in seen}
    return {one: ids[one.situation.need] for one in story.tries}


def _refer(one: Try, need_id: UUID, story: Story, cast: Cast, case: Case) -> None:
    loop = Loop(
        cast=cast,
        case=case,
        situation=one.situation,
        number=story.number,
        requester=_referrer(story, cast),
        need_id=need_id,
        consent=_to_referral(one.situation, need_id, story, cast, case),
    )
    for step in one.steps:
        loop.take(step)


def _to_referral(situation: Situation, need_id: UUID, story: Story, cast: Cast, case: Case) -> Consent:
    """Record the consent that names those who may be asked for help with one need, in order."""
    noted = (NOT_STORED,) if situation.narrative else ()
    classes = (*situation.data_classes, *noted)
    terms = ConsentTerms(
        purposes=codes("consent_bundles")["this_service"].values("purposes"),
        data_classes=classes,
        recipients=[Named(cast.organisation(key).id, classes) for key in situation.providers],
        given_by=_giver(story),
        valid_until=timezone.now() + SOON if story.expires_soon else None,
        bundle="" if noted else "this_service",
        need_id=need_id,
    )
    organisation = cast.organisation(requester_of(story.opener))
    return record_consent(
        cast.actor(_referrer(story, cast)), case, terms=terms, organisation_id=organisation.id
    )


def _after(story: Story, cast: Cast, case: Case) -> None:
    """Write a note, give the case to a worker by name."""
    if story.note and case.status != "closed":
        key = requester_of(story.opener)
        add_note(
            cast.actor(_referrer(story, cast)),
            case,
            organisation_id=cast.organisation(key).id,
            text=story.note,
        )
    if story.number % ASSIGNED == 0 and case.status == "active" and cast.works_in_team(story.opener):
        assign(cast.actor(cast.coordinator), case, user_id=cast.user_id(_worker(story, cast)))


def _end(story: Story, cast: Cast, case: Case) -> None:
    if story.ending == "closed":
        close_case(cast.actor(cast.coordinator), case, closure_reason="needs_met")
    if story.ending == "on_hold":
        day = timezone.now().date() + REVIEW_IN
        steps.hold(cast.actor(_referrer(story, cast)), case, review_due=day)
