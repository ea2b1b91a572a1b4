"""`kentongan ingest PATH…`: articles, e-mails, tables and pasted messages become reports; a person decides the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.accounts.actors import Actor
from kentongan.accounts.queries import desk_named
from kentongan.edge.clocks import domain_now, office_day
from kentongan.edge.problems import Problem
from kentongan.intake.channels.rows import Examined
from kentongan.intake.channels.sheet import read_sheet
from kentongan.pipeline import importing
from kentongan.pipeline.gazetteers import gazetteer, place_name
from kentongan.pipeline.guessing import within_of
from kentongan.pipeline.reading import Read, Unreadable, file_at, files_in, read_files, store
from kentongan.places.queries import region_by_code

PASTED = "-"
_BY = "ingest"


@dataclass(slots=True)
class _Run:
    """What one call was asked for, and how many of its files or rows failed."""

    desk: int | None
    within: tuple[str, ...]
    as_json: bool
    files: list[str] = field(default_factory=list)
    rows: int = 0

    def problems(self) -> str:
        """What a person must look at again; empty when all is well."""
        parts = (
            f"{len(self.files)} berkas tidak terbaca" if self.files else "",
            f"{self.rows} baris tidak tersimpan" if self.rows else "",
        )
        return ", ".join(part for part in parts if part)


class Command(BaseCommand):
    help = "Membaca artikel, surel, tabel CSV, atau pesan tempelan menjadi laporan dengan saran tempat dan tanggal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="berkas .txt, .eml, atau .csv, folder (dengan isinya), atau - untuk teks WhatsApp dari masukan",
        )
        parser.add_argument("--dry-run", action="store_true", help="hanya membaca, tidak menyimpan apa pun")
        parser.add_argument("--json", action="store_true", help="satu baris JSON per laporan")
        parser.add_argument(
            "--desk", default="", help="instansi penerima, nama singkatnya (bawaan: Kesbangpol pertama)"
        )
        parser.add_argument(
            "--wilayah",
            default="",
            metavar="KODE",
            help="tempat dicari dahulu di wilayah ini, misalnya 35.14",
        )

    def handle(
        self, *_args: Any, paths: list[str], dry_run: bool, desk: str, wilayah: str, **options: Any
    ) -> None:
        try:
            # Asked first: without a list of regions no text can be understood, and one sentence is enough.
            gazetteer()
            receiving = None if dry_run else desk_named(desk)
            within = (region_by_code(wilayah).code,) if wilayah else within_of(None, desk=receiving)
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem
        run = _Run(receiving, within, options["json"])
        files = list(files_in(Path(path) for path in paths if path != PASTED))
        self._texts([path for path in files if path.suffix.lower() not in importing.TABLES], run)
        for path in files:
            if path.suffix.lower() in importing.TABLES:
                self._table(path, run)
        if PASTED in paths:
            self._pasted(run)
        if problems := run.problems():
            raise CommandError(f"{problems}; yang lain sudah selesai. Lihat pesan di atas.")

    def _texts(self, paths: Sequence[Path], run: _Run) -> None:
        for outcome in read_files(paths, within=run.within):
            if isinstance(outcome, Unreadable):
                self._tell(outcome.source, outcome.problem, run)
            else:
                self._read(outcome, run)

    def _read(self, read: Read, run: _Run) -> None:
        stored = None
        if run.desk is not None:
            try:
                stored = store(read, desk=run.desk, by=Actor.of_system(_BY), at=domain_now())
            except Problem as problem:
                self._tell(read.source, problem, run)
                return
        self.stdout.write(_line(read, stored, as_json=run.as_json))

    def _table(self, path: Path, run: _Run) -> None:
        try:
            sheet = read_sheet(file_at(path).content, filename=path.name)
        except Problem as problem:
            self._tell(path.name, problem, run)
            return
        examined = importing.examined(sheet, within=run.within, desk=run.desk or 0, today=office_day())
        run.rows += len(examined.bad_lines)
        for fault in examined.faults:
            where = f"{path.name}, baris {fault.line}, kolom {fault.column}"
            self.stderr.write(f"{where} · {fault.problem.sentence()}")
        if run.desk is not None:
            kept = importing.store_rows(examined.good, desk=run.desk, at=domain_now())
            said = f"{sum(one.is_new for one in kept)} laporan baru, {sum(not one.is_new for one in kept)} sudah ada"
        else:
            said = f"{len(examined.good)} baris terbaca"
        self._summary(path.name, said, examined, run)

    def _summary(self, name: str, said: str, examined: Examined, run: _Run) -> None:
        bad = len(examined.bad_lines)
        if run.as_json:
            self.stdout.write(json.dumps({"source": name, "rows": len(examined.good), "bad_rows": bad}))
        else:
            self.stdout.write(f"{name} · {said} · {bad} baris perlu diperbaiki")

    def _pasted(self, run: _Run) -> None:
        try:
            reads, unread = importing.pasted(
                sys.stdin.read(), within=run.within, desk=run.desk or 0, today=office_day()
            )
        except Problem as problem:
            self._tell("tempelan", problem, run)
            return
        for line in unread:
            run.rows += 1
            self.stderr.write(f"tempelan, baris {line.line}: bukan pesan yang dikenal, tidak disimpan.")
        for read in reads:
            self._read(read, run)

    def _tell(self, source: str, problem: Problem, run: _Run) -> None:
        run.files.append(source)
        self.stderr.write(f"{source} · {problem.sentence()}")


def _line(read: Read, stored: tuple[int, str, bool] | None, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(read.as_plain(), ensure_ascii=False)
    return " · ".join(part for part in _parts(read, stored) if part)


def _parts(read: Read, stored: tuple[int, str, bool] | None) -> Iterable[str]:
    place, kinds = read.reading.place, read.text.kinds
    yield read.source
    yield (
        f"saran tempat: {place_name(place.code)} ({place.code})"
        if place
        else "tanpa tempat: tinggal di meja penerima"
    )
    yield f"saran jenis: {kinds.type.code}" if kinds.type else ""
    yield f"barangkali bukan peristiwa: {kinds.hint.code}" if kinds.hint else ""
    yield f"tanda: {', '.join(read.flags)}" if read.flags else ""
    yield f"salinan dari {read.duplicate_of}" if read.duplicate_of else ""
    if stored is not None:
        number, _, is_new = stored
        yield f"tersimpan sebagai LP-{number}" if is_new else f"sudah ada sebagai LP-{number}"
