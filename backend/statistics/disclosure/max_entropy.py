"""Makes the p-table from what is asked of it, so that nobody has to believe a table that fell from the sky.

For each true count the noise is the distribution with the most entropy among those with mean 0, variance 2, noise of
at most 3, and no published count that is negative, 1 or 2. `python -m backend.statistics.disclosure.max_entropy`
prints the file `ptable.csv`; a test makes it again and compares.
"""

import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import exp, floor
from typing import Final

REACH: Final = 3  # D: the greatest noise
VARIANCE: Final = 2  # V
UNPUBLISHED: Final = frozenset({1, 2})  # js = 2: never published
LAST: Final = REACH + len(UNPUBLISHED) + 1  # from here on every count has the same noise
KEYS: Final = 4096
TOLERANCE: Final = 1e-13
STEPS: Final = 200


def noises(count: int) -> list[int]:
    """The noise that a true count above 0 may get, ascending."""
    reach = range(-REACH, REACH + 1)
    return [noise for noise in reach if count + noise >= 0 and count + noise not in UNPUBLISHED]


def probabilities(count: int) -> dict[int, float]:
    """The chance of each noise of a true count; those of no chance are left out."""
    if count == 0:
        return {0: 1.0}
    corners = list(_corners(noises(count)))
    possible = sorted({noise for corner in corners for noise, share in corner.items() if share})
    if len(corners) == 1:
        return {noise: float(corners[0][noise]) for noise in possible}
    return _most_entropy(possible)


def _corners(support: Sequence[int]) -> Iterator[dict[int, Fraction]]:
    """The corners of all distributions with the wanted mean and variance: at most three noises have a chance there.

    They tell which noises are possible at all. Newton's method would look for those at infinity.
    """
    seen = set()
    for a, b, c in combinations(support, 3):
        # Lagrange: the polynomial that is 1 at one noise and 0 at the others has this expectation.
        shares = {
            x: Fraction(VARIANCE + y * z, (x - y) * (x - z)) for x, y, z in ((a, b, c), (b, a, c), (c, a, b))
        }
        corner = {noise: share for noise, share in shares.items() if share}
        if min(shares.values()) >= 0 and tuple(corner.items()) not in seen:
            seen.add(tuple(corner.items()))
            yield corner


def _most_entropy(support: Sequence[int]) -> dict[int, float]:
    """Newton's method on the dual: chances are proportional to exp(a * noise + b * noise squared)."""
    a = b = 0.0
    for _ in range(STEPS):
        weights = {x: exp(a * x + b * x * x) for x in support}
        total = sum(weights.values())
        one, two, three, four = (sum(w * x**k for x, w in weights.items()) / total for k in (1, 2, 3, 4))
        if abs(one) + abs(two - VARIANCE) < TOLERANCE:
            return {x: w / total for x, w in weights.items()}
        xx, xy, yy = two - one * one, three - one * two, four - two * two
        determinant = xx * yy - xy * xy
        a -= (yy * one - xy * (two - VARIANCE)) / determinant
        b -= (xx * (two - VARIANCE) - xy * one) / determinant
    raise ArithmeticError(f"no distribution over {list(support)} was found")


def shares_of_keys(chances: dict[int, float]) -> dict[int, int]:
    """Out of 4096 cell keys, how many give each noise.

    Each share is rounded down or up so that all 4096 are used and mean, then variance, stay as near as whole
    numbers allow.
    """
    floors = {noise: floor(chance * KEYS) for noise, chance in chances.items()}
    up = KEYS - sum(floors.values())
    choices = (bits for bits in product((0, 1), repeat=len(floors)) if sum(bits) == up)
    roundings = [
        {noise: keys + bit for (noise, keys), bit in zip(floors.items(), bits, strict=True)}
        for bits in choices
    ]
    return min(roundings, key=_error)


def _error(shares: dict[int, int]) -> tuple[int, int]:
    mean = sum(noise * keys for noise, keys in shares.items())
    spread = sum(noise * noise * keys for noise, keys in shares.items())
    return abs(mean), abs(spread - VARIANCE * KEYS)


def as_csv() -> str:
    """The whole file: true count (the last stands for itself and all above), noise, cell keys out of 4096."""
    lines = ["count,noise,keys\n"]
    for count in range(LAST + 1):
        shares = shares_of_keys(probabilities(count))
        lines += [f"{count},{noise},{keys}\n" for noise, keys in shares.items()]
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(as_csv())
