"""Tells the planner that an organisation is mostly of one team.

Taking team and organisation for independent, it believed that a recipient has hardly a referral, and sorted all of
them for each page instead of reading the first fifty from the index.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_only_steps_of_the_table"),
    ]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE STATISTICS referrals_referral_{side} (dependencies)"
                f" ON team_id, {side}_organisation_id FROM referrals_referral",
                f"DROP STATISTICS referrals_referral_{side}",
            )
            for side in ("requester", "recipient")
        ),
        migrations.RunSQL("ANALYZE referrals_referral", migrations.RunSQL.noop),
    ]
