"""`kentongan accounts`: the first administrator, a sheet, a list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kentongan.accounts.models import Account
from kentongan.accounts.permissions import Permission
from tests import factories, people

pytestmark = pytest.mark.django_db


def run(*words: str, capsys: Any) -> str:
    call_command("accounts", *words)
    return str(capsys.readouterr().out)


def test_an_empty_instance_gets_its_first_administrator_once(capsys: Any) -> None:
    factories.waluku()
    out = run("create", "--first", "--nama", "Rangga", "--surel", "rangga@contoh.go.id", capsys=capsys)
    account = Account.objects.get()
    actor = people.actor(account, on=account.created_on)
    assert "Kode sekali pakai: " in out
    assert actor.may(Permission.ACCOUNT_WRITE, factories.waluku()["99.02.01"].key)
    with pytest.raises(CommandError, match="Sudah ada akun"):
        run("create", "--first", "--nama", "Lain", "--surel", "lain@contoh.go.id", capsys=capsys)


def test_without_regions_the_first_administrator_is_told_to_load_them(capsys: Any) -> None:
    with pytest.raises(CommandError, match="kentongan regions load"):
        run("create", "--first", "--nama", "Rangga", "--surel", "rangga@contoh.go.id", capsys=capsys)


def test_a_problem_is_one_indonesian_sentence(capsys: Any) -> None:
    factories.agency()
    with pytest.raises(CommandError, match="Polres Antah"):
        run("create", "--nama", "A", "--surel", "a@contoh.go.id", "--instansi", "Polres Antah", capsys=capsys)
    with pytest.raises(CommandError, match="tidak lengkap"):
        run("create", "--nama", "A", "--surel", "a", "--instansi", "Kesbangpol Waluku", capsys=capsys)


def test_a_sheet_is_checked_first_and_made_into_a_private_file_of_codes(tmp_path: Path, capsys: Any) -> None:
    factories.agency()
    sheet = tmp_path / "akun.csv"
    sheet.write_text(
        "nama;hp;instansi;peran\nMelati;081234567890;Kesbangpol Waluku;analis\nB;1;Kesbangpol Waluku;analis\n"
    )
    assert "1 siap dibuat, 1 baris perlu diperbaiki" in run("import", str(sheet), capsys=capsys)
    assert not Account.objects.exists()
    codes = tmp_path / "kode.csv"
    run("import", str(sheet), "--codes", str(codes), capsys=capsys)
    assert Account.objects.get().name == "Melati"
    assert codes.stat().st_mode & 0o777 == 0o600
    assert "Melati;'+6281234567890;" in codes.read_text()
    sheet.write_text("nama;hp;instansi;peran\nC;081234567891;Kesbangpol Waluku;analis\n")
    with pytest.raises(CommandError, match="Pilih nama baru"):
        run("import", str(sheet), "--codes", str(codes), capsys=capsys)


def test_the_list_shows_posts_and_counts(capsys: Any) -> None:
    people.analis()
    people.kabid()
    out = run("list", "--peran", "kabid", capsys=capsys)
    assert "Budi" in out
    assert "Ratna" not in out
    assert "1 akun." in out
