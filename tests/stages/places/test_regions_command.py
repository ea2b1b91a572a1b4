"""`kentongan regions load | check | search` on small lists."""

from __future__ import annotations

import lzma
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kentongan.places.actions import LoadOutcome

from .conftest import SAMPLE


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("regions", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def csv_file(folder: Path, *rows: tuple[str, str], name: str = "daftar.csv") -> Path:
    path = folder / name
    content = "\n".join(["code,name", *(f'{code},"{written}"' for code, written in rows)]).encode()
    path.write_bytes(lzma.compress(content) if path.suffix == ".xz" else content)
    return path


@pytest.mark.parametrize("name", ["daftar.csv", "daftar.csv.xz"])
def test_load_reports_counts_time_and_bad_lines(db: None, tmp_path: Path, name: str) -> None:
    said = run("load", "--file", str(csv_file(tmp_path, *SAMPLE, ("88.01", "Kabupaten Yatim"), name=name)))
    assert f"Dibuka {len(SAMPLE)}," in said
    assert "10 provinsi, 10 kabupaten" in said
    assert f"baris {len(SAMPLE) + 2}: wilayah induk 88 tidak ada" in said
    assert "detik" in said


def test_load_refuses_a_cut_list_until_told_otherwise(sample: LoadOutcome, tmp_path: Path) -> None:
    cut = csv_file(tmp_path, *SAMPLE[:4])
    with pytest.raises(CommandError, match="--terima-penutupan"):
        run("load", "--file", str(cut))
    assert f"ditutup {len(SAMPLE) - 4}" in run("load", "--file", str(cut), "--terima-penutupan")


@pytest.mark.parametrize("content", [b"kode;nama\n35;Jawa Timur\n", b"\xff\xfe\x00", b""])
def test_load_names_the_file_it_cannot_read(db: None, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rusak.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"rusak\.csv tidak dapat dibaca"):
        run("load", "--file", str(path))


def test_load_names_a_missing_file(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tiada\.csv tidak dapat dibaca"):
        run("load", "--file", str(tmp_path / "tiada.csv"))


def test_check_shows_other_spellings_and_is_content_when_codes_agree(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    other = dict(SAMPLE) | {"17.06": "Kabupaten Muko Muko"}
    said = run("check", "--against", str(csv_file(tmp_path, *other.items())))
    assert "17.06 'Kabupaten Mukomuko' | 'Kabupaten Muko Muko'" in said
    assert "1 nama ditulis berbeda" in said


def test_check_fails_where_codes_differ(sample: LoadOutcome, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Kode tidak sama"):
        run("check", "--against", str(csv_file(tmp_path, *SAMPLE[1:], ("36", "Banten"))))


def test_search_prints_code_whole_label_and_reason(sample: LoadOutcome) -> None:
    said = run("search", "desa", "rembang", "--within", "35.14", "--level", "desa", "--limit", "1")
    assert said == "35.14.15.2009 Desa Rembang, Kec. Rembang, Kab. Pasuruan, Prov. Jawa Timur  · nama sama\n"
    assert "nama lain (Babel)" in run("search", "babel")


def test_search_without_a_result_names_the_text(sample: LoadOutcome) -> None:
    with pytest.raises(CommandError, match="xqzjwvvk"):
        run("search", "xqzjwvvk")
