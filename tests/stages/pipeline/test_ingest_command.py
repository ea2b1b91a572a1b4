"""`kentongan ingest`: folders, letters, tables and pasted text; a bad file stops nothing and is counted at the end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kentongan.intake.models import Report
from tests.flow import articles
from tests.flow.conftest import fresh_gazetteer, story
from tests.stages import chain_world as world

__all__ = ["fresh_gazetteer", "story"]
pytestmark = pytest.mark.django_db

LETTER = b"From: Budi <budi@x.example>\nSubject: Kabar\n\nAda ancaman di ds sumberluku.\n"
TABLE = "isi;wilayah\nPatok dipindah;99.01.01\nBuruk;99.01.99\n"


@pytest.fixture
def office(story: None) -> None:
    """A desk over 99.01 that receives."""
    world.desk()


def ingest(*words: object, **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("ingest", *[str(word) for word in words], stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def kept() -> list[tuple[str, str]]:
    return list(Report.rows.order_by("channel", "pk").values_list("channel", "text_masked"))


@pytest.mark.usefixtures("office")
def test_a_folder_is_read_with_the_folders_inside_it(tmp_path: Path) -> None:
    articles.write(tmp_path / "berita", a=articles.TUGU)
    (tmp_path / "surel" / "2026").mkdir(parents=True)
    (tmp_path / "surel" / "2026" / "a.eml").write_bytes(LETTER)
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    out, _ = ingest(tmp_path)
    assert [channel for channel, _ in kept()] == ["article", "mail"]
    assert len(out.splitlines()) == 2
    assert "saran tempat: Desa Sumberluku (99.01.01.2001)" in out
    assert not Report.rows.filter(source__contains="Budi").exists()


@pytest.mark.usefixtures("office")
def test_a_bad_file_stops_nothing_and_makes_the_command_fail(tmp_path: Path) -> None:
    folder = articles.write(tmp_path, b=articles.TUGU)
    (folder / "a.eml").write_bytes(b"\x00\x01")
    (folder / "c.txt").write_bytes(b"")
    err = io.StringIO()
    with pytest.raises(CommandError, match="2 berkas tidak terbaca"):
        call_command("ingest", str(folder), stdout=io.StringIO(), stderr=err)
    assert len(kept()) == 1
    assert [line.split(" · ")[0] for line in err.getvalue().splitlines()] == ["a.eml", "c.txt"]


@pytest.mark.usefixtures("office")
def test_a_link_back_to_its_own_folder_does_not_trap_the_command(tmp_path: Path) -> None:
    folder = articles.write(tmp_path / "a", a=articles.TUGU)
    (folder / "kembali").symlink_to(tmp_path)
    out, _ = ingest(tmp_path)
    assert len(out.splitlines()) == 1


@pytest.mark.usefixtures("office")
def test_a_table_gives_its_good_rows_and_names_the_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(TABLE, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 baris tidak tersimpan"):
        call_command("ingest", str(path), stdout=out, stderr=err)
    assert out.getvalue() == "data.csv · 1 laporan baru, 0 sudah ada · 1 baris perlu diperbaiki\n"
    assert err.getvalue().startswith("data.csv, baris 3, kolom wilayah · Kode wilayah 99.01.99 tidak ada.")
    assert kept() == [("sheet", "Patok dipindah")]


@pytest.mark.usefixtures("office")
def test_the_same_files_twice_are_the_same_arrivals(tmp_path: Path) -> None:
    folder = articles.write(tmp_path, a=articles.TUGU)
    (folder / "b.eml").write_bytes(LETTER)
    (folder / "c.csv").write_text("isi\nPatok dipindah\n", encoding="utf-8")
    ingest(folder)
    out, _ = ingest(folder)
    assert len(kept()) == 3
    assert out.count("sudah ada") == 3


@pytest.mark.usefixtures("office")
def test_pasted_text_comes_from_the_input_without_its_senders(monkeypatch: pytest.MonkeyPatch) -> None:
    pasted = "12/11/26 06.51 - Pak Wiryo: ribut di sumberluku\n12/11/26 06.52 - Siti: sudah aman\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(pasted))
    out, _ = ingest("-")
    assert kept() == [("paste", "ribut di sumberluku"), ("paste", "sudah aman")]
    assert "Desa Sumberluku" in out
    assert "Wiryo" not in out


@pytest.mark.usefixtures("office")
def test_a_pasted_line_that_is_no_message_is_told_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("judul\n12/11/26 06.51 - A: ribut\n"))
    with pytest.raises(CommandError, match="1 baris tidak tersimpan"):
        ingest("-")
    assert kept() == [("paste", "ribut")]


@pytest.mark.usefixtures("office")
def test_a_preferred_area_decides_where_a_village_is_sought(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: x\n\nribut di karangmukus\n")
    assert "tanpa tempat" in ingest("--dry-run", "--wilayah", "99.01", tmp_path)[0]
    assert "Desa Karangmukus (99.02.01.2001)" in ingest("--dry-run", "--wilayah", "99.02", tmp_path)[0]
    assert kept() == []


@pytest.mark.usefixtures("office")
def test_a_preferred_area_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"99\.88"):
        ingest("--wilayah", "99.88", tmp_path)


@pytest.mark.usefixtures("office")
def test_a_dry_run_in_json_writes_nothing(tmp_path: Path) -> None:
    articles.write(tmp_path, a=articles.TUGU)
    (tmp_path / "b.csv").write_text("isi\nPatok dipindah\n", encoding="utf-8")
    out, _ = ingest("--dry-run", "--json", tmp_path)
    first, second = (json.loads(line) for line in out.splitlines())
    assert (first["place"], second) == ("99.01", {"source": "b.csv", "rows": 1, "bad_rows": 0})
    assert kept() == []


def test_without_regions_one_sentence_is_enough_for_many_files(
    db: None, fresh_gazetteer: None, tmp_path: Path
) -> None:
    folder = articles.write(tmp_path, a=articles.TUGU, b=articles.TUGU, c=articles.TUGU)
    err = io.StringIO()
    with pytest.raises(CommandError, match="kentongan regions load"):
        call_command("ingest", "--dry-run", str(folder), stdout=io.StringIO(), stderr=err)
    assert err.getvalue() == ""
