"""The bytes of an entry: which facts may enter it, and the one way to write them down. Pure."""

import hmac
import re
from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson
import rfc8785

Scalar = str | int | bool | UUID | None
Fact = Scalar | Sequence[Scalar]
Plain = str | int | bool | None
Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

MAX_TEXT = 200
MAX_VERB = 60
MAX_LIST = 10_000
MAX_INTEGER = 2**53 - 1
MALFORMED = "malformed"

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
# Printable ASCII without a space: every code and identifier fits, a sentence does not.
_CODED = re.compile(r"[!-~]*")
# What a stranger may leave in a denied entry: a case code, but no name, no token, no personal number.
_CLAIMED = re.compile(r"(?!.*\d{9})[A-Z0-9-]{1,40}")


class InvalidFact(ValueError):
    """A value that must not enter the audit. The message names the fact, never the value."""


def canonical(value: Json) -> bytes:
    """Return the RFC 8785 form of `value` in UTF-8. Text stays as given: no Unicode normalisation.

    Raises InvalidFact for what that form cannot carry (lone surrogates, NaN, integers over 2^53 - 1).
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidFact("No canonical form.") from error


def canonical_of_codes(value: Mapping[str, Json]) -> bytes:
    """Return the same bytes, faster, for what an entry holds: ASCII text, whole numbers, booleans, null.

    Raises InvalidFact for other text, and for integers over 2^53 - 1.
    """
    try:
        written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
    except TypeError as error:
        raise InvalidFact("No canonical form.") from error
    if not written.isascii():
        raise InvalidFact("An entry holds codes.")
    return written


def authenticate(key: bytes, body: bytes) -> bytes:
    """Return the HMAC-SHA-256 of `body`, 32 bytes."""
    return hmac.digest(key, body, "sha256")


def genuine(key: bytes, body: bytes, mac: bytes) -> bool:
    """Say whether `mac` belongs to `body`, in constant time."""
    return hmac.compare_digest(authenticate(key, body), mac)


def coded(name: str, text: object, *, limit: int = MAX_TEXT) -> str:
    """Return `text` as a plain str. Raises InvalidFact unless it is a code of at most `limit` characters."""
    if not isinstance(text, str) or len(text) > limit or not _CODED.fullmatch(text):
        raise InvalidFact(f"{name} is not a code.")
    return str.__str__(text)


def verb(text: object) -> str:
    """Return `text` when it reads like `referral.accepted` and has at most 60 characters."""
    if not isinstance(text, str) or len(text) > MAX_VERB or not _VERB.fullmatch(text):
        raise InvalidFact("The verb of an act reads thing.done.")
    return str.__str__(text)


def claimed(text: str) -> str:
    """Return the object's id that somebody without the right named: a UUID, a code, or `malformed`."""
    try:
        return str(UUID(text))
    except ValueError:
        return text if not text or _CLAIMED.fullmatch(text) else MALFORMED


def facts(given: Mapping[str, Fact]) -> dict[str, Plain | list[Plain]]:
    """Return `given` as JSON values: codes, whole numbers, booleans, UUIDs, None, and flat lists of these.

    Raises InvalidFact for anything else: text with a space, floats, dates, bytes, nested lists, objects.
    """
    return {_name(name): _fact(name, value) for name, value in given.items()}


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InvalidFact("The name of a fact is snake_case, at most 40 characters.")
    return name


def _fact(name: str, value: Fact) -> Plain | list[Plain]:
    if not isinstance(value, list | tuple):
        return _scalar(name, value)
    if len(value) > MAX_LIST:
        raise InvalidFact(f"{name} has more than {MAX_LIST} values.")
    return [_scalar(name, item) for item in value]


def _scalar(name: str, value: object) -> Plain:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return coded(name, value)
    if isinstance(value, int) and abs(value) <= MAX_INTEGER:
        return int(value)
    raise InvalidFact(f"{name} is of a kind that the audit does not take.")
