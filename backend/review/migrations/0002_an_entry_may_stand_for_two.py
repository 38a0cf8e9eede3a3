"""An entry may be an item of two rules: what the lot drew hides nothing that a rule finds later."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("review", "0001_what_is_reviewed")]

    operations = [migrations.RemoveConstraint(model_name="reviewitem", name="review_of_an_entry_once")]
