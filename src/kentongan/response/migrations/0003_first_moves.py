"""Tasks that were given before moves were kept get the one move that is known of them: that they were given."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def keep_first_moves(apps: Any, schema_editor: Any) -> None:
    tasks = apps.get_model("response", "Task")._base_manager.filter(moves=None)
    moves = apps.get_model("response", "TaskMove").objects
    for task in tasks.iterator():
        moves.create(
            task=task,
            from_state="",
            to_state="assigned",
            agency_id=task.agency_id,
            due_at=task.due_at,
            at=task.assigned_at,
            by=task.assigned_by,
        )


class Migration(migrations.Migration):
    dependencies = [("response", "0002_tasks_by_moves")]
    operations = [migrations.RunPython(keep_first_moves, migrations.RunPython.noop)]
