"""The offices of the demo and the roles a visitor may try. People appear as roles with a first name, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """An agency of the demo: key, full and short name, kind, its own areas and the neighbours it watches."""

    key: str
    name: str
    short_name: str
    kind: str
    own: tuple[str, ...]
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visitor:
    """One card of the role chooser: who one becomes, where, and what there is to try."""

    key: str
    name: str
    title: str
    office: str
    role: str
    icon: str
    hint_icon: str
    hint: str


OFFICES: tuple[Office, ...] = (
    Office(
        "kesbangpol",
        "Badan Kesatuan Bangsa dan Politik Kabupaten Waluku",
        "Kesbangpol Waluku",
        "kesbangpol",
        ("99.01",),
    ),
    Office(
        "provinsi",
        "Badan Kesatuan Bangsa dan Politik Provinsi Bimasakti Raya",
        "Kesbangpol Bimasakti",
        "kesbangpol",
        ("99",),
    ),
    Office(
        "pimpinan",
        "Bupati dan Sekretariat Daerah Kabupaten Waluku",
        "Pimpinan Waluku",
        "pimpinan",
        ("99.01",),
    ),
    Office(
        "tegalwuku",
        "Kecamatan Tegalwuku",
        "Kec. Tegalwuku",
        "kecamatan",
        ("99.01.01",),
        ("99.01.02", "99.01.03"),
    ),
    Office(
        "banyupanjer", "Kecamatan Banyupanjer", "Kec. Banyupanjer", "kecamatan", ("99.01.03",), ("99.01.01",)
    ),
    Office("sumberluku", "Pemerintah Desa Sumberluku", "Desa Sumberluku", "desa", ("99.01.01.2001",)),
    Office("fkdm", "FKDM Desa Sumberluku", "FKDM Sumberluku", "fkdm", ("99.01.01.2001",)),
    # Two police districts share the kabupaten, as happens: each has its own kecamatan.
    Office(
        "polres", "Kepolisian Resor Waluku", "Polres Waluku", "polri", ("99.01.01", "99.01.02", "99.01.06")
    ),
    Office(
        "polreskota",
        "Kepolisian Resor Waluku Kota",
        "Polres Waluku Kota",
        "polri",
        ("99.01.03", "99.01.04", "99.01.05", "99.01.07"),
    ),
    Office("kodim", "Komando Distrik Militer Waluku", "Kodim Waluku", "tni", ("99.01",)),
    Office("kpu", "Komisi Pemilihan Umum Kabupaten Waluku", "KPU Waluku", "kpu", ("99.01",)),
    Office("kampus", "Universitas Lintang Bimasakti", "Univ. Lintang", "kampus", ("99",)),
    Office("pengawas", "Inspektorat Kabupaten Waluku", "Inspektorat Waluku", "pengawas", ("99.01",)),
    Office(
        "diskominfo",
        "Dinas Komunikasi dan Informatika Kabupaten Waluku",
        "Diskominfo Waluku",
        "diskominfo",
        ("99.01",),
    ),
    # The two key holders: one inside the Pemda, one outside its chain of command.
    Office(
        "hukum",
        "Bagian Hukum Sekretariat Daerah Kabupaten Waluku",
        "Bag. Hukum Waluku",
        "pimpinan",
        ("99.01",),
    ),
    Office(
        "ombudsman",
        "Ombudsman Perwakilan Bimasakti Raya",
        "Ombudsman Bimasakti",
        "pengawas",
        ("99",),
    ),
)

VISITORS: tuple[Visitor, ...] = (
    Visitor(
        "wiryo",
        "Pak Wiryo",
        "FKDM, Desa Sumberluku",
        "fkdm",
        "fkdm",
        "user",
        "app",
        "HP: tugas dan peringatan",
    ),
    Visitor(
        "ratna",
        "Bu Ratna",
        "Analis Kesbangpol",
        "kesbangpol",
        "analis",
        "table",
        "web",
        "PC: kotak masuk, verifikasi",
    ),
    Visitor(
        "kabid",
        "Pak Kabid",
        "Kewaspadaan Nasional",
        "kesbangpol",
        "kabid",
        "scale",
        "web",
        "Menyetujui peringatan",
    ),
    Visitor(
        "trantib",
        "Bu Kasi",
        "Trantib Kec. Tegalwuku",
        "tegalwuku",
        "kasi_trantib",
        "users",
        "web",
        "PC: laporan kecamatan",
    ),
    Visitor(
        "kades",
        "Pak Kades",
        "Desa Sumberluku",
        "sumberluku",
        "tiga_pilar",
        "pin",
        "app",
        "HP: peringatan desa",
    ),
    Visitor(
        "polres",
        "AKP Polres",
        "Tim Terpadu",
        "polres",
        "anggota_timdu",
        "audit",
        "app",
        "HP: menerima peringatan",
    ),
    Visitor("bupati", "Bupati", "Pimpinan daerah", "pimpinan", "pimpinan", "home", "app", "Membaca laporan"),
    Visitor(
        "provinsi", "Provinsi", "Kesbangpol provinsi", "provinsi", "provinsi", "map", "web", "Lintas batas"
    ),
    Visitor("kampus", "Kampus", "Mitra peneliti", "kampus", "kampus", "book", "web", "Aturan dan wilayah"),
    Visitor("pengawas", "Pengawas", "Inspektorat", "pengawas", "pengawas", "eye", "web", "Siapa melihat apa"),
    Visitor("admin", "Admin", "Diskominfo", "diskominfo", "admin", "gear", "web", "Wilayah, akun, pekerjaan"),
    Visitor(
        "hukum",
        "Bu Nastiti",
        "Bagian Hukum",
        "hukum",
        "wali_pelapor",
        "key",
        "web",
        "Kunci A identitas pelapor",
    ),
    Visitor(
        "ombudsman",
        "Pak Wening",
        "Ombudsman",
        "ombudsman",
        "wali_pelapor",
        "key",
        "web",
        "Kunci B identitas pelapor",
    ),
)

ADDRESS = "{key}@waluku.contoh"
