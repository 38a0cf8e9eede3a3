"""Words that occur nowhere else, and a net that finds them in any bytes, however they are written there.

Every canary begins with one of two marks, so the net looks for the few ways of writing a mark, not for each canary in
each way. Pure.
"""

import base64
import random
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

LATIN, CYRILLIC = "čvoršđanka", "чворшђанка"
_LETTERS: Final = {LATIN: "abcčćdđefghijklmnoprsštuvzž", CYRILLIC: "абвгдђежзијклмнопрстћуфхцчш"}
_GZIP: Final = b"\x1f\x8b\x08"
_MOST_UNPACKED: Final = 64 * 1024 * 1024
_EITHER: Final = zlib.MAX_WBITS | 16


def canaries(count: int = 40) -> list[str]:
    """Return `count` different words, every second one in Cyrillic."""
    draw = random.Random(count)
    marks = [LATIN, CYRILLIC] * count
    return [f"{mark}{''.join(draw.choices(_LETTERS[mark], k=8))}" for mark in marks[:count]]


def ways(mark: str) -> Iterator[tuple[str, bytes]]:
    """Yield every way in which the beginning of a word may lie in a file, with the name of the way."""
    for form, text in _forms(mark):
        raw = text.encode()
        yield f"{form}, UTF-8", raw
        yield f"{form}, UTF-16LE", text.encode("utf-16-le")
        yield f"{form}, UTF-16BE", text.encode("utf-16-be")
        yield f"{form}, hex", raw.hex().encode()
        yield f"{form}, HEX", raw.hex().upper().encode()
        yield f"{form}, URL", quote(text, safe="").encode()
        yield f"{form}, url", _lower_escapes(quote(text, safe="")).encode()
        yield f"{form}, JSON", _escaped(text, "\\u{:04x}").encode()
        yield f"{form}, JSON in capitals", _escaped(text, "\\u{:04X}").encode()
        yield f"{form}, HTML", _escaped(text, "&#{};").encode()
        for at in range(3):
            inner = base64.b64encode(b"x" * at + raw)[4 if at else 0 : -4]
            yield f"{form}, base64 at {at}", inner
            yield f"{form}, base64 for addresses at {at}", inner.translate(bytes.maketrans(b"+/", b"-_"))


def needles(*marks: str) -> Mapping[bytes, str]:
    """Return what to look for, each once, with the name of its way."""
    return {needle: way for mark in marks for way, needle in ways(mark)}


def caught(data: bytes, net: Mapping[bytes, str], *, packed: bool = True) -> set[str]:
    """Return the ways in which a mark lies in `data`, in gzip members in it as well."""
    found = {way for needle, way in net.items() if needle in data}
    if packed:
        inner = (caught(member, net, packed=False) for member in members(data))
        found |= {f"gzip, {way}" for ways_in in inner for way in ways_in}
    return found


def members(data: bytes) -> Iterator[bytes]:
    """Yield what is packed in each gzip member that begins anywhere in `data`, as far as it can be unpacked."""
    at = data.find(_GZIP)
    while at >= 0:
        yield _unpacked(data[at:])
        at = data.find(_GZIP, at + 1)


def _unpacked(member: bytes) -> bytes:
    """Return what is packed, or nothing where three bytes only look like the beginning of a member."""
    try:
        return zlib.decompressobj(_EITHER).decompress(member, _MOST_UNPACKED)
    except zlib.error:
        return b""


def _forms(mark: str) -> Iterator[tuple[str, str]]:
    for form, text in (("as typed", mark), ("capitals", mark.upper()), ("capital", mark.capitalize())):
        yield form, text
        apart = unicodedata.normalize("NFD", text)
        if apart != text:
            yield f"{form}, NFD", apart


def _escaped(text: str, form: str) -> str:
    return "".join(letter if letter.isascii() else form.format(ord(letter)) for letter in text)


def _lower_escapes(text: str) -> str:
    first, *rest = text.split("%")
    return first + "".join(f"%{part[:2].lower()}{part[2:]}" for part in rest)
