"""What a browser says of itself, reduced to two words: which family it is of, on which system. Nothing else is kept."""

from dataclasses import dataclass
from typing import Final

OTHER: Final = "other"
# The first word that stands in the text decides: most browsers name the one they are made of as well.
_BROWSERS: Final = (
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("SamsungBrowser/", "samsung"),
    ("Firefox/", "firefox"),
    ("FxiOS/", "firefox"),
    ("Chrome/", "chrome"),
    ("Chromium/", "chrome"),
    ("CriOS/", "chrome"),
    ("Safari/", "safari"),
)
_SYSTEMS: Final = (
    ("Android", "android"),
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Windows", "windows"),
    ("Macintosh", "macos"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
)
BROWSERS: Final = (*dict.fromkeys(word for _, word in _BROWSERS), OTHER)
SYSTEMS: Final = (*dict.fromkeys(word for _, word in _SYSTEMS), OTHER)


@dataclass(frozen=True, slots=True)
class Device:
    """The two words."""

    browser: str = OTHER
    system: str = OTHER


def device_of(agent: str) -> Device:
    """Return the words for a `User-Agent`."""
    return Device(browser=_first(_BROWSERS, agent), system=_first(_SYSTEMS, agent))


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for sign, word in known if sign in agent), OTHER)
