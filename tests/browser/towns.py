"""A town whose organisations have names that people would use, and services to refer to."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from backend.directory.models import Service
from backend.directory.services import add_service
from backend.teams.models import Organisation
from tests.world import BUILDER, Town, make_organisation

DETOX, DROP_IN, CASH = "TX-OPC", "HR-DIC", "SO-CAS"
PHONE: Final = "+381 15 555 010"


@dataclass
class BusyTown(Town):
    """The centre, the clinic and the society each give one service."""

    @cached_property
    def centre(self) -> Organisation:  # type: ignore[override]
        return self._with("social_protection", CASH)

    @cached_property
    def clinic(self) -> Organisation:  # type: ignore[override]
        return self._with("health", DETOX)

    @cached_property
    def society(self) -> Organisation:  # type: ignore[override]
        return self._with("cso", DROP_IN)

    def service(self, organisation: Organisation) -> Service:
        return Service.objects.get(organisation=organisation)

    def _with(self, sector: str, code: str) -> Organisation:
        made = make_organisation(
            sector,
            team=self.team,
            memorandum=sector == "cso",
            municipality=self.team.municipality,
            phone=PHONE,
        )
        add_service(BUILDER, organisation=made, code=code)
        return made
