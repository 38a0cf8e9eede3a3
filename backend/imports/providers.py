"""Who gives the service that a row asks for: looked for once in a run, and asked again each time whether it may."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from backend.directory.models import Service
from backend.imports.errors import Reason, RowRefused
from backend.imports.models import ImportRun
from backend.referrals import agreement
from backend.teams.models import SharingAgreement
from backend.teams.models.base import live


@dataclass
class Providers:
    """The providers near one team. One that may no longer receive is forgotten, and the next one looked for."""

    run: ImportRun
    found: dict[tuple[str, bool], Service] = field(default_factory=dict)

    def of(self, code: str, *, on_behalf: bool = False) -> Service:
        """Return the first provider of the service by name: of the team, or in its municipality. Else RowRefused.

        `on_behalf` asks for one without accounts, for whom the requester may report.
        """
        known = self.found.get((code, on_behalf))
        if known is not None and self._still_offers(known):
            return known
        service = self._look(code, on_behalf=on_behalf)
        self.found[code, on_behalf] = service
        return service

    def _still_offers(self, service: Service) -> bool:
        return Service.objects.filter(pk=service.pk, is_active=True).exists() and self._receives(service)

    def _receives(self, service: Service) -> bool:
        return agreement.may_receive(service.organisation, team_id=self.run.team_id)

    def _look(self, code: str, *, on_behalf: bool) -> Service:
        team = self.run.team
        sits_here = SharingAgreement.objects.filter(live(), team=team, organisation=OuterRef("organisation"))
        near = Q(Exists(sits_here)) | Q(organisation__municipality_id=team.municipality_id)
        offered = Service.objects.filter(near, code=code, is_active=True)
        if on_behalf:
            offered = offered.filter(organisation__has_accounts=False)
        others = offered.exclude(organisation=self.run.organisation)
        for service in others.select_related("organisation").order_by("organisation__sort_key", "id"):
            if self._receives(service):
                return service
        raise RowRefused(Reason(code, "no_provider"))
