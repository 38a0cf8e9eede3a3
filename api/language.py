"""Which language a client is answered in: Serbian in Latin or Cyrillic script, or English. Pure but for `current`.

Bosnian, Croatian and Montenegrin readers get Serbian in Latin script.
"""

from contextvars import ContextVar
from typing import Final, Literal

Language = Literal["sr-Latn", "sr-Cyrl", "en"]
DEFAULT: Final[Language] = "sr-Latn"

# What Django's own texts (those of the sign-in library) call the same languages.
DJANGO: Final[dict[Language, str]] = {"sr-Latn": "sr-latn", "sr-Cyrl": "sr", "en": "en"}

_LATIN: Final = frozenset({"sr", "bs", "hr", "cnr", "sh", "me"})
_LONGEST: Final = 400

current: ContextVar[Language] = ContextVar("language", default=DEFAULT)


def negotiate(header: str) -> Language:
    """Return the language for an Accept-Language header; a strange or empty one gives the default."""
    wanted = [_weighed(part) for part in header[:_LONGEST].split(",")]
    for _weight, tag in sorted((one for one in wanted if one[0] > 0), key=lambda one: -one[0]):
        if found := _known(tag):
            return found
    return DEFAULT


def _weighed(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0, tag.strip().lower()
    try:
        weight = float(value)
    except ValueError:
        return 0.0, ""
    return (weight if 0 <= weight <= 1 else 0.0), tag.strip().lower()


def _known(tag: str) -> Language | None:
    if tag == "*":
        return DEFAULT
    main, *rest = tag.split("-")
    if main == "en":
        return "en"
    if main not in _LATIN:
        return None
    return "sr-Cyrl" if main == "sr" and "cyrl" in rest else "sr-Latn"
