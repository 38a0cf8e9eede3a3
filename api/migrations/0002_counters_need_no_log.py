from django.db import migrations


class Migration(migrations.Migration):
    """A count of calls is worth nothing after a crash, so it needs no place in the write-ahead log."""

    dependencies = [
        ("api", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE api_ratecounter SET UNLOGGED, SET (fillfactor = 50)",
            "ALTER TABLE api_ratecounter SET LOGGED, RESET (fillfactor)",
        )
    ]
