"""Every page of the app as its routes say, each with an address that is full and the role that looks at it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TREE: Final = Path(__file__).parents[2] / "web/src/routeTree.gen.ts"
STRANGER: Final = ""
# Where a route needs an id: the kind of thing, by the name that `DemoTown.ids` has for it.
IDS: Final[Mapping[str, Mapping[str, str]]] = {
    "/audit/$id": {"$id": "review"},
    "/cases/$id": {"$id": "case"},
    "/directory/$id": {"$id": "organisation"},
    "/print/audit/$month": {"$month": "month"},
    "/print/letter/$id": {"$id": "referral"},
    "/print/receipt/$id": {"$id": "consent"},
    "/print/slip/$id": {"$id": "referral"},
    "/referrals/$id": {"$id": "referral"},
    "/statistics/$number": {"$number": "number"},
}
QUERIES: Final[Mapping[str, str]] = {"/refer": "?case={case}"}
# What else one address shows, by what is added to it.
VIEWS: Final[Mapping[str, Mapping[str, str]]] = {
    "/admin/members": {"all": "?show=all"},
    "/admin/rights": {"answered": "?show=answered"},
    "/audit": {view: f"?view={view}" for view in ("glass", "log", "state", "mine")},
    "/cases": {"all": "?whose=all&status=any", "none": "?whose=all&q=zzz"},
    "/cases/$id": {part: f"?part={part}" for part in ("notes", "consents", "story", "sight")},
    "/directory": {"organisations": "?show=organisations"},
    "/invitation": {"form": "#secret"},
    "/recovery": {"form": "#secret"},
    "/refer": {"empty": ""},
    "/reset-password": {"form": "#secret"},
}
# Whoever is not a member of the team and its pages: everything else is looked at as a member.
ROLES: Final[Mapping[str, str]] = {
    "/sign-in": STRANGER,
    "/invitation": STRANGER,
    "/recovery": STRANGER,
    "/reset-password": STRANGER,
    "/audit": "lead",
    "/print/audit": "lead",
    "/admin": "coordinator",
    "/admin/agreements": "directory_admin",
    "/admin/directory": "directory_admin",
    "/admin/teams": "platform_admin",
    "/statistics/$number": "analyst",
}
# Pages that look different to somebody else, and are looked at a second time.
AS_WELL: Final = (
    ("/", "partner"),
    ("/statistics", "analyst"),
    ("/admin", "platform_admin"),
    ("/admin/rights", "officer"),
    ("/admin/waiting", "lead"),
    ("/audit", "member"),
    ("/help", "lead"),
    ("/statistics", "lead"),
    ("/statistics", "coordinator"),
)


@dataclass(frozen=True)
class Place:
    """One page: the route it belongs to, its address, and who looks at it."""

    route: str
    address: str
    role: str
    view: str = ""

    @property
    def name(self) -> str:
        """Return a name for a file."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.route.replace("$", "")).strip("-") or "inbox"
        as_well = self.role if (self.route, self.role) in AS_WELL else ""
        return "-".join(part for part in (plain, as_well, self.view) if part)

    def __str__(self) -> str:
        return f"{self.route} {self.view}".strip() + f" as {self.role or 'a stranger'}"


def routes() -> list[str]:
    """Return the routes of the app as its generator wrote them down."""
    text = TREE.read_text(encoding="utf-8")
    block = text.partition("export interface FileRoutesByTo {")[2].partition("}")[0]
    return sorted(re.findall(r'"([^"]+)":', block))


def places(ids: Mapping[str, str]) -> list[Place]:
    """Return every page, those of one role together."""
    found = [Place(route, _address(route, ids), role_for(route)) for route in routes()]
    found += [Place(route, _address(route, ids), role) for route, role in AS_WELL]
    found += [
        Place(route, _address(route, ids, added), role_for(route), view)
        for route, views in VIEWS.items()
        for view, added in views.items()
    ]
    return sorted(found, key=lambda place: (place.role, place.route, place.view))


def role_for(route: str) -> str:
    within = [base for base in ROLES if route == base or route.startswith(f"{base}/")]
    return ROLES[max(within, key=len)] if within else "member"


def _address(route: str, ids: Mapping[str, str], added: str | None = None) -> str:
    address = route
    for variable, kind in IDS.get(route, {}).items():
        address = address.replace(variable, ids[kind])
    if "$" in address:
        raise LookupError(f"{route} needs an id: say in tests/browser/routes.py of what.")
    return address + (QUERIES.get(route, "").format(**ids) if added is None else added)
