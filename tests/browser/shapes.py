"""In which languages and at which widths the app is looked at."""

from dataclasses import dataclass
from itertools import product
from typing import Any, Final

LANGUAGES: Final = ("sr-Cyrl", "sr-Latn", "en")
PLACES: Final = {"sr-Cyrl": "sr-Cyrl-RS", "sr-Latn": "sr-Latn-RS", "en": "en-GB"}
PHONE, DESK = (390, 844), (1280, 800)


@dataclass(frozen=True)
class Shape:
    """A language, and a window on a phone or on a desk."""

    language: str
    size: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.language}-{self.size[0]}"

    @property
    def on_phone(self) -> bool:
        return self.size[0] < DESK[0]

    def options(self) -> dict[str, Any]:
        """Return how Chromium opens a window of this shape."""
        width, height = self.size
        return {
            "viewport": {"width": width, "height": height},
            "has_touch": self.on_phone,
            "is_mobile": self.on_phone,
            "locale": PLACES[self.language],
            "timezone_id": "Europe/Belgrade",
            "reduced_motion": "reduce",
        }


CYRILLIC_PHONE, ENGLISH_DESK = Shape("sr-Cyrl", PHONE), Shape("en", DESK)
# Every journey is made in these two; a smoke journey in the rest.
MAIN: Final = (CYRILLIC_PHONE, ENGLISH_DESK)
ALL: Final = tuple(Shape(language, size) for language, size in product(LANGUAGES, (PHONE, DESK)))
REST: Final = tuple(one for one in ALL if one not in MAIN)
