"""What is published, for those who may not see every release: all of tier C, and what tier B says of one's own team."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend import asker
from backend.statistics.releases.models import Release, published_for_all
from backend.statistics.releases.states import PUBLISHED
from backend.teams.models import Team

LONGEST = 9


def for_all() -> list[Release]:
    """Return what is published for all, the newest first."""
    with asker.working_as(asker.RELEASES), transaction.atomic():
        return list(Release.objects.filter(published_for_all()).defer("gate", "manifest").order_by("-number"))


def numbered(text: str) -> Release | None:
    """Return the release with this number, if it is published for all."""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST):
        return None
    with asker.working_as(asker.RELEASES), transaction.atomic():
        return Release.objects.filter(published_for_all(), number=int(text)).first()


def of_team(team_id: UUID) -> list[dict[str, Any]]:
    """Return what published releases of tier B say of one team, the newest first.

    Each: number, period, sha256, and `cells`, `rates` and `medians` of the rows that are the team or its group.
    """
    with asker.working_as(asker.RELEASES), transaction.atomic():
        slug = Team.objects.values_list("slug", flat=True).get(pk=team_id)
        rows = Release.objects.filter(status=PUBLISHED, tier="B").order_by("-number")
        return [
            {"number": one.number, "period": one.period, "sha256": one.sha256, **_of(slug, one.document)}
            for one in rows
            if slug in one.document["scope"]["teams"]
        ]


def _of(slug: str, document: Mapping[str, Any]) -> dict[str, Any]:
    groups = document["scope"]["groups"]
    names = {slug, *(name for name, teams in groups.items() if slug in teams)}
    return {
        "cells": [one for table in document["tables"] for one in _cells(names, table)],
        "rates": [one for one in document["rates"] if one["row"] in names],
        "medians": [one for one in document["medians"] if one["row"] in names],
    }


def _cells(names: set[str], table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if table["rows"] == "team":
        yield from ({"table": table["id"], **one} for one in table["cells"] if one["row"] in names)
