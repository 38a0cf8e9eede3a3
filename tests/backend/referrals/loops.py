"""A case with consent, and the ways through a referral that most tests begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.cases.classes import stored
from backend.cases.consents import record_consent
from backend.cases.models import Case, CaseGrant, Consent
from backend.cases.opening import FactsInput, open_case
from backend.cases.sealed_rows import open_classes
from backend.cases.terms import ConsentTerms, Named
from backend.referrals import answering, ending, progress
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.models import Referral, ReferralEvent
from backend.teams.models import Organisation, User
from permissions.actor import Actor
from tests.world import Town, actor, saved

CLASSES = ("basic_profile", "needs", "health", "substance_use", "social")
ITEMS: dict[str, Any] = {"age_band": "20-24", "sex": "1", "hiv_test": "1"}
NEED = "substance_treatment"


@dataclass
class Loop:
    """A town whose centre for social work has opened a case; the clinic, the society and the ward are named in its
    consent."""

    town: Town
    case: Case
    consent: Consent

    @property
    def centre(self) -> Actor:
        return actor(self.town.social_worker)

    @property
    def clinic(self) -> Actor:
        return actor(self.town.nurse)

    @property
    def coordinator(self) -> Actor:
        return actor(self.town.coordinator)

    @property
    def need_id(self) -> UUID:
        return self.needs()[NEED][0]

    def needs(self) -> dict[str, tuple[UUID, str]]:
        """Return id and status of each need by its code."""
        facts = open_classes(self.case.id, data_classes=stored())
        return {need.code: (need.id, need.status) for content in facts.values() for need in content.needs}

    def agree(self, *organisations: Organisation, classes: Sequence[str] = CLASSES, **values: Any) -> Consent:
        """Record one more consent to refer to `organisations`, in this order."""
        return record_consent(
            self.centre,
            self.case,
            terms=consent_to(*organisations, classes=classes, **values),
            organisation_id=self.town.centre.id,
        )

    def refer(self, to: Organisation | None = None, *, send: bool = True, **values: Any) -> Referral:
        """Refer the case to the clinic, or to whom is said."""
        recipient = to or self.town.clinic
        code = {"cso": "HR-DIC", "social_protection": "SO-CAS"}.get(recipient.sector, "TX-OPC")
        values = {"recipient_id": recipient.id, "service_code": code, "need_id": self.need_id, **values}
        return create(self.centre, self.case, terms=Terms(**values), send=send)

    def accepted(self, **values: Any) -> Referral:
        return answering.accept(self.clinic, self.refer(**values))

    def started(self, **values: Any) -> Referral:
        return progress.start(self.clinic, self.accepted(**values))

    def completed(self, outcome: str = "service-started", **values: Any) -> Referral:
        return ending.complete(self.clinic, self.started(**values), outcome_code=outcome)

    def rejected(self, **values: Any) -> Referral:
        return answering.reject(self.clinic, self.refer(**values), reason_code="no-capacity")


def consent_to(*organisations: Organisation, classes: Sequence[str] = CLASSES, **values: Any) -> ConsentTerms:
    """Return terms that name the organisations for all of `classes`, the narrative too where it is among them."""
    return ConsentTerms(
        purposes=["referral"],
        data_classes=list(classes),
        recipients=[Named(organisation.id, tuple(classes)) for organisation in organisations],
        **values,
    )


def reasons_of(case: Case) -> set[str]:
    return set(CaseGrant.objects.filter(content_object=case).values_list("reason", flat=True))


def grant_of(referral: Referral, reason: str) -> CaseGrant | None:
    return CaseGrant.objects.filter(source_id=referral.id, reason=reason).first()


def events_of(referral: Referral) -> list[tuple[str, str, str]]:
    """Return verb, side and status reached of each event, in order."""
    rows = ReferralEvent.objects.filter(referral=referral).order_by("at")
    return list(rows.values_list("verb", "side", "to_status"))


def moved(referral: Referral, **values: Any) -> Referral:
    """Set fields as if time had passed."""
    fresh = Referral.objects.get(pk=referral.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    found: Referral = saved(fresh)
    return found


def second_worker(loop: Loop) -> User:
    return loop.town.worker("member", loop.town.clinic)


def opened(town: Town) -> Loop:
    """Open a case in the centre, with a consent that names clinic, society and ward in this order."""
    case = open_case(
        actor(town.social_worker),
        team=town.team,
        organisation=town.centre,
        consent=consent_to(town.clinic, town.society, town.ward),
        facts=FactsInput(items=ITEMS, needs=[NEED, "housing"]),
    )
    return Loop(town, case, Consent.objects.get(case=case))
