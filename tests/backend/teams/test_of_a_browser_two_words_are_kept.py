"""What a browser says of itself becomes its family and its system, and what is not known becomes `other`."""

import pytest

from backend.teams.devices import BROWSERS, OTHER, SYSTEMS, Device, device_of
from backend.teams.models import Session

pytestmark = pytest.mark.pure

X11 = "Mozilla/5.0 (X11; Linux x86_64"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (f"{X11}; rv:132.0) Gecko/20100101 Firefox/132.0", "firefox", "linux"),
        (WINDOWS, "chrome", "windows"),
        (f"{WINDOWS} Edg/131.0.0.0", "edge", "windows"),
        (f"{WINDOWS} OPR/116.0.0.0", "opera", "windows"),
        (f"{ANDROID} Chrome/131.0.0.0 Mobile Safari/537.36", "chrome", "android"),
        (f"{ANDROID} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "samsung", "android"),
        (f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "safari", "ios"),
        (f"{IPHONE} CriOS/131.0 Mobile/15E148 Safari/604.1", "chrome", "ios"),
        (f"{IPHONE} FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "firefox", "ios"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "safari", "macos"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/131.0.0.0 Safari/537.36", "chrome", "chromeos"),
        ("curl/8.11.0", "other", "other"),
        ("", "other", "other"),
        ("Фајерфокс" * 1000, "other", "other"),
    ],
)
def test_it_is_read(agent: str, browser: str, system: str) -> None:
    assert device_of(agent) == Device(browser=browser, system=system)


def test_every_word_has_its_place_in_the_row() -> None:
    for name, words in (("browser", BROWSERS), ("system", SYSTEMS)):
        assert OTHER in words
        assert max(map(len, words)) <= Session._meta.get_field(name).max_length
