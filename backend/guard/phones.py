"""Telephone numbers as the phonenumbers library knows them; the patterns of the file are the fallback."""

import re
from collections.abc import Iterator
from itertools import islice

from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type

from backend.guard.validations import normal_number

REGION = "RS"
MOST_CANDIDATES = 500  # a note of 1,000 letters has fewer; beyond it the fallback patterns still run
KINDS = {PhoneNumberType.MOBILE: "mobile", PhoneNumberType.FIXED_LINE: "landline"}

_CANDIDATE = re.compile(r"(?:\+\s?)?\(?\d(?:[\s().\-/]{0,3}\d){5,24}")


def phone_numbers(text: str, *, directory: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of every valid number in `text` that is not in `directory`.

    A number of another country counts when it is written with its country code.
    """
    for candidate in islice(_CANDIDATE.finditer(text), MOST_CANDIDATES):
        for match in PhoneNumberMatcher(candidate.group(), REGION, leniency=Leniency.VALID):
            if normal_number(match.raw_string) not in directory:
                start = candidate.start() + match.start
                end = start + len(match.raw_string)
                yield KINDS.get(number_type(match.number), "phone"), start, end
