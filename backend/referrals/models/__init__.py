"""The tables of this room."""

from backend.referrals.models.event import Question, ReferralEvent
from backend.referrals.models.referral import Referral

__all__ = ["Question", "Referral", "ReferralEvent"]
