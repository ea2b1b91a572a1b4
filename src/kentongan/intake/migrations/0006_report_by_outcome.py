from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_archive_declined")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["triage_outcome", "state"], name="report_by_outcome"),
        ),
    ]
