"""What a match must fulfil besides its shape. Each function answers for one name in the pattern file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from backend.guard.patterns import place_words, places
from backend.guard.views import folded_view, latin_view

JMBG_WEIGHTS = (7, 6, 5, 4, 3, 2)
ENDINGS = ("ovima", "ima", "ama", "oga", "om", "em", "og", "oj", "im", "ih", "a", "e", "i", "o", "u")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a validation may ask besides the match: today's date and numbers that organisations publish."""

    today: date
    allow_future: bool
    directory: frozenset[str]


Validation = Callable[[str, Circumstances], bool]


def normal_number(value: str) -> str:
    """The digits of a telephone or tax number, Serbian telephone numbers in the form 0..."""
    digits = re.sub(r"\D", "", value)
    return re.sub(r"^(?:00)?3810?(?=\d{7})", "0", digits)


def _jmbg_date(value: str, around: Circumstances) -> bool:
    born = _birth_date(value)
    return born is not None and (around.allow_future or born <= around.today)


def _jmbg_past_date(value: str, around: Circumstances) -> bool:
    born = _birth_date(value)
    return born is not None and born <= around.today


def _birth_date(value: str) -> date | None:
    digits = _digits(value)
    year = int(digits[4:7])
    try:
        return date(year + (1000 if year >= 900 else 2000), int(digits[2:4]), int(digits[:2]))  # noqa: PLR2004
    except ValueError:
        return None


def _jmbg_region(value: str, _around: Circumstances) -> bool:
    return _digits(value)[7] != "6"


def _jmbg_checksum(value: str, _around: Circumstances) -> bool:
    digits = [int(digit) for digit in _digits(value)]
    total = sum(weight * (digits[i] + digits[i + 6]) for i, weight in enumerate(JMBG_WEIGHTS))
    return digits[12] == (11 - total % 11) % 11 % 10


def _pib_checksum(value: str, _around: Circumstances) -> bool:
    *body, last = (int(digit) for digit in _digits(value))
    product = 10
    for digit in body:
        product = 2 * ((product + digit) % 10 or 10) % 11
    return last == (11 - product) % 10


def _account_mod97(value: str, _around: Circumstances) -> bool:
    bank, account, check = value.split("-")
    return 98 - int(bank + account.zfill(13)) * 100 % 97 == int(check)


def _account_digits_mod97(value: str, _around: Circumstances) -> bool:
    digits = _digits(value)
    return 98 - int(digits[:-2]) * 100 % 97 == int(digits[-2:])


def _luhn(value: str, _around: Circumstances) -> bool:
    digits = [int(digit) for digit in reversed(_digits(value))]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _not_in_directory(value: str, around: Circumstances) -> bool:
    return normal_number(value) not in around.directory


def _not_a_place(value: str, _around: Circumstances) -> bool:
    words = [_stem(word) for word in _fold(value).split()]
    known = _place_stems()
    return not (" ".join(words) in known or words[-1] in known or words[0] in place_words())


@cache
def _place_stems() -> frozenset[str]:
    return frozenset(" ".join(_stem(word) for word in _fold(name).split()) for name in places())


def _fold(value: str) -> str:
    return folded_view(latin_view(value)).text


def _stem(word: str) -> str:
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 2), "")
    return word.removesuffix(ending)


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


VALIDATIONS: Mapping[str, Validation] = {
    "jmbg_date": _jmbg_date,
    "jmbg_past_date": _jmbg_past_date,
    "jmbg_region": _jmbg_region,
    "jmbg_checksum": _jmbg_checksum,
    "pib_checksum": _pib_checksum,
    "account_mod97": _account_mod97,
    "account_digits_mod97": _account_digits_mod97,
    "luhn": _luhn,
    "not_in_directory": _not_in_directory,
    "not_a_place": _not_a_place,
}
