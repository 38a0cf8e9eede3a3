"""A net that misses proves nothing: each way of writing a canary is planted, and found."""

import base64
import gzip
import json
import random
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.canaries import CYRILLIC, LATIN, canaries, caught, members, needles

NET = needles(LATIN, CYRILLIC)
WORDS = canaries()[:2]
PLANTED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-16LE": lambda text: text.encode("utf-16-le"),
    "UTF-16BE": lambda text: text.encode("utf-16-be"),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "capitals": lambda text: text.upper().encode(),
    "first letter": lambda text: text.title().encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "HEX": lambda text: text.encode().hex().upper().encode(),
    "URL": lambda text: quote(text).encode(),
    "form": lambda text: quote_plus(text).lower().encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "gzip": lambda text: b"noise" + gzip.compress(json.dumps(text).encode()) + b"noise",
    "base64 in gzip": lambda text: gzip.compress(base64.b64encode(text.encode())),
}


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED.keys())
@pytest.mark.parametrize("word", WORDS, ids=["Latin", "Cyrillic"])
def test_a_planted_canary_is_found(word: str, plant: Callable[[str], bytes]) -> None:
    assert caught(b"\x00\xffbefore " + plant(f"Dogovor: {word}.") + b" after", NET)


@pytest.mark.parametrize("word", WORDS, ids=["Latin", "Cyrillic"])
@pytest.mark.parametrize("at", range(6))
def test_it_is_found_in_base64_wherever_it_begins(word: str, at: int) -> None:
    raw = b"y" * at + word.encode() + b" and more"
    assert caught(base64.b64encode(raw), NET)
    assert caught(base64.urlsafe_b64encode(raw), NET)


def test_noise_holds_none() -> None:
    draw = random.Random(7)
    noise = draw.randbytes(300_000) + " ".join(["Razgovor u dnevnom centru, čvor, šđ."] * 500).encode()
    assert caught(noise, NET) == set()


def test_a_member_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = gzip.compress("\n".join(WORDS * 2000).encode(), mtime=0)
    assert caught(whole[: len(whole) // 2], NET)
    assert list(members(b"\x1f\x8b\x08 no member")) == [b""]


def test_canaries_differ_and_stand_in_both_scripts() -> None:
    words = canaries()
    assert len(set(words)) == 40
    assert (
        sum(word.startswith(LATIN) for word in words)
        == sum(word.startswith(CYRILLIC) for word in words)
        == 20
    )
    assert canaries() == words
