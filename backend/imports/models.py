"""One upload and what became of each of its rows."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from backend.encryption.fields import SealedField
from backend.encryption.places import ITSELF, Places, SealedPlace
from backend.teams.models import Organisation, Team
from backend.teams.models.base import Row
from permissions.scope import Reach

STATUSES = [(code, code) for code in ("queued", "running", "done", "failed")]
OUTCOMES = [(code, code) for code in ("accepted", "refused", "unchanged")]


class ImportRun(Row):
    """One file with its mapping. The file is sealed under a key of its own, and the key destroyed when it is done.

    `dry_run` checks every row and keeps none of it. The counts are sums over all tables; `tables` has them for each
    table by name, where there are several. `people` is how many persons the file has, where that is known before.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.UUIDField()
    mapping_name = models.CharField(max_length=64)
    mapping_text = models.TextField()
    dry_run = models.BooleanField()
    content = SealedField(null=True)
    status = models.CharField(max_length=8, choices=STATUSES, default="queued")
    failure = models.CharField(max_length=120, blank=True)
    rows_in = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    tables = models.JSONField(default=dict)
    people = models.PositiveIntegerField(null=True)
    people_done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    sealed_places: ClassVar[Places] = (SealedPlace("content", label="import.content", owner=ITSELF),)
    reach: ClassVar[Reach] = Reach(view="import.run")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "team"], name="import_run_id_team")]
        indexes = [models.Index(fields=["team", "-created_at", "-id"])]


class ImportRow(Row):
    """What became of one row: by its number in its table, with reasons as codes and never with a cell's text.

    `table` is empty where the file is one table.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=64, blank=True)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    reasons = models.JSONField(default=list)
    case_id = models.UUIDField(null=True)

    reach: ClassVar[Reach] = Reach(view="import.run")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "table", "number"], name="import_row_once")]
