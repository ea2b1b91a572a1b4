"""Own Word templates: looked into in a limited process, tried with a sample, and only then in force."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest

from kentongan.documents.actions import put_word_template, render_product, set_layout
from kentongan.documents.decisions import Layout
from kentongan.documents.models import OfficeLayout, Product
from kentongan.documents.queries import bytes_of, files_of, own_word_template
from kentongan.documents.rendering.word_layout import usual_template
from kentongan.pipeline.daily_drafts import draft_due
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)


def put(content: bytes) -> OfficeLayout:
    return put_word_template(world.desk().pk, content, name="kop.docx", on=TODAY, by=world.budi(), at=NOW)


def with_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO(usual_template())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def edited(find: str, instead: str) -> bytes:
    document = docx.Document(io.BytesIO(usual_template()))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in [*document.paragraphs, *(each for cell in cells for each in cell.paragraphs)]:
        for run in paragraph.runs:
            run.text = run.text.replace(find, instead)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_the_usual_template_edited_in_words_comes_into_force_and_is_used() -> None:
    own = edited("Batas data", "Data sampai")
    row = put(own)
    assert own_word_template(world.desk().pk, on=TODAY) == own
    signed = world.signed_daily()
    render_product(signed.pk, at=NOW)
    made = docx.Document(io.BytesIO(bytes_of(files_of(signed)["docx"])))
    assert any(each.text.startswith("Data sampai") for each in made.paragraphs)
    assert row.word_name == "kop.docx"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/vbaProject.bin", b"x"),
        ("word/embeddings/oleObject1.xlsx", b"x"),
        ("word/_rels/x.rels", b'<R TargetMode="External" Target="http://x"/>'),
        ("word/x.xml", b"<w:altChunk/>"),
        ("word/y.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>"),
        ("word/z.xml", b"<w:instrText>DDEAUTO cmd</w:instrText>"),
    ],
)
def test_active_parts_are_refused_and_the_old_template_stays(name: str, content: bytes) -> None:
    hostile = with_part(name, content)
    world.desk()
    with refused("documents.word_has_active_part"):
        put(hostile)
    assert own_word_template(world.desk().pk, on=TODAY) is None


def test_a_template_over_two_megabytes_is_refused_unread() -> None:
    with refused("documents.word_too_large"):
        put(bytes(2_000_001))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7", with_part("besar.xml", b"0" * 21_000_000)]
)
def test_what_is_no_document_or_unpacks_to_too_much_is_refused(content: bytes) -> None:
    world.budi()
    with refused("documents.word_not_a_document"):
        put(content)


@pytest.mark.parametrize(
    ("find", "instead", "code"),
    [
        ("{{ item }}", "", "documents.word_without_box"),
        ("{{ code }}", "", "documents.word_without_box"),
        ("{{ number }}", "{{ nomor }}", "documents.word_placeholder_wrong"),
        ("{{ subtitle }}", "{{ subtitle", "documents.word_placeholder_wrong"),
        ("{{ subtitle }}", "{{ subtitle.__class__.__mro__ }}", "documents.word_placeholder_wrong"),
    ],
)
def test_a_template_that_cannot_show_the_report_is_refused(find: str, instead: str, code: str) -> None:
    own = edited(find, instead)
    world.budi()
    with refused(code):
        put(own)


def test_the_automatic_draft_waits_for_half_past_two_and_for_the_office() -> None:
    office = world.desk().pk
    world.budi()
    assert draft_due(at=NOW + 8 * HOUR) == 0
    layout = Layout("", "Kantor Uji", "KU", auto_draft=True)
    set_layout(office, layout, valid_from=TODAY, by=world.budi(), at=NOW)
    assert draft_due(at=NOW) == 0
    half_past_two = NOW + timedelta(hours=7)
    assert draft_due(at=half_past_two) == 1
    assert draft_due(at=half_past_two) == 0
    assert Product.rows.get().made_by == "sistem:jadwal"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_the_document_and_shows_the_same_words(tmp_path: Path) -> None:
    unverified = world.event()
    signed = world.signed_daily(at=NOW + HOUR)
    render_product(signed.pk, at=NOW + HOUR)
    (tmp_path / "laporan.docx").write_bytes(bytes_of(files_of(signed)["docx"]))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text",
    ]
    done = subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "laporan.docx")],
        capture_output=True,
        timeout=180,
        check=True,
    )
    assert b"repair" not in done.stderr.lower()
    words = (tmp_path / "laporan.txt").read_text(encoding="utf-8-sig")
    assert "◆ BELUM TERVERIFIKASI " + unverified.number in words
    assert signed.number in words
