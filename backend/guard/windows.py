"""Numbers written side by side ("061 234 5678 064 111 2222"): joined they are one long run that nothing fits.

So every stretch of whole groups of digits inside such a run is looked at by itself.
"""

import re
from collections.abc import Iterator
from itertools import islice

from backend.guard.views import JOINER, View

LONGEST = 15  # digits of the longest identifier, a telephone number with 00381 in front
MOST_PARTS = 5  # one number is rarely written in more groups; answers like 0 1 2 1 0 3 are
MOST_GROUPS = 2_000  # a note of 1,000 letters has at most 500

_GROUP = re.compile(r"\+?\d+")


def digit_windows(folded: View) -> Iterator[tuple[str, int, int]]:
    """Digits, start and end in the view, the longest first for every group where one can begin."""
    groups = [match.span() for match in islice(_GROUP.finditer(folded.text), MOST_GROUPS)]
    for first, (start, _end) in enumerate(groups):
        yield from reversed(_from(folded.text, groups[first : first + MOST_PARTS], start))


def _from(text: str, groups: list[tuple[int, int]], start: int) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    digits, last = "", start
    for begin, end in groups:
        gap = JOINER.match(text, last)
        digits += text[begin:end]
        if (found and not (gap and gap.end() == begin)) or len(digits) > LONGEST + 1:
            break
        found.append((digits, start, end))
        last = end
    return found
