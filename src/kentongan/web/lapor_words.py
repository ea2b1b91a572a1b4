"""The sentences that the form's script says, in the reader's language: the script itself holds no words."""

from __future__ import annotations

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """Every sentence by the name under which the script asks for it."""
    return {
        "kept": _("Tersimpan di HP. Akan dikirim sendiri saat ada sinyal. Aman."),
        "kept_by_hand": _("Tersimpan di HP. Belum dikirim. Tekan Kirim sekarang bila siap."),
        "waiting": _("Menunggu sinyal"),
        "sending": _("Sedang dikirim…"),
        "held": _("Disimpan, belum dikirim"),
        "sign_in_first": _("Masuk dulu untuk mengirim. Laporan tetap aman di HP."),
        "sign_in": _("Masuk"),
        "slow": _("Ditahan sejenak, dicoba lagi sendiri."),
        "not_sent": _("Belum terkirim. Coba lagi. Tulisan Anda aman di HP."),
        "other_owner": _("Milik akun lain di HP ini. Terkirim bila pemiliknya masuk."),
        "sent": _("Terkirim"),
        "photos_wait": _("Laporan terkirim. Foto menyusul."),
        "photo_refused": _("Foto tidak dapat diterima. Laporannya sudah sampai."),
        "send_now": _("Kirim sekarang"),
        "open": _("Buka lagi"),
        "delete": _("Hapus dari HP"),
        "delete_sure": _("Hapus sungguh?"),
        "noted": _("Sudah saya catat"),
        "code": _("Kode"),
        "storage_full": _("Memori HP hampir penuh. Foto dilepas, tulisan tetap tersimpan."),
        "storage_none": _("HP ini tidak dapat menyimpan. Jangan tutup halaman sebelum terkirim."),
        "locating": _("Mencari tempat Anda…"),
        "located": _("Tempat Anda dipakai, dibulatkan ± 100 m."),
        "not_located": _("Lokasi tidak didapat. Tulis nama desa atau patokan."),
        "photo_large": _("Foto ini tidak dapat diperkecil di HP. Pilih foto lain."),
        "photo_many": _("Paling banyak %(number)s foto."),
        "photo": _("Foto"),
        "remove": _("Hapus"),
        "empty": _("Belum diisi"),
        "text_needed": _("Tulis satu kalimat dulu tentang apa yang terjadi."),
        "refers": _("Bisa juga ke:"),
        "exit_again": _("Tekan Esc sekali lagi untuk keluar."),
        "restored": _("Isian tadi dipulihkan."),
        "connected": _("Tersambung"),
        "no_signal": _("Tanpa sinyal"),
        "here": _("Di sini (lokasi HP)"),
        "about": _("tentang"),
        "nil": _("Kabar aman"),
        "nil_sent": _("Kabar aman diterima. Terima kasih."),
        "contact_dropped": _("Kontak tidak disimpan: tempatnya belum jelas."),
        "ongoing": _("berlangsung"),
        "danger": _("senjata/korban"),
        "report": _("Laporan"),
        "reload": _("Muat ulang halaman ini, lalu kirim lagi. Tulisan Anda aman."),
    }
