"""An entry stays in one piece. PostgreSQL tried in vain to compress its ids, and put it into a second table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE audit_entry SET (toast_tuple_target = 8160)",
            "ALTER TABLE audit_entry RESET (toast_tuple_target)",
        ),
    ]
