"""`kentongan accounts create | import | list`: accounts from the command line, the first administrator
included.

On an empty instance nobody can sign in to make the first account; `create --first` makes it, once. One-time
codes are printed once (`create`) or written to a file that only its owner reads (`import --codes`).
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.accounts import actions, queries, sheet, sheet_file
from kentongan.accounts.actors import Actor
from kentongan.accounts.decisions import NewPost
from kentongan.accounts.roles import ROLES
from kentongan.accounts.scopes import Scope
from kentongan.edge.clocks import domain_now, office_day
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import one_transaction
from kentongan.places.queries import children_of

BY = Actor.of_system("perintah")
MOST_LINES = 200


class Command(BaseCommand):
    """Three verbs, each a method; a problem becomes one Indonesian sentence and exit code 1."""

    help = "Akun petugas: buat satu, buat dari lembar kerja, daftar."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="create|import|list")
        create = verbs.add_parser("create", help="buat satu akun; kode sekali pakainya tampil sekali")
        create.add_argument("--nama", required=True, help="nama orang atau jabatannya")
        create.add_argument("--surel", default="", help="surel dinas untuk masuk")
        create.add_argument("--hp", default="", help="nomor HP untuk masuk")
        create.add_argument("--instansi", default="", help="nama singkat instansi")
        create.add_argument("--peran", default="admin", choices=sorted(ROLES), help="bawaan: admin")
        create.add_argument("--jabatan", default="", help="jabatan, boleh kosong")
        create.add_argument(
            "--first",
            action="store_true",
            help="administrator pertama pada instans kosong; instansinya ikut dibuat",
        )
        create.add_argument(
            "--wilayah",
            nargs="+",
            default=[],
            help="kode wilayah administrator pertama; bawaan: semua provinsi",
        )
        load = verbs.add_parser("import", help="buat akun dari XLSX atau CSV; tanpa --codes hanya memeriksa")
        load.add_argument("file", type=Path, help="lembar kerja menurut templat")
        load.add_argument(
            "--codes", type=Path, help="tulis akun, dan kode sekali pakainya ke berkas CSV baru ini"
        )
        show = verbs.add_parser("list", help="daftar akun")
        show.add_argument("--peran", default="", choices=["", *sorted(ROLES)], help="hanya peran ini")
        show.add_argument("--cari", default="", help="bagian nama, kontak, atau instansi")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "create": self._create, "import": self._import, "list": self._list,
        }  # fmt: skip
        try:
            verbs[options["verb"]](options)
        except Problem as problem:
            raise CommandError(problem.sentence("id")) from problem

    def _create(self, options: dict[str, Any]) -> None:
        today = office_day()
        with one_transaction():
            agency_id = self._first_agency(options) if options["first"] else self._agency(options["instansi"])
            made = actions.create_account(
                name=options["nama"], email=options["surel"], phone=options["hp"],
                post=NewPost(agency_id, options["peran"], options["jabatan"], today),
                by=BY, at=domain_now(), today=today,
            )  # fmt: skip
        self.stdout.write(
            f"Akun {made.account_id} dibuat: {options['nama']}, {ROLES[options['peran']].name['id']}."
        )
        self.stdout.write(f"Kode sekali pakai: {made.code}")
        self.stdout.write("Kode hanya tampil sekali. Masuk dengannya, lalu buat kata sandi sendiri.")

    def _first_agency(self, options: dict[str, Any]) -> int:
        if queries.accounts_in_scope(Scope.system("first account")).exists():
            raise CommandError("Sudah ada akun. Masuk sebagai administrator, atau ulangi tanpa --first.")
        codes: Sequence[str] = options["wilayah"] or [region.code for region in children_of(None)]
        if not codes:
            raise CommandError("Belum ada wilayah. Jalankan dahulu: kentongan regions load")
        name = options["instansi"] or "Administrator sistem"
        return actions.create_agency(
            name=name, short_name=name[:40], kind="diskominfo", own=codes, by=BY, at=domain_now()
        ).pk

    def _agency(self, written: str) -> int:
        found = queries.find_agencies(Scope.system("command line"), text=written)
        exact = [
            agency
            for agency in found
            if written.casefold() in {agency.short_name.casefold(), agency.name.casefold()}
        ]
        if not written or not exact:
            raise Problem("accounts.agency_unknown", value=written or "–")
        return exact[0].pk

    def _import(self, options: dict[str, Any]) -> None:
        path, codes = options["file"], options["codes"]
        today = office_day()
        try:
            rows = sheet_file.read(path.read_bytes(), filename=path.name)
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak terbaca: {error.strerror}. Periksa letaknya.") from error
        preview = sheet.examine(rows, by=BY, today=today)
        self._tell(preview)
        if codes is None:
            self.stdout.write(
                "Belum ada yang ditulis. Ulangi dengan --codes BERKAS.csv untuk membuat akunnya."
            )
        elif preview.ready:
            self._make(preview.ready, codes, today=today)

    def _make(self, ready: Sequence[sheet.ReadyRow], codes: Path, *, today: date) -> None:
        try:
            # Made before the accounts: a folder that cannot be written must not cost the codes.
            descriptor = os.open(codes, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError as error:
            raise CommandError(
                f"Berkas {codes} tidak dapat dibuat: {error.strerror}. Pilih nama baru."
            ) from error
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            made, faults = sheet.make_accounts(ready, by=BY, at=domain_now(), today=today)
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["instansi", "nama", "masuk dengan", "kode sekali pakai"])
            for each in made:
                login = each.row.email or each.row.phone
                writer.writerow(
                    [sheet_file.inert(cell) for cell in (each.row.agency, each.row.name, login, each.code)]
                )
        for fault in faults:
            self.stderr.write(f"Baris {fault.line}: {fault.problem.sentence('id')}")
        self.stdout.write(
            f"{len(made)} akun dibuat; kodenya di {codes}. Hapus berkas itu sesudah kartu dicetak."
        )

    def _tell(self, preview: sheet.Preview) -> None:
        faulty = len({fault.line for fault in preview.faults})
        self.stdout.write(
            f"{len(preview.ready)} siap dibuat, {faulty} baris perlu diperbaiki, "
            f"{len(preview.known)} sudah punya akun."
        )
        for fault in preview.faults[:MOST_LINES]:
            self.stdout.write(f"  baris {fault.line}, {fault.column}: {fault.problem.sentence('id')}")

    def _list(self, options: dict[str, Any]) -> None:
        found = queries.find_accounts(
            Scope.system("command line"), text=options["cari"], role=options["peran"]
        )
        for account in found[:MOST_LINES]:
            posts = "; ".join(f"{post.role} @ {post.agency.short_name}" for post in account.assignments.all())
            self.stdout.write(
                f"{account.pk:>6}  {account.name:<30}  {account.email or account.phone:<32}  {posts}"
            )
        total = found.count()
        self.stdout.write(
            f"{total} akun." if total <= MOST_LINES else f"{total} akun; tampil {MOST_LINES} pertama."
        )
