"""Of a wrapped key the service changes what a rotation changes, and nothing else: whose it is stays as it was made."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("encryption", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            REVOKE UPDATE ON encryption_wrappedkey FROM spona_app;
            GRANT UPDATE (root_generation, wrapped) ON encryption_wrappedkey TO spona_app;
            """,
            "GRANT UPDATE ON encryption_wrappedkey TO spona_app",
        ),
    ]
