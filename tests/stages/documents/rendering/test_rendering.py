"""Files from templates: the same input makes the same bytes, and what people wrote stays words."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timezone
from pathlib import Path

import docx
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError, UndefinedError
from lxml import etree
from pypdf import PdfReader

from kentongan.documents.rendering import Letterhead, docx_of, pdf_of, qr_png, qr_svg, renderer_version
from kentongan.documents.rendering.inert import inert
from kentongan.documents.rendering.pdf import TEMPLATES

AT = datetime(2026, 11, 12, 7, 15, tzinfo=timezone.utc)
HOSTILE = (
    "#eval(1+1) $x^2$ @ref <label> *tebal* _miring_ = judul",
    '"#read("/etc/passwd") \\',
    "{{ 7*7 }} {% for x in y %} {# ulasan #} {_{ }_}",
    "<w:p>&amp;]]><!-- </w:t>",
    "=HYPERLINK(0) +1 -1 @SUM",
)
TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), lang: "id")
#set page(width: 40cm, height: auto)
#data.text
"""
ANYTHING = st.text(max_size=60) | st.sampled_from(HOSTILE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("templates")
    (made / "words.typ").write_text(TEMPLATE, encoding="utf-8")
    return made


def word_template(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def words_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def words_of_docx(content: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)


def test_the_same_data_makes_the_same_pdf(folder: Path) -> None:
    assert pdf_of("words", {"text": "sama"}, at=AT, folder=folder) == pdf_of(
        "words", {"text": "sama"}, at=AT, folder=folder
    )


def test_the_same_data_makes_the_same_docx_and_its_parts_carry_its_time() -> None:
    first, second = (docx_of(word_template("{{ a }}"), {"a": "sama"}, at=AT) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2026, 11, 12, 7, 15, 0)}


def test_marks_and_indonesian_letters_have_glyphs(folder: Path) -> None:
    wanted = "✓ ◆ △ ■ → ≤ ≥ — “kutip” é 1½"
    content = pdf_of("words", {"text": wanted}, at=AT, folder=folder)
    assert wanted in words_of_pdf(content)
    assert b"pdfaid" in content  # every character had a glyph: the archive form of PDF was made


def test_a_character_without_a_glyph_still_makes_a_document(folder: Path) -> None:
    assert "sebelum" in words_of_pdf(pdf_of("words", {"text": "sebelum 😀"}, at=AT, folder=folder))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_written(folder: Path, text: str) -> None:
    printed = words_of_pdf(pdf_of("words", {"text": text}, at=AT, folder=folder))
    assert printed.replace(" ", "") == text.replace(" ", "")
    inside = words_of_docx(docx_of(word_template("{{ a }}"), {"a": text}, at=AT))
    assert inside.replace("\u2060", "") == text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANYTHING)
def test_no_text_breaks_a_pdf(folder: Path, text: str) -> None:
    assert pdf_of("words", {"text": text}, at=AT, folder=folder).startswith(b"%PDF-")


@settings(max_examples=25, deadline=None)
@given(text=ANYTHING)
def test_no_text_breaks_out_of_its_place_in_a_docx(text: str) -> None:
    made = docx_of(word_template("awal", "{{ a }}", "akhir"), {"a": text}, at=AT)
    paragraphs = docx.Document(io.BytesIO(made)).paragraphs
    assert [paragraphs[0].text, paragraphs[-1].text] == ["awal", "akhir"]
    assert len(paragraphs) == 3
    assert paragraphs[1].text.replace("\u2060", "") == inert(text)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@given(text=st.text())
def test_nothing_unseen_goes_into_a_document(text: str) -> None:
    cleaned = inert({"a": [text]})
    assert isinstance(cleaned, dict)
    letters = set(str(cleaned["a"]))
    assert not letters & set("\x00\x07\x0b\x0c\u200f\u202e\u2066\ufeff\ufffe\uffff")


def test_a_value_that_is_not_plain_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="datetime"):
        inert({"when": AT})


def test_a_very_long_text_runs_over_pages() -> None:
    made = docx_of(word_template("{{ a }}"), {"a": "kata " * 40_000}, at=AT)
    assert len(words_of_docx(made)) > 190_000


@pytest.mark.parametrize(
    "reach", ['#read("/etc/hostname")', '#read("../outside.txt")', '#import "@preview/cetz:0.3.0"']
)
def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path, reach: str) -> None:
    (tmp_path / "outside.txt").write_text("rahasia", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    if reach.startswith("#import"):
        # Typst would fetch a package that it does not find: no template of ours may name one.
        assert not [path for path in TEMPLATES.glob("*.typ") if '"@' in path.read_text(encoding="utf-8")]
        return
    (inside / "reach.typ").write_text(reach, encoding="utf-8")
    with pytest.raises(typst.TypstError):
        pdf_of("reach", {}, at=AT, folder=inside)


@pytest.mark.parametrize("attack", ["{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}"])
def test_a_word_template_cannot_leave_its_sandbox(attack: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        docx_of(word_template(attack + "{{ a }}"), {"a": "x"}, at=AT)


def test_a_placeholder_without_a_value_is_told() -> None:
    with pytest.raises(UndefinedError, match="tidak_ada"):
        docx_of(word_template("{{ tidak_ada }}"), {"a": "x"}, at=AT)


def test_a_code_is_a_picture_of_either_kind() -> None:
    assert qr_svg("kode").startswith("<svg")
    assert qr_png("kode").startswith(b"\x89PNG")
    made = docx_of(word_template("{{ qr }}"), {}, at=AT, pictures={"qr": qr_png("kode")})
    assert made == docx_of(word_template("{{ qr }}"), {}, at=AT, pictures={"qr": qr_png("kode")})
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 1


def test_the_shared_layout_prints_head_label_box_and_seal(tmp_path: Path) -> None:
    (tmp_path / "base.typ").write_bytes((TEMPLATES / "base.typ").read_bytes())
    (tmp_path / "letter.typ").write_text(
        '#import "base.typ": *\n#show: sheet.with(data)\n#letterhead(data.letterhead)\n'
        "#titles(data.title, number: data.number)\n#prose(data.text)\n#unverified(data.items)\n#signature(data)\n",
        encoding="utf-8",
    )
    data = {
        "letterhead": Letterhead("Pemerintah Kabupaten Waluku", "Badan Kesatuan Bangsa").as_plain(),
        "title": "Laporan",
        "number": "316/LSD/BKP/XI/2026",
        "label": "Internal",
        "text": "Isi.",
        "items": ["Selebaran #x"],
        "qr": qr_svg("kode"),
        "check_address": "/cek-dokumen/",
        "code": "ABCD",
        "content_hash": "a" * 64,
        "signed_by": "Kabid",
    }
    printed = words_of_pdf(pdf_of("letter", data, at=AT, folder=tmp_path))
    for words in (
        "PEMERINTAH KABUPATEN WALUKU",
        "316/LSD/BKP/XI/2026",
        "INTERNAL",
        "BELUM TERVERIFIKASI",
        "#x",
    ):
        assert words in printed


def test_the_renderer_has_one_short_name() -> None:
    assert renderer_version() == renderer_version()
    assert len(renderer_version()) == 12
