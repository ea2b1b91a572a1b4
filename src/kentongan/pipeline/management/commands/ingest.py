"""`kentongan ingest PATH…`: articles become reports with a suggested place and dates; a person decides the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.accounts.actors import Actor
from kentongan.accounts.queries import desk_named
from kentongan.edge.clocks import domain_now
from kentongan.edge.problems import Problem
from kentongan.pipeline.reading import Read, Unreadable, files_in, place_name, read_files, store


class Command(BaseCommand):
    help = "Membaca artikel (berkas teks atau folder) menjadi laporan dengan saran tempat dan tanggal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="berkas .txt atau folder berisi .txt"
        )
        parser.add_argument("--dry-run", action="store_true", help="hanya membaca, tidak menyimpan apa pun")
        parser.add_argument("--json", action="store_true", help="satu baris JSON per laporan")
        parser.add_argument(
            "--desk", default="", help="instansi penerima, nama singkatnya (bawaan: Kesbangpol pertama)"
        )

    def handle(self, *_args: Any, paths: list[Path], dry_run: bool, desk: str, **options: Any) -> None:
        try:
            receiving = None if dry_run else desk_named(desk)
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem
        unreadable = 0
        for outcome in read_files(list(files_in(paths))):
            if isinstance(outcome, Unreadable):
                unreadable += 1
                self.stderr.write(outcome.problem.sentence())
                continue
            stored = None
            if receiving is not None:
                stored = store(outcome, desk=receiving, by=Actor.of_system("ingest"), at=domain_now())
            self.stdout.write(self._line(outcome, stored, as_json=options["json"]))
        if unreadable:
            raise CommandError(
                f"{unreadable} berkas tidak terbaca; yang lain sudah selesai. Lihat pesan di atas."
            )

    def _line(self, read: Read, stored: tuple[int, str, bool] | None, *, as_json: bool) -> str:
        if as_json:
            return json.dumps(read.as_plain(), ensure_ascii=False)
        place = read.reading.place
        parts = [
            read.source,
            f"saran tempat: {place_name(place.code)} ({place.code})"
            if place
            else "tanpa tempat: tinggal di meja penerima",
            f"tanda: {', '.join(read.flags)}" if read.flags else "",
            f"salinan dari {read.duplicate_of}" if read.duplicate_of else "",
        ]
        if stored is not None:
            number, _, is_new = stored
            parts.append(f"tersimpan sebagai LP-{number}" if is_new else f"sudah ada sebagai LP-{number}")
        return " · ".join(part for part in parts if part)
