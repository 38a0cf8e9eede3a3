"""Coded facts of people who do not exist, drawn so that they fit together. Pure: all chance is in `rng`."""

from random import Random
from typing import Final

from backend.cases.items import ItemValue

AGES: Final = (
    "15-17",
    "18-19",
    "20-24",
    "25-29",
    "30-34",
    "35-39",
    "40-44",
    "45-49",
    "50-54",
    "55-59",
    "60-64",
    "ge65",
)
# How many live with children, and how many use the drug in its usual way.
PARENTS, AS_USUAL = 0.2, 0.8
AGE_WEIGHTS: Final = (2, 3, 9, 14, 18, 19, 15, 9, 5, 3, 2, 1)
# Primary drug -> how it is mostly used; the weights are those of a small town, roughly.
DRUGS: Final = {"11": "1", "15": "3", "21": "4", "31": "4", "42": "3", "70": "2"}
DRUG_WEIGHTS: Final = (46, 6, 7, 14, 7, 20)
OPIOIDS: Final = frozenset({"11", "12", "13", "15"})
FIRST_USE: Final = ("lt15", "15-19", "20-24", "25-29")
INJECTS: Final = "1"
EARLIEST_YEAR: Final = 2021


def profile(rng: Random, *, year: int) -> dict[str, ItemValue]:
    """Return the TDI items of one person; `year` is the latest in which the treatment may have begun."""
    drug = rng.choices(tuple(DRUGS), DRUG_WEIGHTS)[0]
    return {**_person(rng), **_use(rng, drug), **_treatment(rng, drug, year)}


def _person(rng: Random) -> dict[str, ItemValue]:
    with_children = rng.random() < PARENTS
    return {
        "age_band": rng.choices(AGES, AGE_WEIGHTS)[0],
        "sex": rng.choices(("1", "2"), (78, 22))[0],
        "referral_source": rng.choices(("2", "3", "4", "6", "7"), (10, 15, 35, 35, 5))[0],
        "living_with": "3" if with_children else rng.choices(("1", "2", "4", "6"), (25, 50, 15, 10))[0],
        "with_children": "2" if with_children else "1",
        "accommodation": rng.choices(("1", "2"), (80, 20))[0],
        "education": rng.choices(("1", "2", "3", "4"), (4, 25, 62, 9))[0],
        "labour": rng.choices(("1", "2", "3", "4", "5"), (15, 14, 6, 55, 10))[0],
    }


def _use(rng: Random, drug: str) -> dict[str, ItemValue]:
    route = DRUGS[drug] if rng.random() < AS_USUAL else "2"
    injects = route == INJECTS
    others = [code for code in ("42", "70", "80", "31") if code != drug]
    secondary: list[str] = rng.sample(others, rng.choice((0, 1, 1, 2))) or ["none"]
    return {
        "primary_drug": drug,
        "secondary_drugs": secondary,
        "route": route,
        "frequency": rng.choices(("1", "2", "3", "4", "5"), (45, 15, 15, 10, 15))[0],
        "age_first_use_band": rng.choices(FIRST_USE, (15, 55, 22, 8))[0],
        "polydrug_problem": "1" if len(secondary) > 1 else "2",
        "injecting": "2.3" if injects else "1",
        "sharing": rng.choice(("1", "2.1")) if injects else "1",
        **({"years_since_first_injection": rng.choice(("1", "2", "3", "4"))} if injects else {}),
    }


def _treatment(rng: Random, drug: str, year: int) -> dict[str, ItemValue]:
    opioid = drug in OPIOIDS
    return {
        "centre_type": rng.choices(("1", "2", "5"), (60, 25, 15))[0],
        "year": rng.randint(EARLIEST_YEAR, year),
        "treatment_status": rng.choice(("1", "2")),
        "hiv_test": rng.choices(("1", "2.1", "2.2"), (30, 30, 40))[0],
        "hcv_test": rng.choices(("1", "2.1", "2.2"), (35, 30, 35))[0],
        "ost_status": rng.choices(("1", "3"), (40, 60))[0] if opioid else "1",
    }
