"""The tables of this room."""

from backend.cases.models.case import Case, CaseGrant
from backend.cases.models.consents import Consent, ConsentRecipient, Disclosure, SafeguardingBasis, Withdrawal
from backend.cases.models.content import CaseFacts, Note
from backend.cases.models.duplicates import DuplicateHint, DuplicateTag
from backend.cases.models.exclusions import Exclusion, ExclusionLift, ShutOut
from backend.cases.models.looks import BreakGlass, LookText
from backend.cases.models.merges import Merge
from backend.cases.models.notifications import Notification

__all__ = [
    "BreakGlass",
    "Case",
    "CaseFacts",
    "CaseGrant",
    "Consent",
    "ConsentRecipient",
    "Disclosure",
    "DuplicateHint",
    "DuplicateTag",
    "Exclusion",
    "ExclusionLift",
    "LookText",
    "Merge",
    "Note",
    "Notification",
    "SafeguardingBasis",
    "ShutOut",
    "Withdrawal",
]
