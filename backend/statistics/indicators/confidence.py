"""How far a figure may be relied on, as one plain word by a rule that anybody can check. Pure.

weak: nothing may be shown, a number is masked, fewer than half of the teams are included, or more than 30 % of the
coded items on which it rests are unknown. fair: a team is missing, more than 10 % are unknown, or the denominator is
below twice what is asked for. firm: none of these.
"""

from collections.abc import Iterable
from typing import Final

from backend.statistics.indicators import numbers
from backend.statistics.indicators.numbers import Found, Numbers
from backend.statistics.indicators.registry import Indicator

FIRM, FAIR, WEAK, NONE = "firm", "fair", "weak", ""
MANY_UNKNOWN, SOME_UNKNOWN = 0.30, 0.10
HALF: Final = 0.5


def of(indicator: Indicator, found: Found, among: Numbers) -> str:
    """Return firm, fair or weak; empty where there is no figure to rely on."""
    if found.state in {numbers.ABSENT, numbers.NOT_MEASURED}:
        return NONE
    if found.state != numbers.SHOWN or _included(among) < HALF or _unknown(indicator, among) > MANY_UNKNOWN:
        return WEAK
    small = found.whole is not None and found.whole < 2 * indicator.least_denominator(among.tier)
    if small or _included(among) < 1 or _unknown(indicator, among) > SOME_UNKNOWN:
        return FAIR
    return FIRM


def _included(among: Numbers) -> float:
    scope = among.document["scope"]
    everybody = len(scope["teams"]) + len(scope["not_included"])
    return len(scope["teams"]) / everybody if everybody else 0.0


def _unknown(indicator: Indicator, among: Numbers) -> float:
    shares: Iterable[float | None] = (among.unknown_share(item) for item in indicator.items)
    return max((share for share in shares if share is not None), default=0.0)
