"""Reads JSON from strangers: what could be read in two ways, or not be stored, is refused. Pure."""

import json
from typing import Any, Final

DEEPEST: Final = 20
_LEAVES = (str, int, float, bool, type(None))


class NotAccepted(ValueError):
    """The text is refused; `code` is that of the problem to answer with."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def loads(raw: bytes) -> Any:
    """Return the value of a JSON text in UTF-8. Raises NotAccepted.

    Refused: other encodings, a name twice in one object, NaN and infinities, more than 20 levels, NUL characters
    and lone surrogates, which a database cannot hold.
    """
    try:
        text = raw.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise NotAccepted("not_utf8") from None
    except NotAccepted:
        raise
    except RecursionError:
        raise NotAccepted("too_deep") from None
    except ValueError:
        raise NotAccepted("malformed_json") from None
    _check(value, level=1)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAccepted("duplicate_name")
    return found


def _refuse_constant(_text: str) -> None:
    raise NotAccepted("malformed_json")


def _check(value: Any, *, level: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        raise NotAccepted("malformed_json")
    if isinstance(value, _LEAVES):
        return
    if level > DEEPEST:
        raise NotAccepted("too_deep")
    for item in (*value, *value.values()) if isinstance(value, dict) else value:
        _check(item, level=level + 1)


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise NotAccepted("nul_character")
