"""What is inside an envelope: one typed value, padded so that its size tells next to nothing.

Type u8 | length u32 | bytes | zeros. Both functions answer None instead of raising, because an exception of
the JSON or UTF-8 machinery quotes the very text that nobody may see.
"""

import json
import struct
import unicodedata
from typing import Any, Final, TypeAlias

import rfc8785

Value: TypeAlias = str | dict[str, Any] | list[Any] | None

NULL: Final = 0
TEXT: Final = 1
JSON: Final = 2
PAGE: Final = 4096
_SMALL: Final = (64, 128, 256, 512, 1024, 2048)
_HEAD: Final = struct.Struct(">BI")
# RFC 8785 writes every number as a double; beyond this an integer literal was a float when it was sealed.
_EXACT: Final = 2**53 - 1


def is_legal_size(size: int) -> bool:
    """Say whether `size` bytes can be a padded plaintext: 64, doubled up to 4096, then multiples of 4096."""
    return size in _SMALL or (size > 0 and size % PAGE == 0)


def padded_size(length: int, floor: int) -> int:
    """Give the smallest legal size that holds `length` bytes and is at least `floor`."""
    need = max(length, floor)
    return next((size for size in _SMALL if size >= need), -(-need // PAGE) * PAGE)


def frame(value: Value, floor: int) -> bytes | None:
    """Encode and pad a value; None when it cannot be written (a lone surrogate, NaN, a bare number)."""
    encoded = _encode(value)
    if encoded is None:
        return None
    kind, body = encoded
    framed = _HEAD.pack(kind, len(body)) + body
    return framed.ljust(padded_size(len(framed), floor), b"\0")


def unframe(padded: bytes) -> tuple[Value] | None:
    """Undo `frame`; the value in a tuple, since None is a value; None when the frame is not well formed."""
    if not is_legal_size(len(padded)):
        return None
    kind, length = _HEAD.unpack_from(padded)
    end = _HEAD.size + length
    if end > len(padded) or padded.count(0, end) != len(padded) - end:
        return None
    return _decode(kind, padded[_HEAD.size : end])


def _encode(value: object) -> tuple[int, bytes] | None:
    try:
        if value is None:
            return NULL, b""
        if isinstance(value, str):
            return TEXT, unicodedata.normalize("NFC", value).encode()
        return (JSON, rfc8785.dumps(value)) if isinstance(value, dict | list) else None
    except (ValueError, RecursionError):
        return None


def _decode(kind: int, body: bytes) -> tuple[Value] | None:
    try:
        if kind == NULL:
            return None if body else (None,)
        if kind == TEXT:
            return (body.decode(),)
        return _decode_json(body) if kind == JSON else None
    except (ValueError, RecursionError):
        return None


def _decode_json(body: bytes) -> tuple[Value] | None:
    value = json.loads(body.decode(), parse_int=_number, parse_constant=_refuse)
    return (value,) if isinstance(value, dict | list) else None


def _number(literal: str) -> int | float:
    number = int(literal)
    return number if abs(number) <= _EXACT else float(literal)


def _refuse(_literal: str) -> None:
    raise ValueError
