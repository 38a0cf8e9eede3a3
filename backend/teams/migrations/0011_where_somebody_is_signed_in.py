"""Says of a session since when it is there, when it was used, and on what kind of device. One of before says nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0010_a_team_without_keys")]

    operations = [
        migrations.AddField("session", "handle", models.UUIDField(null=True)),
        migrations.AddField("session", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField("session", "used_at", models.DateTimeField(null=True)),
        migrations.AddField("session", "browser", models.CharField(default="other", max_length=8)),
        migrations.AddField("session", "system", models.CharField(default="other", max_length=8)),
    ]
