"""`kentongan audit verify|head`: check the chain against its key and the heads kept elsewhere, or print its end.

Reads only, so it may run beside a working instance or on a restored copy. Exit code 1 with one sentence when the
chain does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kentongan.audit.heads import Head
from kentongan.audit.queries import current_head, find_fault, kept_heads
from kentongan.edge.problems import Problem


class Command(BaseCommand):
    help = "Memeriksa rantai audit, atau mencetak ujungnya untuk dicatat di luar mesin ini."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser(
            "verify", help="memeriksa setiap catatan; keluar dengan kode 1 bila ada yang rusak"
        )
        verify.add_argument(
            "--head", action="append", default=[], metavar="NOMOR:MAC", help="ujung yang Anda catat"
        )
        verify.add_argument(
            "--file", type=Path, metavar="heads.jsonl", help="daftar ujung yang disimpan di luar mesin"
        )
        verbs.add_parser("head", help="mencetak ujung rantai, untuk dicatat di kertas atau surat")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        try:
            if verb == "head":
                self._print_head()
            else:
                self._verify([*map(parsed_head, options["head"]), *heads_in(options["file"])])
        except Problem as problem:
            raise CommandError(problem.sentence()) from problem

    def _print_head(self) -> None:
        head = current_head()
        self.stdout.write(str(head) if head else "Rantai audit masih kosong.")

    def _verify(self, known: Iterable[Head]) -> None:
        known = list(known)
        try:
            fault = find_fault(known)
            compared = len({head.seq for head in [*known, *kept_heads()]})
        except (ValueError, KeyError) as damaged:
            raise CommandError(
                "Berkas head.json atau heads.jsonl di folder audit-head rusak. Pulihkan salinannya, lalu ulangi."
            ) from damaged
        if fault is not None:
            raise Problem(fault.kind, seq=fault.seq, other=fault.other)
        head = current_head()
        self.stdout.write(
            f"Rantai audit utuh: {head.seq if head else 0} catatan, dibandingkan dengan {compared} ujung yang disimpan."
        )


def parsed_head(text: str) -> Head:
    """A head as it was noted. Raises Problem if it is not one."""
    try:
        return Head.parse(text)
    except ValueError as fault:
        raise Problem("audit.head_malformed", value=text) from fault


def heads_in(path: Path | None) -> list[Head]:
    """The heads of a kept copy of `heads.jsonl`. Raises Problem naming the first line that is none."""
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise Problem("audit.heads_unreadable", value=path, line=0) from fault
    found: list[Head] = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            found.append(Head.parse(f"{row['seq']}:{row['mac']}"))
        except (ValueError, KeyError, TypeError) as fault:
            raise Problem("audit.heads_unreadable", value=path, line=number) from fault
    return found
