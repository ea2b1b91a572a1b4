"""`kentongan audit`: prints the head, verifies the chain, and names the first bad entry in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kentongan.audit.models import AuditEntry
from kentongan.audit.queries import current_head
from tests.stages.audit.test_record import record

pytestmark = pytest.mark.django_db


def kentongan_audit(*words: str) -> str:
    out = StringIO()
    call_command("audit", *words, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def three(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            record(number)


def test_an_empty_chain_has_no_head_and_is_whole() -> None:
    assert kentongan_audit("head") == "Rantai audit masih kosong."
    assert (
        kentongan_audit("verify")
        == "Rantai audit utuh: 0 catatan, dibandingkan dengan 0 ujung yang disimpan."
    )


@pytest.mark.usefixtures("three")
def test_the_printed_head_verifies_the_chain() -> None:
    head = kentongan_audit("head")
    assert head == str(current_head())
    said = kentongan_audit("verify", "--head", head)
    assert said == "Rantai audit utuh: 3 catatan, dibandingkan dengan 1 ujung yang disimpan."


@pytest.mark.usefixtures("three")
def test_a_changed_entry_is_named_in_a_sentence() -> None:
    AuditEntry.objects.filter(seq=2).update(reason="lain")
    with pytest.raises(CommandError, match="Catatan audit 2 berubah") as refusal:
        kentongan_audit("verify")
    assert refusal.value.returncode == 1


@pytest.mark.usefixtures("three")
def test_a_cut_tail_names_what_is_gone() -> None:
    AuditEntry.objects.filter(seq=3).delete()
    with pytest.raises(CommandError, match="Catatan audit 3 sampai 3 terpotong"):
        kentongan_audit("verify")


@pytest.mark.usefixtures("three")
def test_a_kept_list_of_heads_is_compared(tmp_path: Path) -> None:
    head = current_head()
    assert head is not None
    kept = tmp_path / "heads.jsonl"
    kept.write_text(json.dumps({"seq": 4, "mac": head.mac, "on": "2026-11-12", "why": "daily"}) + "\n")
    with pytest.raises(CommandError, match="Catatan audit 4 sampai 4 terpotong"):
        kentongan_audit("verify", "--file", str(kept))


@pytest.mark.parametrize("lines", ["bukan json\n", '{"seq": 1}\n', '["x"]\n'])
def test_a_list_that_is_none_names_its_line(tmp_path: Path, lines: str) -> None:
    kept = tmp_path / "heads.jsonl"
    kept.write_text(json.dumps({"seq": 1, "mac": "a" * 64}) + "\n" + lines)
    with pytest.raises(CommandError, match=r"baris 2"):
        kentongan_audit("verify", "--file", str(kept))


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.jsonl"):
        kentongan_audit("verify", "--file", str(tmp_path / "tidak-ada.jsonl"))


def test_a_mistyped_head_says_how_to_write_it() -> None:
    with pytest.raises(CommandError, match="bukan ujung rantai"):
        kentongan_audit("verify", "--head", "12:abc")


@pytest.mark.usefixtures("three")
def test_a_damaged_head_file_is_named(settings: Any) -> None:
    (settings.AUDIT_HEAD_DIR / "head.json").write_text("rusak")
    with pytest.raises(CommandError, match=r"head\.json"):
        kentongan_audit("verify")
