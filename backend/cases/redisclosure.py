"""The notice that goes out with every payload about a person, in the three languages of the product."""

from collections.abc import Mapping
from typing import Final

from backend.reference.translit import latin

_CYRILLIC: Final = (
    "Ови подаци су дати за наведену сврху, уз пристанак особе или на основу закона. Не смеју се даље "
    "преносити нити користити у другу сврху без новог пристанка. Подаци су псеудонимизовани, "
    "нису анонимни."
)
NOTICE: Final[Mapping[str, str]] = {
    "en": (
        "These data were given for the named purpose, with the person's consent or on a basis in law. "
        "They must not be passed on or used for another purpose without a new consent. "
        "They are pseudonymised, not anonymous."
    ),
    "sr-Latn": latin(_CYRILLIC),
    "sr-Cyrl": _CYRILLIC,
}
