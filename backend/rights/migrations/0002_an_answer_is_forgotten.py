"""The history of a request goes with the request, once its answer need not be proven any more: the wall says by whom."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_requests_of_the_person")]

    operations = [
        migrations.RunSQL(
            "GRANT DELETE ON rights_historicalrightsrequest TO spona_app",
            "REVOKE DELETE ON rights_historicalrightsrequest FROM spona_app",
        ),
    ]
