"""The usual Word template, built here so that it can be read and compared; an office downloads it and edits it in Word."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

_BORN = datetime(2026, 1, 1)  # noqa: DTZ001 (python-docx writes naive UTC)


@cache
def usual_template() -> bytes:
    """Letterhead, title, sections, the unverified box, signature and seal, as placeholders."""
    document = docx.Document()
    _paper(document)
    _letterhead(document)
    _titles(document)
    _sections(document)
    _unverified(document)
    _signature(document)
    about = document.core_properties
    about.author, about.title, about.comments = "", "", ""
    about.created = about.modified = _BORN
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _paper(document: Document) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(24), Mm(20)
    page.top_margin, page.bottom_margin = Mm(22), Mm(24)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(11)
    style.paragraph_format.space_after = Pt(4)
    head = page.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _small(
        head,
        "{% if synthetic %}DATA SINTETIS · wilayah, orang, kelompok fiktif · {% endif %}{{ label|upper }}",
    )
    foot = page.footer.paragraphs[0]
    _small(foot, "{{ running }} · {{ basis }} · {{ label|upper }} · halaman ")
    _field(foot, "PAGE")
    _small(foot, " dari ")
    _field(foot, "NUMPAGES")


def _letterhead(document: Document) -> None:
    _line(document, "{%p if letterhead.government %}")
    _centred(document, "{{ letterhead.government|upper }}", size=13, bold=True)
    _line(document, "{%p endif %}")
    _centred(document, "{{ letterhead.office|upper }}", size=15, bold=True)
    _line(document, "{%p if letterhead.address %}")
    _centred(document, "{{ letterhead.address }}", size=9.5)
    _line(document, "{%p endif %}")
    _line(document, "{%p if letterhead.contact %}")
    _centred(document, "{{ letterhead.contact }}", size=9.5)
    _line(document, "{%p endif %}")
    rule = document.add_paragraph()
    rule.paragraph_format.space_after = Pt(8)
    _border(rule, "top", "thinThickSmallGap")


def _titles(document: Document) -> None:
    _centred(document, "{{ title|upper }}", size=12.5, bold=True)
    _line(document, "{%p if number %}")
    _centred(document, "Nomor: {{ number }}", size=11)
    _line(document, "{%p endif %}")
    _line(document, "{%p if amends %}")
    _centred(document, "{{ amends }}", size=11)
    _line(document, "{%p endif %}")
    _centred(document, "{{ subtitle }}", size=10)
    _centred(document, "Batas data {{ cut_off }}", size=10)


def _sections(document: Document) -> None:
    _line(document, "{%p for section in sections %}")
    heading = document.add_paragraph()
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(10), True
    heading.add_run("{{ section.title }}").bold = True
    _line(document, "{%p for words in section.words %}")
    document.add_paragraph("{{ words }}")
    _line(document, "{%p endfor %}")
    _line(document, "{%p for item in section['items'] %}")
    item = document.add_paragraph("{{ loop.index }}.\t{{ item }}")
    item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    item.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    _line(document, "{%p endfor %}")
    _line(document, "{%p for paragraph in section.paragraphs %}")
    document.add_paragraph("{{ paragraph }}")
    _line(document, "{%p endfor %}")
    _line(document, "{%p endfor %}")


def _unverified(document: Document) -> None:
    _line(document, "{%p if unverified %}")
    table = document.add_table(rows=4, cols=1)
    table.style = "Table Grid"
    head = table.rows[0].cells[0].paragraphs[0]
    head.add_run("BELUM TERVERIFIKASI — jangan diteruskan").bold = True
    _shade(table.rows[0].cells[0]._tc, "F6EFE3")
    table.rows[1].cells[0].paragraphs[0].add_run("{%tr for item in unverified %}")
    table.rows[2].cells[0].paragraphs[0].add_run("◆ BELUM TERVERIFIKASI ").bold = True
    table.rows[2].cells[0].paragraphs[0].add_run("{{ item }}")
    table.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _line(document, "{%p endif %}")


def _signature(document: Document) -> None:
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(4)
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("{{ qr }}")
    seal = left.add_paragraph()
    _small(seal, "Periksa keaslian di {{ check_address }} · kode {{ code }}")
    _small(left.add_paragraph(), "SHA-256 isi {{ content_hash }}")
    for words, bold in (
        ("{{ place_date }}", False),
        ("{{ signatory_title }}", True),
        ("ditandatangani secara elektronik", False),
        ("{{ signed_by }}", True),
    ):
        paragraph = right.paragraphs[0] if words == "{{ place_date }}" else right.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(words).bold = bold
    _line(document, "{%p if remark %}")
    _small(document.add_paragraph(), "{{ remark }}")
    _line(document, "{%p endif %}")
    _small(document.add_paragraph(), "Ujung rantai audit {{ audit_head }}")


def _line(document: Document, tag: str) -> None:
    document.add_paragraph(tag)


def _centred(document: Document, words: str, *, size: float, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)


def _small(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x57, 0x53, 0x4E)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word counts itself, such as the page."""
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, words in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def _border(paragraph: Paragraph, side: str, kind: str) -> None:
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "18"), ("space", "1"), ("color", "1C1917")):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().append(borders)


def _shade(cell: object, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shade)  # type: ignore[attr-defined]
