"""`kentongan worker`: the background process. `kentongan serve` starts one by itself on the embedded default."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kentongan.edge.clocks import machine_now
from kentongan.pipeline.worker import one_round, run_until_stopped


class Command(BaseCommand):
    help = "Menjalankan pekerjaan latar: tindak lanjut, jadwal, dan antrean."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="satu putaran sampai tidak ada lagi, lalu berhenti"
        )

        parser.add_argument(
            "--with-parent", action="store_true", help="berhenti bersama proses yang menjalankannya"
        )

    def handle(self, *_args: Any, once: bool, with_parent: bool, **_options: Any) -> None:
        if not once:
            run_until_stopped(with_parent=with_parent)
            return
        while done := one_round(now=machine_now()):
            self.stdout.write(f"{done} pekerjaan selesai.")
