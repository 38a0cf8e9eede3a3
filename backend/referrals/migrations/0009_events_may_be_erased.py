"""An erasure blanks the events of referrals, which nothing else may change."""

from django.db import migrations

from permissions.operations import LetErase


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_sides_belong_to_a_team")]

    operations = [LetErase("referrals_referralevent")]
