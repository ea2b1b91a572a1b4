"""`kentongan keys …`: the ceremony of the two key holders, and what a holder does on its own machine.

    keys ceremony --holder "Inspektorat Kabupaten …" --slot A [--out lembar.html]
    keys check [--sheet FILE]                       the sheet's fingerprint, typed back
    keys open-half --request 7 --sealed FILE        this body's half of one request
    keys add-holder --slot A --body … --office … --public …      on the server
    keys show                                                    on the server

The first three touch no database: they run on a machine of the holder, best one without a network. The
private key is printed and forgotten; no file of ours ever holds it unless `--out` names one, to be printed
and deleted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.edge.clocks import machine_now, office_day
from kentongan.edge.problems import Problem
from kentongan.intake import disclosure

END = "Ketik tujuh baris lembar pemulihan, lalu satu baris kosong:"


class Command(BaseCommand):
    help = "Kunci identitas pelapor: upacara kunci, pemeriksaan lembar, dan pembukaan separuh kunci."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        ceremony = verbs.add_parser("ceremony", help="membuat sepasang kunci dan lembar pemulihannya")
        ceremony.add_argument("--holder", required=True, help="nama lembaga pemegang")
        ceremony.add_argument("--slot", required=True, choices=["A", "B"])
        ceremony.add_argument("--out", type=Path, help="tulis lembar sebagai halaman HTML untuk dicetak")
        check = verbs.add_parser("check", help="memeriksa lembar pemulihan")
        check.add_argument(
            "--sheet", type=Path, help="berkas berisi ketikan lembar; tanpa ini, ketik langsung"
        )
        half = verbs.add_parser("open-half", help="membuka separuh kunci untuk satu permintaan")
        half.add_argument("--request", required=True, type=int, help="nomor permintaan")
        half.add_argument(
            "--sealed", required=True, type=Path, help="berkas permintaan dari halaman Kentongan"
        )
        half.add_argument("--sheet", type=Path)
        adding = verbs.add_parser("add-holder", help="mendaftarkan pemegang kunci (di server)")
        adding.add_argument("--slot", required=True, choices=["A", "B"])
        adding.add_argument("--body", required=True, help="nama instansi seperti terdaftar")
        adding.add_argument("--office", required=True, help="jabatan yang memegang lembar")
        adding.add_argument("--public", required=True, help="kunci publik dari lembar pemulihan")
        verbs.add_parser("show", help="menampilkan pemegang kunci (di server)")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        steps = {
            "ceremony": self.ceremony,
            "check": self.check_sheet,
            "open-half": self.open_half,
            "add-holder": self.add_holder,
            "show": self.show,
        }
        try:
            steps[verb](options)
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem

    def ceremony(self, options: dict[str, Any]) -> None:
        sheet = disclosure.new_sheet(options["slot"], body=options["holder"], on=office_day())
        out: Path | None = options["out"]
        if out is None:
            self.stdout.write(sheet.text)
            return
        write_privately(out, sheet.page)
        self.stdout.write(f"Lembar ditulis ke {out}. Cetak dua kali, lalu hapus berkas itu.")
        self.stdout.write(f"Sidik kunci: {sheet.fingerprint}\nKunci publik: {sheet.public}")

    def check_sheet(self, options: dict[str, Any]) -> None:
        found = disclosure.fingerprint_of_sheet(sheet_from(options["sheet"], ask=self.stdout.write))
        self.stdout.write(f"Lembar utuh. Sidik kunci: {found}")

    def open_half(self, options: dict[str, Any]) -> None:
        file = disclosure.read_holder_file(text_of(options["sealed"]))
        if file.number != options["request"]:
            raise Problem("vault.file_of_other_request", found=file.number, number=options["request"])
        self.stdout.write(f"Permintaan {file.number}: membuka sumber {file.pseudonym}")
        self.stdout.write(f"Dasar hukum: {file.legal_basis}\nAlasan: {file.reason}")
        code = disclosure.open_half_from_sheet(file, sheet_from(options["sheet"], ask=self.stdout.write))
        self.stdout.write(
            "Tempelkan baris berikut pada halaman permintaan. Menutup layar ini berarti menolak."
        )
        self.stdout.write(code)

    def add_holder(self, options: dict[str, Any]) -> None:
        holder = disclosure.register_holder(
            options["slot"],
            options["public"],
            body=options["body"],
            office=options["office"],
            actor="sistem:kunci",
            at=machine_now(),
        )
        self.stdout.write(f"Kunci {holder.slot} dipegang {holder.body}. Sidik kunci: {holder.fingerprint}")
        self.stdout.write(
            "Cocokkan sidik kunci dengan lembar pemegang, dibacakan lewat telepon atau tatap muka."
        )

    def show(self, options: dict[str, Any]) -> None:
        found = disclosure.holders()
        if not found:
            self.stdout.write("Belum ada pemegang kunci. Mulailah dengan: kentongan keys ceremony")
        for holder in found:
            until = f"sampai {holder.until:%d-%m-%Y}" if holder.until else "masih berlaku"
            line = f"{holder.slot}  {holder.fingerprint}  {holder.body}, {holder.office}"
            self.stdout.write(f"{line}  sejak {holder.since:%d-%m-%Y}, {until}")


def sheet_from(path: Path | None, *, ask: Any) -> str:
    """The typed sheet, from a file or the keyboard up to an empty line."""
    if path is not None:
        return text_of(path)
    ask(END)
    lines: list[str] = []
    for line in sys.stdin:
        if not line.strip() and lines:
            break
        lines.append(line)
    return "".join(lines)


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Problem("vault.file_missing", path=path) from None


def write_privately(path: Path, text: str) -> None:
    """A new file that only its owner reads; one that is there already is never written over."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError:
        raise Problem("vault.file_not_written", path=path) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
