"""A fact, before it has an id: what a case or a referral counts as, and nothing that leads back to it."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

REFERRAL, REFERRAL_90 = "referral", "referral_90"
CASE_QUARTER, CASE_HALF, CASE_YEAR = "case_quarter", "case_half", "case_year"
GAP, TALLY, NATIONAL, TDI = "gap", "tally", "national", "tdi"
KINDS: Final = (REFERRAL, REFERRAL_90, CASE_QUARTER, CASE_HALF, CASE_YEAR, GAP, TALLY, NATIONAL, TDI)
AGES: Final = ("lt25", "25-34", "35-44", "ge45", "99")
MINOR: Final = "minor"
# Nobody waits longer, as far as a figure goes: beyond it a number of days would be somebody's.
MOST_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of `statistics.fact` without its id and record key; the columns are those of `facts.sql`.

    `team_id` is None for the kinds national and tdi, which name no organisation either. `days` are whole days.
    """

    kind: str
    quarter: str
    team_id: UUID | None = None
    organisation_from: UUID | None = None
    organisation_to: UUID | None = None
    sector_from: str = ""
    sector_to: str = ""
    service_group: str = ""
    service_code: str = ""
    age_group: str = ""
    sex: str = ""
    substance_group: str = ""
    referral_source: str = ""
    outcome: str = ""
    reason: str = ""
    days: int | None = None
    censored: bool = False
    table_code: str = ""
    row_code: str = ""
    column_code: str = ""
    amount: int = 1
    marks: frozenset[str] = field(default_factory=frozenset)
