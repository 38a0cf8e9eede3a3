"""An erasure empties the texts of looks, and forgets what proved its lawfulness when its time is over, too."""

from django.db import migrations

from permissions.operations import LetErase

LEDGERS = ("looktext", "consent", "consentrecipient", "withdrawal", "disclosure")


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_break_glass")]

    operations = [LetErase(f"cases_{name}") for name in LEDGERS]
