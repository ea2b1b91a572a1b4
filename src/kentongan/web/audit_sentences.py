"""What an audit entry says to a person: a sentence instead of a code, a word instead of a key.

One file for all pages, so that the same action reads the same everywhere. A code that is not listed is shown as it
is: an unknown action must never look like a known one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kentongan.accounts.queries import accounts_in_scope
from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_labels
from kentongan.web.sources import is_pseudonym

SENTENCES: Mapping[str, str | Promise] = {
    "account.closed": gettext_lazy("Menutup akun"),
    "account.created": gettext_lazy("Membuat akun"),
    "account.delegation_withdrawn": gettext_lazy("Mencabut Plh. atau Plt."),
    "account.language_chosen": gettext_lazy("Memilih bahasa"),
    "account.password_reset": gettext_lazy("Memberi kata sandi sementara"),
    "account.password_set": gettext_lazy("Mengganti kata sandi"),
    "account.role_assigned": gettext_lazy("Memberi peran"),
    "account.role_delegated": gettext_lazy("Menetapkan Plh. atau Plt."),
    "account.role_ended": gettext_lazy("Mengakhiri peran"),
    "account.second_factor_reset": gettext_lazy("Mengatur ulang masuk dua langkah"),
    "agency.areas_changed": gettext_lazy("Mengubah wilayah kerja instansi"),
    "agency.changed": gettext_lazy("Mengubah instansi"),
    "agency.closed": gettext_lazy("Menutup instansi"),
    "agency.created": gettext_lazy("Membuat instansi"),
    "alert.acknowledged": gettext_lazy("Menerima peringatan"),
    "alert.acknowledged_late": gettext_lazy("Menerima peringatan setelah dinyatakan aman"),
    "alert.approved": gettext_lazy("Menyetujui peringatan"),
    "alert.climbed": gettext_lazy("Menaikkan peringatan yang belum diterima"),
    "alert.handed_over": gettext_lazy("Meneruskan peringatan kepada rekan"),
    "alert.issued": gettext_lazy("Mengirim peringatan"),
    "alert.proposed": gettext_lazy("Mengusulkan peringatan"),
    "alert.retracted": gettext_lazy("Menarik peringatan yang tidak benar"),
    "alert.returned": gettext_lazy("Mengembalikan usulan peringatan"),
    "alert.stood_down": gettext_lazy("Menyatakan aman"),
    "audit.checked": gettext_lazy("Memeriksa rantai audit"),
    "boundaries.drawn": gettext_lazy("Menggambar skema wilayah"),
    "boundaries.loaded": gettext_lazy("Mengimpor batas wilayah"),
    "disclosure.file_taken": gettext_lazy("Mengambil berkas identitas tersegel"),
    "disclosure.half_given": gettext_lazy("Menyetujui pembukaan identitas, satu dari dua lembaga"),
    "disclosure.refused": gettext_lazy("Menolak pembukaan identitas"),
    "disclosure.requested": gettext_lazy("Meminta pembukaan identitas pelapor"),
    "disclosure.shown": gettext_lazy("Melihat identitas pelapor, satu kali"),
    "event.area_unwatched": gettext_lazy("Berhenti mengawasi wilayah tetangga"),
    "event.area_watched": gettext_lazy("Mengawasi wilayah tetangga"),
    "event.closed": gettext_lazy("Menutup peristiwa sesudah masa pantau"),
    "event.created": gettext_lazy("Membuat peristiwa"),
    "event.exported": gettext_lazy("Mengunduh daftar peristiwa"),
    "event.happened": gettext_lazy("Potensi menjadi kejadian"),
    "event.let_go": gettext_lazy("Peristiwa yang digabung dikeluarkan lagi"),
    "event.link_undone": gettext_lazy("Membatalkan penambahan laporan"),
    "event.merged": gettext_lazy("Menggabung ke peristiwa lain"),
    "event.moved": gettext_lazy("Mengubah keadaan peristiwa"),
    "event.noted": gettext_lazy("Menulis catatan analisis"),
    "event.read": gettext_lazy("Membuka peristiwa"),
    "event.reopened": gettext_lazy("Membuka lagi, kambuh"),
    "event.report_detached": gettext_lazy("Mengembalikan laporan ke kotak masuk"),
    "event.report_linked": gettext_lazy("Menambah laporan ke peristiwa"),
    "event.reviewed": gettext_lazy("Meninjau peristiwa"),
    "event.revised": gettext_lazy("Mengubah isi peristiwa"),
    "event.share_expired": gettext_lazy("Akses bersama ke peristiwa berakhir"),
    "event.share_withdrawn": gettext_lazy("Menarik akses instansi ke peristiwa"),
    "event.shared": gettext_lazy("Membagikan peristiwa kepada instansi"),
    "event.split": gettext_lazy("Memisah menjadi peristiwa baru"),
    "event.took_in": gettext_lazy("Menerima gabungan peristiwa lain"),
    "event.undone": gettext_lazy("Membatalkan peristiwa yang baru dibuat"),
    "event.unmerged": gettext_lazy("Memisah lagi dari gabungan"),
    "event.verified": gettext_lazy("Mencatat hasil verifikasi"),
    "instance.marked_as_demo": gettext_lazy("Menandai basis data sebagai peragaan"),
    "job.rerun": gettext_lazy("Menjalankan lagi pekerjaan yang tertahan"),
    "outcome.recorded": gettext_lazy("Mencatat hasil akhir"),
    "posture.approved": gettext_lazy("Menyetujui kesiagaan wilayah, satu dari dua orang"),
    "posture.declined": gettext_lazy("Tidak menyetujui kesiagaan wilayah"),
    "posture.ended": gettext_lazy("Mengakhiri kesiagaan wilayah"),
    "posture.expired": gettext_lazy("Kesiagaan wilayah habis masa"),
    "posture.proposed": gettext_lazy("Mengusulkan kesiagaan wilayah"),
    "posture.set": gettext_lazy("Menetapkan kesiagaan wilayah"),
    "recap.exported": gettext_lazy("Mengunduh rekap"),
    "performance.exported": gettext_lazy("Mengunduh kinerja sistem"),
    "product.exported": gettext_lazy("Mengunduh laporan"),
    "product.read": gettext_lazy("Membaca laporan"),
    "report.brought_back": gettext_lazy("Mengembalikan laporan yang ditunda"),
    "report.given_back": gettext_lazy("Laporan kembali ke kotak masuk"),
    "report.opened": gettext_lazy("Membuka laporan"),
    "layout.set": gettext_lazy("Mengubah kop dan tata letak dokumen"),
    "layout.template_set": gettext_lazy("Mengganti templat Word"),
    "product.drafted": gettext_lazy("Menyusun naskah laporan"),
    "product.edited": gettext_lazy("Menyunting naskah laporan"),
    "product.issued": gettext_lazy("Menerbitkan laporan"),
    "product.receipted": gettext_lazy("Mencatat tanda terima laporan"),
    "product.refreshed": gettext_lazy("Memperbarui angka laporan"),
    "product.rendered": gettext_lazy("Membuat berkas laporan"),
    "product.returned": gettext_lazy("Mengembalikan naskah laporan"),
    "product.reviewed": gettext_lazy("Memeriksa naskah laporan"),
    "product.sent": gettext_lazy("Mengirim laporan"),
    "product.signed": gettext_lazy("Menandatangani laporan"),
    "region.alias_added": gettext_lazy("Menambah nama lain wilayah"),
    "region.succeeded": gettext_lazy("Mencatat wilayah penerus"),
    "regions.loaded": gettext_lazy("Memuat daftar wilayah"),
    "report.raw_opened": gettext_lazy("Membuka naskah asli laporan"),
    "report.read": gettext_lazy("Saran mesin ditambahkan"),
    "report.received": gettext_lazy("Laporan masuk"),
    "report.triaged": gettext_lazy("Memilah laporan"),
    "task.accepted": gettext_lazy("Menerima tugas"),
    "task.assigned": gettext_lazy("Memberi tugas"),
    "task.done": gettext_lazy("Menyelesaikan tugas"),
    "task.returned": gettext_lazy("Mengembalikan tugas"),
    "outcome.set_aside": gettext_lazy("Hasil sebelumnya tidak berlaku lagi, kambuh"),
    "proof.made_ready": gettext_lazy("Foto bukti dibersihkan dan siap dilihat"),
    "proof.opened": gettext_lazy("Membuka foto bukti tugas"),
    "proof.received": gettext_lazy("Foto bukti tugas masuk"),
    "proof.refused": gettext_lazy("Berkas bukti tidak dapat dibuka"),
    "proportionality.weighed": gettext_lazy("Mengisi uji proporsionalitas"),
    "review.written": gettext_lazy("Menulis tinjauan sesudah kejadian"),
    "task.cancelled": gettext_lazy("Membatalkan tugas"),
    "task.checked": gettext_lazy("Memeriksa hasil tugas"),
    "task.overdue_climbed": gettext_lazy("Tugas lewat tenggat naik ke atasan"),
    "task.reassigned": gettext_lazy("Memberi ulang tugas"),
    "task.sent_back": gettext_lazy("Meminta hasil tugas dilengkapi"),
    "task.started": gettext_lazy("Mulai mengerjakan tugas"),
    "photo.made_ready": gettext_lazy("Foto dibersihkan dan siap dilihat"),
    "photo.opened": gettext_lazy("Membuka foto"),
    "photo.received": gettext_lazy("Foto masuk"),
    "photo.refused": gettext_lazy("Berkas foto tidak dapat dibuka"),
    "report.erased": gettext_lazy("Menghapus isi laporan"),
    "report.held": gettext_lazy("Menahan laporan untuk proses hukum"),
    "report.hold_lifted": gettext_lazy("Mencabut penahanan laporan"),
    "retention.carried_out": gettext_lazy("Masa simpan dijalankan"),
    "vault.holder_added": gettext_lazy("Mencatat pemegang kunci identitas"),
    "vault.purged": gettext_lazy("Menghapus identitas yang lewat masa simpannya"),
    "coverage.asked": gettext_lazy("Menanyakan keadaan wilayah"),
    "coverage.rhythm_set": gettext_lazy("Menetapkan irama kabar wilayah"),
    "nil.received": gettext_lazy("Kabar nihil masuk"),
    "report.answered": gettext_lazy("Pelapor menjawab pertanyaan"),
    "report.asked": gettext_lazy("Bertanya kepada pelapor"),
    "report.placed": gettext_lazy("Menentukan tempat laporan"),
    "report.put_off": gettext_lazy("Menunda laporan"),
    "report.referred": gettext_lazy("Merujuk laporan"),
    "report.reopened": gettext_lazy("Membuka kembali laporan dari arsip"),
    "report.undone": gettext_lazy("Membatalkan keputusan atas laporan"),
    "report.withdrawn": gettext_lazy("Pelapor menarik laporan"),
    "check.set": gettext_lazy("Mengisi butir pemeriksaan"),
    "brief.agreed": gettext_lazy("Menyetujui permintaan dalam ringkasan"),
    "brief.asked_back": gettext_lazy("Bertanya balik atas permintaan dalam ringkasan"),
    "brief.issued": gettext_lazy("Menyusun ringkasan pimpinan"),
    "claim.linked": gettext_lazy("Menambah laporan ke klaim"),
    "claim.made": gettext_lazy("Mencatat klaim"),
    "claim.undone": gettext_lazy("Membatalkan klaim"),
    "event.graded": gettext_lazy("Memberi nilai awal, menunggu orang kedua"),
    "event.verification_opened": gettext_lazy("Membuka pemeriksaan"),
    "evidence.added": gettext_lazy("Menambah bukti"),
    "evidence.opened": gettext_lazy("Membuka foto bukti"),
    "field_check.answered": gettext_lazy("Menjawab permintaan cek"),
    "field_check.asked": gettext_lazy("Meminta cek di lapangan"),
    "field_check.read": gettext_lazy("Membuka permintaan cek"),
    "field_check.withdrawn": gettext_lazy("Menarik permintaan cek"),
    "verdict.dissented": gettext_lazy("Menulis catatan tak sepakat"),
}
SUBJECTS: Mapping[str, str | Promise] = {
    "account": pgettext_lazy("satu", "Akun"),
    "agency": pgettext_lazy("satu", "Instansi"),
    "alert": pgettext_lazy("satu", "Peringatan"),
    "audit": pgettext_lazy("satu", "Rantai audit"),
    "delegation": pgettext_lazy("satu", "Plh./Plt."),
    "disclosure": pgettext_lazy("satu", "Pembukaan identitas"),
    "event": pgettext_lazy("satu", "Peristiwa"),
    "events": pgettext_lazy("satu", "Daftar peristiwa"),
    "job": pgettext_lazy("satu", "Pekerjaan"),
    "layout": pgettext_lazy("satu", "Tata letak dokumen"),
    "key_holder": pgettext_lazy("satu", "Pemegang kunci"),
    "photo": pgettext_lazy("satu", "Foto"),
    "product": pgettext_lazy("satu", "Laporan terbit"),
    "recap": pgettext_lazy("satu", "Rekap"),
    "performance": pgettext_lazy("satu", "Kinerja sistem"),
    "region": pgettext_lazy("satu", "Wilayah"),
    "region_list": pgettext_lazy("satu", "Daftar wilayah"),
    "report": pgettext_lazy("satu", "Laporan"),
    "retention_run": pgettext_lazy("satu", "Pelaksanaan masa simpan"),
    "task": pgettext_lazy("satu", "Tugas"),
    "outcome": pgettext_lazy("satu", "Hasil"),
    "proof": pgettext_lazy("satu", "Bukti tugas"),
    "nil": pgettext_lazy("satu", "Kabar nihil"),
    "status_request": pgettext_lazy("satu", "Tanya keadaan"),
    "rhythm": pgettext_lazy("satu", "Irama kabar"),
    "claim": pgettext_lazy("satu", "Klaim"),
    "field_check": pgettext_lazy("satu", "Permintaan cek"),
}


class Entry(Protocol):
    """The facts of an audit entry that a page shows."""

    seq: int
    at: datetime
    action: str
    actor: str
    area: int | None
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One audit entry in words."""

    seq: int
    at: datetime
    who: str
    what: str
    about: str
    where: str
    reason: str
    action: str
    actor: str
    subject: str


def in_words(entries: Iterable[Entry]) -> list[EntryLine]:
    """Entries as lines, in the same order; names and places are asked for once for all."""
    rows = list(entries)
    names = account_names(row.actor for row in rows)
    places = area_labels(row.area for row in rows)
    return [
        EntryLine(
            seq=row.seq,
            at=row.at,
            who=who(row.actor, names),
            what=sentence(row.action),
            about=about(row.subject),
            where=places.get(row.area, "") if row.area is not None else "",
            reason=row.reason,
            action=row.action,
            actor=row.actor,
            subject=row.subject,
        )
        for row in rows
    ]


def sentence(action: str) -> str:
    """What was done; the code itself when nobody has put it into words."""
    return str(SENTENCES.get(action, action))


def about(subject: str) -> str:
    """Which row it was done to: "Peristiwa 31"."""
    kind, _colon, number = subject.partition(":")
    if kind not in SUBJECTS:
        return subject
    return f"{SUBJECTS[kind]} {number}" if number.isdigit() else str(SUBJECTS[kind])


def who(actor: str, names: Mapping[str, str]) -> str:
    """Who did it: an account by its name, a reporter by the source number alone, the public, a part of the system."""
    if actor == "publik":
        return _("Publik, tanpa akun")
    if actor.startswith("sistem:"):
        return _("Sistem (%(part)s)") % {"part": actor.removeprefix("sistem:")}
    if is_pseudonym(actor):
        return _("Pelapor %(number)s") % {"number": actor}
    if actor.startswith("akun:"):
        return names.get(actor) or _("Akun %(number)s") % {"number": actor.removeprefix("akun:")}
    return actor


def account_names(actors: Iterable[str]) -> Mapping[str, str]:
    """The names behind `akun:12` actors, in one query; source numbers are never looked up."""
    numbers = {int(actor[5:]) for actor in actors if actor.startswith("akun:") and actor[5:].isdigit()}
    if not numbers:
        return {}
    # The chain was shown to the reader already; a name beside `akun:12` is no further row of anybody's area.
    accounts = accounts_in_scope(Scope.system("names beside audit entries")).filter(pk__in=numbers)
    return {f"akun:{number}": name for number, name in accounts.values_list("pk", "name")}


def area_labels(areas: Iterable[int | None]) -> Mapping[int, str]:
    """The labels of areas; one that no list knows (any more) stays a number, since an entry outlives its rows."""
    keys = {area for area in areas if area is not None}
    try:
        return region_labels(keys) if keys else {}
    except Problem:
        return {key: _one_label(key) for key in keys}


def _one_label(key: int) -> str:
    try:
        return region_labels([key])[key]
    except Problem:
        return str(key)
