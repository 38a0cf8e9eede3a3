"""A confidential service says which revision it is, so that an older envelope does not open in the place of a newer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_events_may_be_erased")]

    operations = [
        migrations.AddField(
            model_name=name, name="service_revision", field=models.PositiveIntegerField(default=0)
        )
        for name in ("referral", "historicalreferral")
    ]
