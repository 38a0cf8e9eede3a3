"""Free text on its way into an envelope: limited, and refused when it names or numbers a person."""

import unicodedata
from typing import Final

from backend import guard
from backend.errors import Fault, Invalid

NOTE_LIMIT: Final = 1000
UNWELCOME: Final = frozenset({"Cc", "Cs"})


def screened(text: str, *, at: str, limit: int) -> str:
    """Return `text` without the space around it. Raises Invalid: required, max_length, identifier_found.

    `identifier_found` names the kinds of identifier, never the text. Control characters and lone surrogates
    are `invalid`.
    """
    trimmed = text.replace("\r\n", "\n").strip()
    if not trimmed:
        raise Invalid(Fault(at, "required"))
    if len(trimmed) > limit:
        raise Invalid(Fault(at, "max_length"))
    if any(unicodedata.category(character) in UNWELCOME and character not in "\n\t" for character in trimmed):
        raise Invalid(Fault(at, "invalid"))
    try:
        guard.refuse(trimmed)
    except guard.IdentifierFound as found:
        kinds = found.kinds
    else:
        return trimmed
    raise Invalid(Fault(at, "identifier_found", values=kinds))
