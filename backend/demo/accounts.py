"""Who has an account in the demo: the cast of one town, and the people who work for all towns. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.reference.lists import codes


@dataclass(frozen=True, slots=True)
class Account:
    """One person. `place` is the key of an organisation of the town (see `KEYS`), or its whole name elsewhere."""

    username: str
    display_name: str
    role: str
    teams: tuple[str, ...] = ()
    place: str = ""
    steward: bool = False
    language: str = "sr-Latn"


# Key in user names -> how the organisation's name begins in every town.
KEYS: Final = {
    "csr": "Centar za socijalni rad",
    "dz": "Dom zdravlja",
    "bolnica": "Bolnica",
    "posao": "Služba za zapošljavanje",
    "pravna": "Pravna pomoć",
    "most": "Udruženje „Most“",
    "obala": "Zajednica oporavka „Obala“",
    "sidro": "Ženski krug „Sidro“",
}
PARTNERS: Final = frozenset({"obala", "sidro"})
SHARED_PARTNER: Final = "Mreža „Dodir“, pravna pomoć"
_WORKERS: Final = (
    ("csr1", "csr", "Voditelj slučaja", True),
    ("csr2", "csr", "Socijalna radnica", False),
    ("dz1", "dz", "Patronažna sestra", True),
    ("dz2", "dz", "Lekar opšte prakse", False),
    ("bolnica", "bolnica", "Psihijatar", True),
    ("posao", "posao", "Savetnik za zapošljavanje", True),
    ("pravna", "pravna", "Pravnica", True),
    ("most", "most", "Terenski radnik", True),
    ("obala", "obala", "Savetnik u oporavku", True),
    ("sidro", "sidro", "Savetnica", True),
)
_NATIONAL: Final = (
    ("ured.analiticar", "Analitičar Kancelarije", "national_analyst"),
    ("ured.objave", "Odobravanje objave", "release_officer"),
    ("ured.objave2", "Drugo odobravanje objave", "release_officer"),
    ("ured.adresar", "Urednica adresara", "directory_admin"),
    ("kljucevi.cuvar", "Čuvarka ključeva", "key_custodian"),
    ("platforma.admin", "Administrator platforme", "platform_admin"),
)


def towns() -> dict[str, str]:
    """Return the short Latin names of the seven towns by the slug of their team."""
    return {code: team.attributes["short_sr_latn"] for code, team in codes("teams").items()}


def accounts() -> tuple[Account, ...]:
    """Return every account of the demo, always in the same order."""
    return (*(one for slug in towns() for one in of_town(slug)), *of_no_town())


def of_no_town() -> tuple[Account, ...]:
    """Return the accounts of those who work for several towns or for all."""
    return (*_officers(), _shared_partner(), *national())


def of_town(slug: str) -> Iterator[Account]:
    """Yield the cast of one town. The deputy comes from another organisation than the coordinator."""
    town, here = towns()[slug], (slug,)
    yield Account(f"{slug}.koordinator", f"Koordinatorka, {town}", "coordinator", here, "csr")
    yield Account(f"{slug}.zamenik", f"Zamenik koordinatorke, {town}", "deputy_coordinator", here, "dz")
    for name, place, title, steward in _WORKERS:
        role = "partner_worker" if place in PARTNERS else "member"
        yield Account(f"{slug}.{name}", f"{title}, {town}", role, here, place, steward)
    yield Account(f"{slug}.grad", f"Nadležna za tim, {town}", "municipal_lead", here, language="sr-Cyrl")


def _officers() -> Iterator[Account]:
    """Yield the data protection officers: two towns share one."""
    slugs = tuple(towns())
    for number, first in enumerate(range(0, len(slugs), 2), start=1):
        teams = slugs[first : first + 2]
        yield Account(
            f"zastita.{number}", f"Lice za zaštitu podataka {number}", "data_protection_officer", teams
        )


def _shared_partner() -> Account:
    return Account(
        "dodir.pravnik", "Pravnik mreže „Dodir“", "partner_worker", place=SHARED_PARTNER, steward=True
    )


def national() -> tuple[Account, ...]:
    """Return the accounts of the Office and of the platform."""
    return tuple(Account(username, name, role) for username, name, role in _NATIONAL)


def shown() -> tuple[Account, ...]:
    """Return the accounts that are worth a line on the screen: one town's, and those of nobody's town."""
    return (*of_town(next(iter(towns()))), next(_officers()), _shared_partner(), *national())
