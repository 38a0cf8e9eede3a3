"""Says of a team that its keys were destroyed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0009_logs_are_verified")]

    operations = [
        migrations.AddField(
            model_name=model, name="keys_destroyed_at", field=models.DateTimeField(editable=False, null=True)
        )
        for model in ("team", "historicalteam")
    ]
