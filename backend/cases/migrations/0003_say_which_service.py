"""A notification of a referral says for which service, so that limited memberships hear of theirs alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_teams_and_ledgers")]
    operations = [
        migrations.AddField(
            model_name="notification",
            name="service_code",
            field=models.CharField(blank=True, max_length=8, null=True),
        ),
    ]
