"""Writes canonical JSON ten times faster while a data set is made: the same bytes, by a compiled library.

Only for what a data set holds: codes in ASCII, whole numbers, booleans and null. Fractions would be written otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import orjson
import rfc8785

_slowly = rfc8785.dumps
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


def dumps(value: Any) -> bytes:
    """Return the RFC 8785 form of `value`, which holds no fraction; raises what rfc8785 raises."""
    try:
        quickly = orjson.dumps(value, option=_OPTIONS)
    except TypeError:
        return _slowly(value)
    return (
        quickly if quickly.isascii() else _slowly(value)
    )  # keys in ASCII have one order, whatever sorts them


@contextmanager
def quick_canonical_form() -> Iterator[None]:
    """Let everything in this process write canonical JSON this way."""
    with patch.object(rfc8785, "dumps", dumps):
        yield
