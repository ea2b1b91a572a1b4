"""What was declined before the archive existed goes there: left as `triaged` it would wait in the inbox again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations


def archive(apps: Any, _editor: Any) -> None:
    """Declined reports of the time when a decision ended in `triaged`."""
    report = apps.get_model("intake", "Report")
    declined = report._base_manager.filter(state="triaged", triage_outcome__in=["out_of_scope", "spam"])
    declined.update(state="archived")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("intake", "0004_receipt_tag_is_unique")]
    operations: ClassVar = [migrations.RunPython(archive, migrations.RunPython.noop)]
