"""The step wall again: a recipient that is shut out of the case cannot answer, so the requester does."""

from django.db import migrations

from backend.referrals.step_wall import StepWall


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0010_a_sealed_service_counts_its_changes"),
        ("permissions", "0008_deny_wins"),
    ]

    operations = [StepWall()]
