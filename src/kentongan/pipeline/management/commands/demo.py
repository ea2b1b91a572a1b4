"""`kentongan demo`: the coined province on this machine, ready in a minute, with a role chooser instead of passwords."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.edge.problems import Problem
from kentongan.pipeline.server import Address, answer_once, serve
from kentongan.pipeline.setup import make_demo


class Command(BaseCommand):
    help = "Membuka provinsi peragaan di peramban: wilayah, orang, kelompok fiktif."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-browser", action="store_true", help="jangan membuka peramban")
        parser.add_argument(
            "--exit-when-ready", action="store_true", help="siapkan, buka halaman depan sekali, lalu selesai"
        )

    def handle(
        self, *_args: Any, port: int, no_browser: bool, exit_when_ready: bool, **_options: Any
    ) -> None:
        started = time.monotonic()
        # Without passwords, so never beyond this machine.
        address = Address("127.0.0.1", port)
        try:
            make_demo(lambda step: self.stdout.write(f"Menyiapkan: {step} …", ending="\n"))
            ready = time.monotonic() - started
            if exit_when_ready:
                answered = answer_once(address)
                self.stdout.write(
                    f"Siap dalam {ready:.1f} detik; halaman depan menjawab dalam {answered:.1f} detik."
                )
                return
            self.stdout.write(f"Siap dalam {ready:.0f} detik. Buka {address.url} (Ctrl-C untuk berhenti)")
            serve(address, browser=not no_browser, worker=True)
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem
