"""The marks: in what a fact counts. Each person-based indicator is one of them, or a pair of them as a share.

A fact is written when its quarter is locked, and late events count in the quarter in which they were recorded. So the
rules go by when something was written down, not by the day on which it is said to have happened. Days are those of
Belgrade. Whatever is `known` here is neither 99 nor empty.
"""

from typing import Final

from backend.reference.lists import codes

# -- case_quarter, case_half, case_year: one fact for each case and period -------------------------
# Those of a half and a year are written with the first quarter of it in which the case counts. Where `helped` or `new`
# comes true in a later quarter of the same period, one more fact says that alone: so in a period, too, a case has each
# mark once.
IN_COORDINATION: Final = "in_coordination"
"""N1. The case was active or on hold on at least one day of the period, by its history. A case without it has no fact
of a case. A case that was joined to another one by the end of the quarter counts as that one. What an earlier quarter
of a half or a year has said is not said again, also where it was taken back after the lock."""

HELPED: Final = "helped"
"""N2. A referral of the case was completed in the period with an outcome with help_given = yes, and not taken back."""

NEW: Final = "new"
"""N3. The case became active for the first time in the period. A reopened case is not new."""

WAITING: Final = "waiting"
"""N4. At the end of the quarter a referral of the case was requested, accepted without first contact, or on hold with
the reason waitlist. case_quarter only."""

TESTED_HIV: Final = "tested_hiv"
TESTABLE_HIV: Final = "testable_hiv"
TESTED_HCV: Final = "tested_hcv"
TESTABLE_HCV: Final = "testable_hcv"
"""C5. Testable: injecting is 2, 2.1, 2.2 or 2.3, and the test is known and not 3. Tested: the test is 2.2 besides."""

# The items of a profile that every case has room for: all of `tdi_fields.csv` but those of a treatment that begins.
ITEMS: Final = tuple(code for code in codes("tdi_fields") if code not in {"year", "centre_type"})


def known(item: str) -> str:
    """D2. The item of the case is known (facts of a case in coordination only)."""
    return f"known_{item}"


def unknown(item: str) -> str:
    """D2. The item of the case is 99 or was never recorded. Known and unknown add up to `in_coordination`."""
    return f"unknown_{item}"


# -- referral: one fact for each referral and quarter in which something of it was recorded --------
REQUESTED: Final = "requested"
"""R. It was sent in the quarter."""

DECIDED: Final = "decided"
"""It was answered in the quarter: accepted or rejected."""

ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
"""It was accepted, rejected in the quarter; each is `decided`, never both."""

ANSWER_COUNTS: Final = "answer_counts"
"""P2, the denominator: decided, or cancelled for no-answer or service-closed, in the quarter."""

UNMET: Final = "unmet"
UNMET_OF: Final = "unmet_of"
"""A7. Of what was decided, or cancelled for no-answer or service-closed (`unmet_of`): rejected for no-capacity,
waitlist, not-eligible-area or service-closed, or so cancelled (`unmet`)."""

LOCATED: Final = "located"
ELSEWHERE: Final = "elsewhere"
"""A5. Requested in the quarter of a service whose town is known (`located`), and which is not the team's town."""

WAITED: Final = "waited"
WAITING_STILL: Final = "waiting_still"
"""P1. Days from sending to first contact, in the quarter in which that was recorded (it stays recorded where the step
that said so is taken back); or, `censored`, to the end of a
referral that had none (`waited`). What is open without a contact at the end of the quarter has `waiting_still`, days
until then, censored: a period counts `waited` of all its quarters and `waiting_still` of the last one alone. Both
stand in a fact of their own, since `days` is theirs."""

FOLLOWED_5: Final = "followed_5_days"
WITHIN_5: Final = "within_5_days"
"""P1. Sent so that its fifth day ends in the quarter (`followed`), and in contact within five days."""

URGENT_FOLLOWED: Final = "urgent_followed"
URGENT_WITHIN_1: Final = "urgent_within_1_day"
"""P1. The same for urgent ones and one day."""

ENDED: Final = "ended"
"""It was rejected, failed, completed or cancelled in the quarter."""

TO_ACKNOWLEDGE: Final = "to_acknowledge"
ACKNOWLEDGED_14: Final = "acknowledged_14"
"""P4. Rejected, failed or completed, with the fourteenth day after it in the quarter; acknowledged by then."""

DROPPED: Final = "dropped"
"""P6. It failed or was cancelled in the quarter, after it was sent; the reason is kept in the fact."""

CONSENTED: Final = "consented"
"""P9. Requested in the quarter on a consent: which is checked when it is sent. Without the mark: on an exception."""

CROSS_SECTOR: Final = "cross_sector"
TO_CSO: Final = "to_cso"
"""P10. Requested in the quarter, by an organisation of another sector; of one of the sector cso."""

DECISION_TIME: Final = "decision_time"
"""P5. Decided in the quarter; days from sending to the answer. In a fact of its own, as above."""

# -- referral_90: in the quarter in which its ninetieth day after sending ends ---------------------
FOLLOWED_90: Final = "followed_90"
COMPLETED_90: Final = "completed_90"
"""P3. Completed by then with service-started, service-completed or one-off-help-given."""

STARTED_90: Final = "started_90"
ENGAGED_90: Final = "engaged_90"
"""E1. Completed with service-started, and the 120th day after that ends in the quarter: the question is put on the
ninetieth, and has thirty days for its answer (`started_90`). Answered by then: still engaged (`engaged_90`)."""

# -- gap -------------------------------------------------------------------------------------------
GAP: Final = "gap"
"""A8. A need was set to gap in the quarter: by the service of the referral sent last for it, else by the need itself.
Where one of them is secret the team's fact has neither, and the country's has the name."""

# -- national: without a team ----------------------------------------------------------------------
REACH: Final = "reach"
REACH_OF: Final = "reach_of"
"""W1. Women with the need violence (`reach_of`), with a referral to a WV service completed in the year by then
besides. Each once in a year, when both the sex and the need are known."""

SAFE_CONTACT: Final = "safe_contact"
SAFE_CONTACT_OF: Final = "safe_contact_of"
"""W2. Referrals to a WV service whose second day ends in the quarter; in contact within two days."""

WOMEN: Final = "women"
SEX_KNOWN: Final = "sex_known"
"""W4. Cases in coordination with known sex; of them women. Once in a year, from the quarter in which it is known."""

CASE_MARKS: Final = frozenset(
    {
        IN_COORDINATION, HELPED, NEW, WAITING, TESTED_HIV, TESTABLE_HIV, TESTED_HCV, TESTABLE_HCV,
        *map(known, ITEMS), *map(unknown, ITEMS),
    }
)  # fmt: skip
REFERRAL_MARKS: Final = frozenset(
    {
        REQUESTED, DECIDED, ACCEPTED, REJECTED, ANSWER_COUNTS, UNMET, UNMET_OF, LOCATED, ELSEWHERE, WAITED,
        WAITING_STILL,
        FOLLOWED_5, WITHIN_5, URGENT_FOLLOWED, URGENT_WITHIN_1, ENDED, TO_ACKNOWLEDGE, ACKNOWLEDGED_14, DROPPED,
        CONSENTED, CROSS_SECTOR, TO_CSO, DECISION_TIME,
    }
)  # fmt: skip
LATER_MARKS: Final = frozenset({FOLLOWED_90, COMPLETED_90, STARTED_90, ENGAGED_90})
NATIONAL_MARKS: Final = frozenset(
    {
        REACH, REACH_OF, SAFE_CONTACT, SAFE_CONTACT_OF, WOMEN, SEX_KNOWN, NEW, IN_COORDINATION, GAP, REQUESTED,
        DECIDED, ACCEPTED, REJECTED, ANSWER_COUNTS, UNMET, UNMET_OF, ENDED, DROPPED,
    }
)  # fmt: skip
MARKS: Final = CASE_MARKS | REFERRAL_MARKS | LATER_MARKS | NATIONAL_MARKS | {GAP}

# Each mark is counted within the other one: of no set of facts is the first number above the second.
PARTS: Final = (
    (HELPED, IN_COORDINATION),
    (NEW, IN_COORDINATION),
    (TESTED_HIV, TESTABLE_HIV),
    (TESTED_HCV, TESTABLE_HCV),
    (ACCEPTED, DECIDED),
    (REJECTED, DECIDED),
    (DECIDED, ANSWER_COUNTS),
    (UNMET, UNMET_OF),
    (ELSEWHERE, LOCATED),
    (WITHIN_5, FOLLOWED_5),
    (URGENT_WITHIN_1, URGENT_FOLLOWED),
    (ACKNOWLEDGED_14, TO_ACKNOWLEDGE),
    (DROPPED, ENDED),
    (CONSENTED, REQUESTED),
    (CROSS_SECTOR, REQUESTED),
    (TO_CSO, REQUESTED),
    (LOCATED, REQUESTED),
    (DECISION_TIME, DECIDED),
    (COMPLETED_90, FOLLOWED_90),
    (ENGAGED_90, STARTED_90),
    (REACH, REACH_OF),
    (SAFE_CONTACT, SAFE_CONTACT_OF),
    (WOMEN, SEX_KNOWN),
)
