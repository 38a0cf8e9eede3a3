"""The database takes no change of a referral's status that is not in the table of steps, or is another side's."""

from django.db import migrations

from backend.referrals.step_wall import StepWall


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0006_find_what_awaits"),
        ("permissions", "0001_the_second_wall"),
    ]

    operations = [StepWall()]
