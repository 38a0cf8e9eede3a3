"""The tables of this room."""

from backend.teams.models.accounts import Invitation, MachineToken
from backend.teams.models.agreements import Memorandum, SharingAgreement
from backend.teams.models.logs import AuditLog
from backend.teams.models.memberships import ActingSpell, Membership
from backend.teams.models.places import Municipality, Organisation, Team, TeamGrant
from backend.teams.models.recoveries import Recovery
from backend.teams.models.session import Session
from backend.teams.models.user import User

__all__ = [
    "ActingSpell",
    "AuditLog",
    "Invitation",
    "MachineToken",
    "Membership",
    "Memorandum",
    "Municipality",
    "Organisation",
    "Recovery",
    "Session",
    "SharingAgreement",
    "Team",
    "TeamGrant",
    "User",
]
