"""`kentongan regions load | check | search | boundaries | draw`: regions and their outlines from the command line.

`load` brings the database in line with the shipped list or an operator's own; `check` compares what is
stored with another list and exits 1 where codes differ; `search` shows what a name finds and why. `boundaries`
imports outlines from GeoJSON; `draw` makes a schema for a region that has none.
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
from kentongan.places.actions import BoundaryOutcome
from kentongan.places.boundaries import COUNTRY
from kentongan.places.boundary_drawing import OPEN_SEA, drawn_boundaries
from kentongan.places.boundary_files import read_boundaries
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
    """Five verbs, each a method; a problem becomes one Indonesian sentence and exit code 1."""

    help = "Daftar wilayah: muat, periksa, cari; batas wilayah: impor, gambar skema."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="load|check|search|boundaries|draw")
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
        boundaries = verbs.add_parser("boundaries", help="impor batas wilayah dari GeoJSON (EPSG:4326)")
        boundaries.add_argument(
            "files", nargs="+", type=Path, metavar="BERKAS", help="satu berkas atau lebih"
        )
        boundaries.add_argument("--source", required=True, help="asal batas, tampil di setiap peta")
        boundaries.add_argument("--licence", required=True, help="lisensi batas, misalnya MIT atau CC BY 4.0")
        boundaries.add_argument("--attribution", default="", help="kalimat atribusi yang diminta lisensinya")
        draw = verbs.add_parser("draw", help="gambar skema bagi wilayah yang belum punya batas")
        draw.add_argument("code", metavar="KODE", help="wilayah dengan semua isinya, misalnya 35.14")
        draw.add_argument("--seed", type=int, help="angka lain memberi bentuk lain; bawaan: dari kodenya")
        draw.add_argument(
            "--at",
            metavar="LINTANG,BUJUR",
            help="letak tengahnya, ditulis --at=-7.7,112.8; bawaan: laut selatan Jawa",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "load": self.load,
            "check": self.check_list,
            "search": self.search,
            "boundaries": self.boundaries,
            "draw": self.draw,
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

    def boundaries(self, options: Mapping[str, Any]) -> None:
        started = time.monotonic()
        facts = {name: options[name] for name in ("source", "licence", "attribution")}
        batch = read_boundaries(options["files"], **facts)
        outcome = actions.load_boundaries(batch, at=clocks.domain_now(), actor=ACTOR)
        self.show("Tidak dipakai", [fault.line() for fault in outcome.faults])
        self.stdout.write(
            f"Titik dibaca {batch.points_read}, disimpan {batch.points_kept}; cincin ditutup {batch.mended}."
        )
        self.tell(outcome, started)

    def draw(self, options: Mapping[str, Any]) -> None:
        started = time.monotonic()
        region = queries.region_by_code(options["code"])
        codes = queries.in_force().filter(key__in_region=region.range).values_list("code", flat=True)
        try:
            batch = drawn_boundaries(region.code, codes, seed=options["seed"], at=_middle(options["at"]))
        except ValueError as fault:
            raise Problem("places.boundaries_undrawable", value=region.code) from fault
        outcome = actions.draw_boundaries(batch, root=region.code, at=clocks.domain_now(), actor=ACTOR)
        self.stdout.write("Skema, bukan batas sebenarnya. Impor batas resmi menggantinya.")
        self.tell(outcome, started)

    def tell(self, outcome: BoundaryOutcome, started: float) -> None:
        """What an import or a drawing has done."""
        self.stdout.write(
            f"Batas tersimpan {outcome.written}, di antaranya mengganti {outcome.replaced}; "
            f"tidak dipakai {len(outcome.faults)}. Selesai dalam {time.monotonic() - started:.1f} detik."
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


def _middle(written: str | None) -> tuple[float, float]:
    """ "-7.6,112.8" as longitude and latitude. Raises CommandError where it is no such pair."""
    if written is None:
        return OPEN_SEA
    try:
        north, east = (float(part) for part in written.split(","))
    except ValueError as fault:
        raise CommandError(f"{written!r} bukan LINTANG,BUJUR, contoh -7.6,112.8") from fault
    if not COUNTRY.holds((east, north)):
        raise CommandError(f"{written} di luar Indonesia. Tulis LINTANG,BUJUR, contoh -7.6,112.8")
    return east, north
