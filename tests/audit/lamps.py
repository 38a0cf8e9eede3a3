"""A model with a history that belongs to no room: the audit is tested without the floors above it."""

from typing import Any
from uuid import uuid4

from django.db import connections, models
from django.test.utils import isolate_apps

from audit.history import Acted, trail

with isolate_apps("audit"):

    class Lamp(Acted):
        """A street lamp of a team."""

        id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
        team_id = models.UUIDField()
        colour = models.CharField(max_length=20)

        history = trail()

        class Meta:
            app_label = "audit"

    class Bulb(Acted):
        """Goes with its lamp."""

        id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
        lamp = models.ForeignKey(Lamp, on_delete=models.CASCADE, related_name="bulbs")
        watts = models.IntegerField(default=5)

        history = trail()

        class Meta:
            app_label = "audit"

    class Careless(Acted):
        """Its manager forgets the rule: the check at start finds it."""

        objects: Any = models.Manager()

        class Meta:
            app_label = "audit"


TABLES: tuple[type[models.Model], ...] = (Lamp, Lamp.history.model, Bulb, Bulb.history.model)


def statements() -> list[str]:
    """Return the SQL that creates the tables and lets the service use them."""
    with connections["default"].schema_editor(collect_sql=True, atomic=False) as editor:
        for model in TABLES:
            editor.create_model(model)
    created = list(editor.collected_sql)
    names = ", ".join(model._meta.db_table for model in TABLES)
    return [*created, f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO spona_app"]


def removal() -> str:
    return "DROP TABLE IF EXISTS " + ", ".join(model._meta.db_table for model in TABLES) + " CASCADE"
