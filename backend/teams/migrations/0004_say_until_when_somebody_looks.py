from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0003_sessions_cache_and_municipalities"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="looks_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
