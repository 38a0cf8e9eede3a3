"""A thousand real admissions for the demo: queued as an upload like any other, and imported by the worker."""

from pathlib import Path
from typing import Final

from backend.imports.models import ImportRun
from backend.imports.uploads import shipped_text, upload
from backend.teams.actors import actor_for
from backend.teams.models import Membership, Team

MAPPING: Final = "teds_a_2023"
TOWN: Final = "sremska-mitrovica"
FILE: Final = Path(__file__).parent / "data" / "teds_a_2023_sample1000_labelled.csv"


def queue_sample() -> bool:
    """Queue the sample for one town, in its coordinator's name; False when that was done before."""
    team = Team.objects.get(slug=TOWN)
    if ImportRun.objects.filter(team=team, mapping_name=MAPPING).exists():
        return False
    coordinator = Membership.objects.select_related("organisation").get(team=team, role="coordinator")
    if coordinator.organisation is None:
        raise ValueError("a coordinator works for an organisation")
    upload(
        actor_for(coordinator.user_id),
        team=team,
        organisation=coordinator.organisation,
        mapping_text=shipped_text(MAPPING),
        content=FILE.read_bytes(),
        dry_run=False,
    )
    return True
