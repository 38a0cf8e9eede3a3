from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0004_sessions_name_their_account"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="looks_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
