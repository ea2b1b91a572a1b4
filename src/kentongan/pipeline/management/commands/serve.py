"""`kentongan serve`: an instance ready for work on this machine, with its worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.edge.problems import Problem
from kentongan.pipeline.server import Address, serve
from kentongan.pipeline.setup import make_ready


class Command(BaseCommand):
    help = "Menjalankan instans: halaman web dan pekerjaan latar."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="alamat yang dilayani (bawaan: hanya mesin ini)"
        )
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=16, help="banyaknya utas pelayan")
        parser.add_argument(
            "--no-worker", action="store_true", help="tanpa pekerjaan latar (dijalankan terpisah)"
        )

    def handle(
        self, *_args: Any, host: str, port: int, threads: int, no_worker: bool, **_options: Any
    ) -> None:
        address = Address(host, port, threads)
        try:
            make_ready(lambda step: self.stdout.write(f"Menyiapkan: {step} …"))
            self.stdout.write(f"Kentongan siap di {address.url} (Ctrl-C untuk berhenti)")
            serve(address, browser=False, worker=not no_worker)
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem
