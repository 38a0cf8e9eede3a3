"""Every way to change an envelope that somebody with the database in hands has, seeded: no chance decides a test."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple
from uuid import UUID

# Where each part of an envelope begins: format, suite, generation, revision, key id, salt, commitment, ciphertext.
PARTS: Final = (0, 1, 2, 4, 8, 24, 48, 80)


class Taken(NamedTuple):
    """What an envelope is and where it stands. `history` says that it stands in a history row."""

    case_id: UUID
    record_id: UUID
    label: str
    revision: int
    envelope: bytes
    history: bool = False


def flipped(own: Taken, draw: random.Random) -> bytes:
    """Flip one bit, in each part of the envelope as often."""
    start = draw.choice(PARTS)
    end = next((one for one in PARTS if one > start), len(own.envelope))
    changed = bytearray(own.envelope)
    changed[draw.randrange(start, end)] ^= 1 << draw.randrange(8)
    return bytes(changed)


def cut(own: Taken, draw: random.Random) -> bytes:
    """Take away from either end."""
    size = draw.randrange(len(own.envelope))
    return own.envelope[:size] if draw.random() < 0.5 else own.envelope[len(own.envelope) - size :]


def longer(own: Taken, draw: random.Random) -> bytes:
    """Add bytes, also as many as the next legal size has."""
    return own.envelope + draw.randbytes(draw.choice((1, 16, 64, len(own.envelope) - 96)))


def blank(own: Taken, draw: random.Random) -> bytes:
    """Write noughts, or noise, over a part."""
    start = draw.choice(PARTS)
    noise = bytes(8) if draw.random() < 0.5 else draw.randbytes(8)
    changed = own.envelope[:start] + noise + own.envelope[start + 8 :]
    return changed if changed != own.envelope else flipped(own, draw)


def generation(own: Taken, draw: random.Random) -> bytes:
    """Name another generation of the data key."""
    named = draw.choice([one for one in (0, 1, 2, 3, 65535) if one != int.from_bytes(own.envelope[2:4])])
    return own.envelope[:2] + named.to_bytes(2) + own.envelope[4:]


def revision(own: Taken, draw: random.Random) -> bytes:
    """Claim another revision."""
    named = (own.revision + draw.randrange(1, 2**32)) % 2**32
    return own.envelope[:4] + named.to_bytes(4) + own.envelope[8:]


BY_HAND: Final[Mapping[str, Callable[[Taken, random.Random], bytes]]] = {
    "bit": flipped,
    "truncation": cut,
    "longer": longer,
    "blank": blank,
    "generation": generation,
    "revision": revision,
}
# What else is the same in the envelope that is put in the place of another: all but the one that the swap is named for.
SWAPS: Final[Mapping[str, Callable[[Taken, Taken], bool]]] = {
    "field": lambda own, other: (
        (own.case_id, own.record_id) == (other.case_id, other.record_id) and own.label != other.label
    ),
    "record": lambda own, other: own.case_id == other.case_id and own.record_id != other.record_id,
    "case": lambda own, other: own.case_id != other.case_id,
    "older": lambda own, other: own[:3] == other[:3] and own.revision > other.revision,
    "history row": lambda own, other: (
        own[:3] == other[:3] and own.revision != other.revision and own.history != other.history
    ),
}


def donors(kind: str, own: Taken, among: list[Taken]) -> list[Taken]:
    """Return what can be put in the place of `own`. The same envelope in two rows is no change."""
    return [other for other in among if other.envelope != own.envelope and SWAPS[kind](own, other)]


def mutations(among: list[Taken], *, seed: int) -> Iterator[tuple[str, Taken, bytes]]:
    """Yield changes without end: how, of what, and the bytes that stand there then. All kinds in turn."""
    draw = random.Random(seed)
    swaps = {kind: [(own, found) for own in among if (found := donors(kind, own, among))] for kind in SWAPS}
    while True:
        for kind, change in BY_HAND.items():
            own = draw.choice(among)
            yield kind, own, change(own, draw)
        for kind, possible in swaps.items():
            if possible:
                own, others = draw.choice(possible)
                yield kind, own, draw.choice(others).envelope
