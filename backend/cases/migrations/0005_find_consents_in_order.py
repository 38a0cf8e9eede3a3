"""Consents of a team in the order in which they end, each place decided by the id: the inbox stops at fifty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_find_what_awaits"),
        ("teams", "0003_sessions_cache_and_municipalities"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="consent",
            name="consent_team_end",
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["team", "valid_until", "id"], name="consent_team_ends"),
        ),
    ]
