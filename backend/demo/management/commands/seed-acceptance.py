"""`spona seed-acceptance`: accounts of every role in every relation, printed for tests from outside."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend import asker
from backend.demo.acceptance_accounts import end_what_ends, hold, leave_a_referral, make_expired_partner
from backend.demo.acceptance_document import document
from backend.demo.acceptance_posts import OTHER, OWN, posts
from backend.demo.build import NotADemo, build_town, check_database, lay_ground, shares
from backend.demo.people import by_key
from backend.demo.stories import IN_TURN
from backend.teams.models import Organisation, Team


class Command(BaseCommand):
    help = (
        "Make accounts of every role in every relation and cases in every state, in an empty installation or "
        "beside the demo, and print one JSON document that names them with passwords and tokens. Only where "
        "SPONA_ACCEPTANCE=1 says that nothing here is real."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.SPONA_ACCEPTANCE:
            raise CommandError(
                "Refused: this prints passwords and tokens. Set SPONA_ACCEPTANCE=1 on an installation for tests."
            )
        try:
            check_database()
        except NotADemo as found:
            raise CommandError(
                f"Refused: this database holds teams that are not the demo's ({found})."
            ) from found
        with asker.working_as(asker.DEMO):
            self._build()
            said = self._document()
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))

    def _build(self) -> None:
        lay_ground()
        told = shares(IN_TURN)
        for slug in (OWN, OTHER):
            self.stderr.write(f"Acceptance: {slug}, {len(told[slug])} cases ...")
            build_town(slug, told[slug], 1)

    def _document(self) -> dict[str, Any]:
        self.stderr.write(f"Acceptance: {len(posts())} accounts ...")
        partner = make_expired_partner()
        teams = {team.slug: team for team in Team.objects.select_related("municipality").order_by("slug")}
        organisations = by_key(Organisation.objects.all(), teams)
        holders = [hold(post, teams=teams, organisations=organisations) for post in posts()]
        expired = next(post for post in posts() if post.relation == "partner_expired")
        leave_a_referral(partner, teams[OWN], expired)
        end_what_ends(holders, partner)
        return document((teams[OWN], teams[OTHER]), holders)
