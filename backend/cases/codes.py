"""The code of a case: random, checked, and never derived from the person.

Two letters of the team, eight characters of Crockford's base 32, one check character: `LO-7K3M-9QXF-C`.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
MODULUS: Final = 37
PREFIX: Final = re.compile(r"[A-Z]{2}")
_SHAPE: Final = re.compile(rf"([A-Z]{{2}})-([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})-([{ALPHABET}])")
# What people write for a character that the alphabet leaves out because it looks like another.
_MISREAD: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_COMPACT: Final = len("LO") + LENGTH + 1

Choose = Callable[[Sequence[str]], str]


def new_code(prefix: str, choose: Choose = secrets.choice) -> str:
    """Draw a code. Drawn again when the check value exceeds 31, which no character of the alphabet could
    show.

    Raises ValueError unless `prefix` is two capital letters.
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError("The prefix of a case code is two capital letters.")
    while True:
        body = "".join(choose(ALPHABET) for _ in range(LENGTH))
        value = check_value(body)
        if value < len(ALPHABET):
            return f"{prefix}-{body[:4]}-{body[4:]}-{ALPHABET[value]}"


def check_value(body: str) -> int:
    """Return the eight characters, read as one number, modulo 37 (0 to 36)."""
    number = 0
    for character in body:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number % MODULUS


def is_code(text: str) -> bool:
    """Say whether `text` is a code exactly as it is written, check character included."""
    match = _SHAPE.fullmatch(text)
    return match is not None and check_value(match[2] + match[3]) == ALPHABET.index(match[4])


def as_typed(text: str) -> str | None:
    """Return the code that somebody typed by hand, or None. Case, hyphens, spaces and look-alikes do not
    matter.
    """
    compact = "".join(text.upper().replace("-", " ").split())
    if len(compact) != _COMPACT:
        return None
    prefix, rest = compact[:2], compact[2:].translate(_MISREAD)
    code = f"{prefix}-{rest[:4]}-{rest[4:8]}-{rest[8]}"
    return code if is_code(code) else None
