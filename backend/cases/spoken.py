"""Spoken names: two plain words by which a case is named on the telephone (`tihi javor`).

Every word is its own search key (lower case, no diacritics), so a name is found as it is typed, in either
script. No word says anything about a person or a substance.
"""

import secrets
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")

Choose = Callable[[Sequence[str]], str]


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the shipped words of a kind (`adjectives` or `nouns`), in the order of the file."""
    return tuple((DATA / f"spoken_{kind}.csv").read_text(encoding="utf-8").split())


def draw(choose: Choose = secrets.choice) -> str:
    """Return one random name. Two cases may bear the same: the code tells them apart."""
    return f"{choose(words('adjectives'))} {choose(words('nouns'))}"
