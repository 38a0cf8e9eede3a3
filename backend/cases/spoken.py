"""Spoken names: two plain words by which a case is named on the telephone (`tihi javor`).

Every word is its own search key (lower case, no diacritics), so a name is found as it is typed, in either
script. No word says anything about a person or a substance.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
TRIES = 12

Choose = Callable[[Sequence[str]], str]


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the shipped words of a kind (`adjectives` or `nouns`), in the order of the file."""
    return tuple((DATA / f"spoken_{kind}.csv").read_text(encoding="utf-8").split())


def draw(choose: Choose = secrets.choice) -> str:
    """Return one random name."""
    return f"{choose(words('adjectives'))} {choose(words('nouns'))}"


def candidates(choose: Choose = secrets.choice) -> list[str]:
    """Return a handful of random names, so that one question to the database settles which are free."""
    return [draw(choose) for _ in range(TRIES)]


def first_free(names: Iterable[str], *, taken: Collection[str]) -> str:
    """Return the first name that no open case of the team bears; the last one when all are borne."""
    offered = list(names)
    return next((name for name in offered if name not in taken), offered[-1])
