from django.db import migrations, models

FROM_THE_CASE = """
UPDATE {table} AS r SET spoken_name = c.spoken_name FROM cases_case AS c WHERE c.id = r.case_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_say_when_it_happened"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="spoken_name",
            field=models.CharField(default="", editable=False, max_length=48),
            preserve_default=False,
        )
        for model in ("referral", "historicalreferral")
    ] + [
        migrations.RunSQL(
            [
                FROM_THE_CASE.format(table=f"referrals_{model}")
                for model in ("referral", "historicalreferral")
            ],
            migrations.RunSQL.noop,
        )
    ]
