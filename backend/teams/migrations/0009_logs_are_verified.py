"""The log of a team by another name, under which the table of roles reaches it. No table changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_a_sealed_log"),
        ("teams", "0008_histories_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditLog",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("audit.log",),
        ),
    ]
