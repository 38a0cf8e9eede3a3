"""What people of the demo need, and where they are sent for it. Invented, but each fits the code lists. Pure."""

from dataclasses import dataclass
from typing import Final

from backend.reference.lists import entry


@dataclass(frozen=True, slots=True)
class Situation:
    """A need, the service that answers it and who gives it: a key of the town, or the name of an organisation.

    Some have a second provider, whom the person names too, in case the first one declines.
    """

    need: str
    service: str
    provider: str
    flag: str = ""
    urgency: str = "routine"
    handover: str = "comes_with_card"
    narrative: str = ""
    second_service: str = ""
    second_provider: str = ""

    @property
    def data_classes(self) -> tuple[str, ...]:
        """Return what the recipient is offered: the plain bundle, and the classes that need and service reveal."""
        services = filter(None, (self.service, self.second_service))
        own = {entry("services", code).attributes["data_class"] for code in services}
        own.add(entry("needs", self.need).attributes["data_class"])
        return ("basic_profile", "needs", *sorted(own - {"basic_profile", "needs"}))

    @property
    def providers(self) -> tuple[str, ...]:
        """Return who is named for it, in order."""
        return tuple(filter(None, (self.provider, self.second_provider)))


REMOTE_WARD: Final = "Bolnica za bolesti zavisnosti „Lipa“"
PRISON: Final = "Zdravstvena služba zavoda „Breza“"
SCHOOL: Final = "Škola za odrasle „Korak“"
LEGAL: Final = "Mreža „Dodir“, pravna pomoć"
NO_ACCOUNTS: Final = frozenset({REMOTE_WARD, PRISON, SCHOOL})

COMMON: Final = (
    Situation(
        "documents", "SO-DOC", "csr", narrative="Lična karta je izgubljena; stara prijava nije odjavljena."
    ),
    Situation("income", "SO-CAS", "csr", handover="requester_relays"),
    Situation("basic_needs", "SO-FOO", "most", flag="homelessness"),
    Situation(
        "opioid_agonist_treatment",
        "TX-OAB",
        "dz",
        narrative="Želi da nastavi terapiju bez prekida.",
        second_service="TX-OAM",
        second_provider="bolnica",
    ),
    Situation("opioid_agonist_treatment", "TX-OAM", "bolnica", urgency="urgent", handover="accompanied"),
    Situation("substance_treatment", "TX-DET", "bolnica", urgency="urgent"),
    Situation("substance_treatment", "TX-OPC", "dz"),
    Situation("harm_reduction", "HR-NSP", "most", handover="meets_outreach"),
    Situation(
        "overdose_risk", "HR-TLN", "most", flag="overdose", urgency="urgent", handover="meets_outreach"
    ),
    Situation("hiv_hcv_testing", "HR-HIV", "dz", handover="accompanied"),
    Situation(
        "recovery_support", "RE-MUT", "obala", narrative="Posle bolnice traži grupu u večernjim satima."
    ),
    Situation("recovery_support", "RE-COM", "obala", second_service="RE-PEE", second_provider="most"),
    Situation("employment", "SO-EMP", "posao", handover="comes_with_card"),
    Situation("legal", "LG-AID", "pravna", second_service="LG-AID", second_provider=LEGAL),
    Situation("debt", "LG-DEB", LEGAL, handover="requester_relays"),
    Situation("health_insurance", "SO-HIN", "csr"),
    Situation("family", "FA-FAM", "csr", handover="accompanied"),
    Situation("violence", "WV-PSY", "sidro", flag="violence", urgency="urgent", handover="meets_outreach"),
    Situation("hiv_hcv_care", "TX-HCC", "bolnica", handover="accompanied"),
    Situation("pregnancy", "FA-PRG", "dz", flag="pregnancy", urgency="urgent", handover="accompanied"),
    Situation("mental_health", "TX-DUA", "bolnica", flag="suicide", urgency="asap", handover="accompanied"),
)
WITH_A_SECOND: Final = tuple(one for one in COMMON if one.second_provider)
# Where nobody answers in the system: the requester reports what it hears.
OUTSIDE: Final = (
    Situation(
        "substance_treatment", "TX-RES", REMOTE_WARD, narrative="Mesto na odeljenju traži za četiri nedelje."
    ),
    Situation("substance_treatment", "TX-DET", REMOTE_WARD, urgency="urgent"),
    Situation("education", "SO-EDU", SCHOOL, handover="requester_relays"),
    Situation("prison_release", "PR-PRE", PRISON, flag="release", handover="requester_relays"),
)
