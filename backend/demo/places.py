"""The invented organisations of the demo. The towns are real; no organisation, person or number in here is."""

from dataclasses import dataclass

from backend.reference.lists import codes


@dataclass(frozen=True)
class DemoOrganisation:
    """One invented organisation. `in_team` has a sharing agreement, `memorandum` one with the Office."""

    name: str
    sector: str
    services: tuple[str, ...]
    team: str = ""
    in_team: bool = False
    memorandum: bool = False
    has_accounts: bool = True


_TEAM_KINDS = (
    (
        "Centar za socijalni rad {town}",
        "social_protection",
        ("SO-CSW", "SO-CAS", "SO-OTA", "SO-SHE", "SO-DOC", "SO-HIN", "FA-FAM", "FA-CHI", "WV-SAF"),
        True,
    ),
    ("Dom zdravlja {town}", "health", ("TX-SBI", "TX-OPC", "TX-OAB", "HR-HIV", "HR-HCV", "FA-PRG"), True),
    (
        "Bolnica {town}, odeljenje za zavisnosti",
        "health",
        ("TX-DET", "TX-DAY", "TX-DTO", "TX-INP", "TX-RES", "TX-OAM", "TX-DUA", "TX-HCC"),
        True,
    ),
    ("Služba za zapošljavanje {town}", "employment", ("SO-EMP", "SO-VOC"), True),
    ("Pravna pomoć opštine {town}", "local_government", ("LG-AID",), True),
)
_SOCIETY_KINDS = (
    ("Udruženje „Most“ {town}", ("HR-OUT", "HR-NSP", "HR-TLN", "RE-PEE", "SO-FOO"), True),
    ("Zajednica oporavka „Obala“ {town}", ("RE-COM", "RE-MUT", "RE-RES", "TX-THC"), False),
    ("Ženski krug „Sidro“ {town}", ("WV-HOT", "WV-PSY", "WV-LEG"), False),
)
_NATIONAL = (
    DemoOrganisation("Mreža „Dodir“, pravna pomoć", "cso", ("LG-DIS", "LG-DEB", "LG-AID"), memorandum=True),
    DemoOrganisation(
        "Bolnica za bolesti zavisnosti „Lipa“", "health", ("TX-DET", "TX-RES", "TX-HIC"), has_accounts=False
    ),
    DemoOrganisation(
        "Zdravstvena služba zavoda „Breza“", "prison_health", ("PR-OAT", "PR-PRE"), has_accounts=False
    ),
    DemoOrganisation("Škola za odrasle „Korak“", "education", ("SO-EDU", "SO-VOC"), has_accounts=False),
)


def organisations() -> list[DemoOrganisation]:
    """Return the sixty organisations of the demo, always in the same order."""
    towns = [(team.code, team.attributes["short_sr_latn"]) for team in codes("teams").values()]
    local = [one for slug, town in towns for one in _of_town(slug, town)]
    return [*local, *_NATIONAL]


def _of_town(slug: str, town: str) -> list[DemoOrganisation]:
    public = [
        DemoOrganisation(name.format(town=town), sector, services, slug, in_team=in_team)
        for name, sector, services, in_team in _TEAM_KINDS
    ]
    societies = [
        DemoOrganisation(name.format(town=town), "cso", services, slug, in_team=in_team, memorandum=True)
        for name, services, in_team in _SOCIETY_KINDS
    ]
    return public + societies
