"""Every report has a tag by now; from here on the database holds one row to a receipt."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_fill_receipt_tags")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="receipt_tag",
            field=models.CharField(max_length=64, unique=True),
        ),
        migrations.AlterField(
            model_name="report",
            name="words_hash",
            field=models.CharField(db_index=True, max_length=64),
        ),
    ]
