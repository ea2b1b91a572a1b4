"""A recap as sheets: confirmed events on the first, unverified ones on a sheet of their own that says so."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kentongan.accounts.labels import Label
from kentongan.documents.decisions.tables import Sheet, Value
from kentongan.documents.queries.recap import Recap
from kentongan.edge.formats import local_time
from kentongan.web.recap_view import Figure, ShownRecap, ShownRow, period_words
from kentongan.web.wording import language


def recap_sheets(
    recap: Recap, table: ShownRecap, *, reader: str, filters: Sequence[tuple[str, str]], zone: str
) -> list[Sheet]:
    """The sheets of one table, in the order they are read."""
    label = Label(Label.INTERNAL).word
    title = _("Rekap %(place)s, %(period)s") % {
        "place": recap.asked.region.short_name,
        "period": period_words(recap.asked.period),
    }
    facts = _facts(recap, reader=reader, filters=filters, zone=zone)
    notes = [
        _("Waktu: hari kejadian di wilayahnya; bila tidak diketahui, hari yang dicatat petugas."),
        _("Senyap: tidak ada kabar, bukan nol. ?: tidak diketahui atau belum tiba."),
    ]
    sheets = [
        Sheet(
            name=_("Terverifikasi"),
            title=title,
            label=label,
            facts=facts,
            head=_head(table),
            rows=[_line(row) for row in table.rows],
            foot=_line(table.foot),
            notes=notes,
        )
    ]
    if table.has_pending:
        sheets.append(
            Sheet(
                name=_("Belum terverifikasi"),
                title=f"{title}, {_('belum terverifikasi')}",
                label=label,
                facts=facts,
                head=["", *table.columns, _("Jumlah BELUM TERVERIFIKASI")],
                rows=[_pending_line(row) for row in table.rows],
                foot=_pending_line(table.foot),
                mark=_("BELUM TERVERIFIKASI, jangan diteruskan, tidak masuk jumlah"),
                notes=notes,
            )
        )
    return sheets


def _facts(
    recap: Recap, *, reader: str, filters: Sequence[tuple[str, str]], zone: str
) -> list[tuple[str, str]]:
    cut_off = local_time(recap.cut_off, zone, language=language())
    return [
        (_("Batas data"), cut_off),
        (_("Dibandingkan dengan"), period_words(recap.compared)),
        (_("Saringan"), "; ".join(f"{name}: {value}" for name, value in filters) or _("tidak ada")),
        (_("Diunduh"), f"{reader}, {cut_off}"),
    ]


def _head(table: ShownRecap) -> list[str]:
    return [
        "",
        *table.columns,
        _("Jumlah terverifikasi"),
        _("Kelengkapan"),
        _("Kabar"),
        _("Masa sebelumnya"),
        _("Perubahan"),
        _("BELUM TERVERIFIKASI"),
        _("Tidak benar"),
    ]


def _line(row: ShownRow) -> list[Value]:
    return [
        row.name,
        *(_value(cell) for cell in row.cells),
        _value(row.total),
        row.complete,
        row.heard,
        row.before_count,
        row.change,
        _value(row.pending),
        _value(row.refuted),
    ]


def _pending_line(row: ShownRow) -> list[Value]:
    return [row.name, *(_value(cell) for cell in row.pending_cells), _value(row.pending)]


def _value(figure: Figure) -> Value:
    return figure.text if figure.count is None else figure.count
