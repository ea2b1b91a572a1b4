"""`kentongan regions load | check | search`: the list of regions from the command line.

`load` brings the database in line with the shipped list or an operator's own; `check` compares what is
stored with another list and exits 1 where codes differ; `search` shows what a name finds and why.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.edge import clocks
from kentongan.edge.problems import Problem
from kentongan.places import actions, lists, queries
from kentongan.places.decisions import ListedRegion
from kentongan.places.keys import Level
from kentongan.places.search import MatchedBy

ACTOR = "sistem:perintah"
MOST_LINES = 100

LEVEL_WORDS: Mapping[str, Level] = {
    "provinsi": Level.PROVINCE,
    "kabupaten": Level.REGENCY,
    "kecamatan": Level.DISTRICT,
    "desa": Level.VILLAGE,
}
REASONS: Mapping[MatchedBy, str] = {
    MatchedBy.NAME: "nama sama",
    MatchedBy.ALIAS: "nama lain",
    MatchedBy.BEGINNING: "awal nama",
    MatchedBy.PART: "bagian nama",
    MatchedBy.SPELLING: "ejaan mirip",
}


class Command(BaseCommand):
    """Three verbs, each a method; a problem becomes one Indonesian sentence and exit code 1."""

    help = "Daftar wilayah: muat, periksa, cari."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="load|check|search")
        load = verbs.add_parser("load", help="muat daftar wilayah resmi, atau daftar sendiri")
        load.add_argument(
            "--file", type=Path, help="CSV dengan kolom code,name (boleh .xz); bawaan: daftar resmi"
        )
        load.add_argument(
            "--terima-penutupan",
            action="store_true",
            help="tetap muat walau lebih dari 5% wilayah ditutup oleh daftar ini",
        )
        check = verbs.add_parser("check", help="bandingkan wilayah tersimpan dengan daftar lain")
        check.add_argument("--against", type=Path, help="CSV dengan kolom code,name; bawaan: daftar resmi")
        search = verbs.add_parser("search", help="cari wilayah lewat nama; ejaan boleh kurang tepat")
        search.add_argument("text", nargs="+", help="nama, misalnya: kec rembang pasuruan")
        search.add_argument("--within", metavar="KODE", help="hanya di dalam wilayah ini, misalnya 35.14")
        search.add_argument("--level", choices=LEVEL_WORDS, help="hanya tingkat ini")
        search.add_argument("--limit", type=int, default=20, help="paling banyak sekian baris (bawaan 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "load": self.load,
            "check": self.check_list,
            "search": self.search,
        }
        try:
            verbs[options["verb"]](options)
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem

    def load(self, options: Mapping[str, Any]) -> None:
        started = time.monotonic()
        listing = lists.list_in(options["file"]) if options["file"] else lists.shipped_list()
        outcome = actions.load_regions(
            listing,
            at=clocks.domain_now(),
            actor=ACTOR,
            largest_loss=1.0 if options["terima_penutupan"] else actions.LARGEST_LOSS,
        )
        for error in outcome.errors[:MOST_LINES]:
            self.stderr.write(f"baris {error.line}: {error.reason}")
        counts = queries.counts_by_level()
        total = ", ".join(f"{counts[level]} {word}" for word, level in LEVEL_WORDS.items())
        self.stdout.write(
            f"Dibuka {outcome.opened}, ganti nama {outcome.renamed}, ditutup {outcome.closed}, "
            f"tetap {outcome.unchanged}; pulau berubah {outcome.islands}; "
            f"baris bermasalah {len(outcome.errors)}."
        )
        self.stdout.write(f"Berlaku sekarang: {total}. Selesai dalam {time.monotonic() - started:.1f} detik.")

    def check_list(self, options: Mapping[str, Any]) -> None:
        listing = lists.list_in(options["against"]) if options["against"] else lists.shipped_list()
        stored = {region.code: region.official_name for region in queries.in_force().iterator()}
        listed = names_of(listing.rows)
        missing = sorted(listed.keys() - stored.keys())
        extra = sorted(stored.keys() - listed.keys())
        spelled = sorted(code for code in stored.keys() & listed.keys() if stored[code] != listed[code])
        self.show("Hanya di daftar", [f"{code} {listed[code]}" for code in missing])
        self.show("Hanya tersimpan", [f"{code} {stored[code]}" for code in extra])
        self.show("Nama berbeda", [f"{code} {stored[code]!r} | {listed[code]!r}" for code in spelled])
        self.stdout.write(
            f"Tersimpan {len(stored)}, di daftar {len(listed)}: {len(missing)} belum tersimpan, "
            f"{len(extra)} tidak ada di daftar, {len(spelled)} nama ditulis berbeda."
        )
        if missing or extra:
            raise CommandError("Kode tidak sama. Muat daftar yang benar dengan: kentongan regions load")

    def search(self, options: Mapping[str, Any]) -> None:
        within = queries.region_by_code(options["within"]).range if options["within"] else None
        level = LEVEL_WORDS[options["level"]] if options["level"] else None
        text = " ".join(options["text"])
        matches = queries.search_regions(text, within=within, level=level, limit=options["limit"])
        labels = queries.region_labels((match.region.key for match in matches), up_to=Level.PROVINCE)
        for match in matches:
            known_as = f" ({match.name})" if match.by is MatchedBy.ALIAS else ""
            self.stdout.write(
                f"{match.region.code:<14}{labels[match.region.key]}  · {REASONS[match.by]}{known_as}"
            )
        if not matches:
            raise CommandError(
                f"Tidak ada wilayah seperti {text!r}. Coba sebagian namanya, atau tanpa kata depan."
            )

    def show(self, title: str, lines: Sequence[str]) -> None:
        """A heading with its lines, cut where a screen could no longer be read."""
        if not lines:
            return
        self.stdout.write(f"{title}:")
        for line in lines[:MOST_LINES]:
            self.stdout.write(f"  {line}")
        if len(lines) > MOST_LINES:
            self.stdout.write(f"  … dan {len(lines) - MOST_LINES} lagi")


def names_of(rows: Sequence[ListedRegion]) -> dict[str, str]:
    """Code to name as the list writes it, spaces and all: `check` is there to show every difference."""
    return {row.code: row.name for row in rows}
