"""`kentongan keys`: from the ceremony to an opened half, as two holders would do it."""

from __future__ import annotations

import io
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kentongan.intake import disclosure
from kentongan.vault import actions as vault
from kentongan.vault.decisions import State
from kentongan.vault.models import KeyHolder
from tests.stages.vault.people import INSPEKTORAT, KESBANGPOL, NOW, OMBUDSMAN, WALUKU, agency, person


def keys(*words: str) -> str:
    out = io.StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue()


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, text
    return match.group(1)


def ceremony(body: str, slot: str, folder: Path) -> tuple[Path, str, str]:
    """The sheet as a file, its fingerprint and its public key."""
    sheet = keys("ceremony", "--holder", body, "--slot", slot)
    path = folder / f"{slot}.txt"
    path.write_text(sheet, encoding="utf-8")
    return path, found(r"Sidik kunci: (\S+)", sheet), found(r"Kunci publik[^:]*: (\S+)", sheet)


def test_a_sheet_checks_out_and_a_typo_is_named(tmp_path: Path) -> None:
    path, fingerprint, _ = ceremony(INSPEKTORAT, "A", tmp_path)
    assert fingerprint in keys("check", "--sheet", str(path))
    text = path.read_text(encoding="utf-8")
    sign = found(r"(?m)^4\. (\w)", text)
    path.write_text(re.sub(r"(?m)^4\. \w", f"4. {'7' if sign != '7' else '8'}", text), encoding="utf-8")
    with pytest.raises(CommandError, match="Baris 4 lembar pemulihan salah ketik"):
        keys("check", "--sheet", str(path))


def test_a_sheet_can_be_typed_at_the_keyboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, fingerprint, _ = ceremony(INSPEKTORAT, "A", tmp_path)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"\d\. ", line)]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, "", "sisa yang tidak dibaca"])))
    assert fingerprint in keys("check")


def test_two_ceremonies_never_make_the_same_key(tmp_path: Path) -> None:
    assert ceremony(INSPEKTORAT, "A", tmp_path)[1] != ceremony(INSPEKTORAT, "A", tmp_path)[1]


def test_the_page_for_the_printer_is_private_and_never_written_over(tmp_path: Path) -> None:
    page = tmp_path / "lembar.html"
    said = keys("ceremony", "--holder", INSPEKTORAT, "--slot", "A", "--out", str(page))
    assert found(r"Sidik kunci: (\S+)", said) in page.read_text(encoding="utf-8")
    assert not re.search(r"(?m)^\d\. \w{4} \w{4}", said)
    if sys.platform != "win32":
        assert page.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="sudah ada"):
        keys("ceremony", "--holder", INSPEKTORAT, "--slot", "A", "--out", str(page))


@pytest.mark.django_db
def test_from_the_ceremony_to_an_opened_identity(tmp_path: Path) -> None:
    sheets: dict[str, Path] = {}
    for body, slot in ((INSPEKTORAT, "A"), (OMBUDSMAN, "B")):
        agency(body)
        sheets[body], fingerprint, public = ceremony(body, slot, tmp_path)
        told = keys(
            "add-holder", "--slot", slot, "--body", body, "--office", "Sekretaris", "--public", public
        )
        assert fingerprint in told
        assert fingerprint in keys("show")
    today = NOW.date()
    identity = vault.seal_identity(
        {"nama": "Sari"}, WALUKU.low, on=today, retention_until=today + timedelta(days=1)
    )
    asker = person(1, "kabid", KESBANGPOL)
    number = disclosure.request_disclosure(
        identity,
        report="report:31",
        pseudonym="S-14",
        legal_basis="Pasal 15",
        reason="ancaman",
        by=asker,
        at=NOW,
    )
    for account, body in ((2, INSPEKTORAT), (3, OMBUDSMAN)):
        guardian = person(account, "wali_pelapor", body)
        file = tmp_path / f"{account}.json"
        file.write_text(disclosure.request_file(number, by=guardian, at=NOW), encoding="utf-8")
        said = keys(
            "open-half", "--request", str(number), "--sealed", str(file), "--sheet", str(sheets[body])
        )
        assert "Pasal 15" in said
        state = disclosure.give_half(number, said.splitlines()[-1], by=guardian, at=NOW)
    assert state is State.READY
    assert disclosure.show_once(number, by=asker, at=NOW).contact == {"nama": "Sari"}


@pytest.mark.django_db
def test_the_server_keeps_no_private_key(tmp_path: Path) -> None:
    agency(INSPEKTORAT)
    path, _, public = ceremony(INSPEKTORAT, "A", tmp_path)
    keys("add-holder", "--slot", "A", "--body", INSPEKTORAT, "--office", "Sekretaris", "--public", public)
    private = disclosure.paper.read_sheet(path.read_text(encoding="utf-8"))
    stored = [
        bytes(v) for row in KeyHolder.objects.values_list() for v in row if isinstance(v, bytes | memoryview)
    ]
    assert stored
    assert private not in stored


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "--sheet", "tidak-ada.txt"), "tidak-ada.txt tidak dapat dibuka"),
        (("open-half", "--request", "7", "--sealed", "tidak-ada.json"), "tidak-ada.json tidak dapat dibuka"),
    ],
)
def test_a_missing_file_is_told_in_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        keys(*words)


@pytest.mark.parametrize(
    "content", ["", "{}", '{"kentongan": "lain"}', "[]", '{"kentongan": "permintaan-pembukaan", "slot": 1}']
)
def test_a_file_that_is_no_request_is_told_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="Unduh lagi"):
        keys("open-half", "--request", "7", "--sealed", str(path))


def test_the_file_of_another_request_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    facts: dict[str, Any] = {
        "kentongan": "permintaan-pembukaan",
        "number": 8,
        "slot": "A",
        "context": "x",
        "locked": "",
    }
    import json

    path.write_text(
        json.dumps({**facts, "pseudonym": "S-14", "legal_basis": "x", "reason": "y"}), encoding="utf-8"
    )
    with pytest.raises(CommandError, match="untuk permintaan 8, bukan 7"):
        keys("open-half", "--request", "7", "--sealed", str(path))
