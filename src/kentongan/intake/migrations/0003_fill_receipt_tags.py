"""Reports stored before receipts could be looked up get their tag, computed from what the row holds."""

from django.conf import settings
from django.db import migrations

from kentongan.edge.sealing import receipt_code, receipt_tag


def fill(apps, schema_editor):
    Report = apps.get_model("intake", "Report")
    rows = Report._base_manager.filter(receipt_tag=None).only("pk", "client_id", "content_hash")
    for report in rows.iterator(chunk_size=500):
        receipt = receipt_code(settings.RECEIPT_KEY, f"{report.client_id}:{report.content_hash}")
        tag = receipt_tag(settings.RECEIPT_KEY, receipt)
        Report._base_manager.filter(pk=report.pk).update(receipt_tag=tag, words_hash=report.content_hash)


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_answers_attachments_keeping")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
