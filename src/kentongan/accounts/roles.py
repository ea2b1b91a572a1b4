"""The roles people hold, with the plain description that the account pages show.

Every cell of the visibility table is configurable downwards only, so a role here is a ceiling. There is no role for an
intelligence service: it receives approved documents and has no account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission


class Reach(StrEnum):
    """Whether a role reads what lies in its areas, or only what is addressed to its agency."""

    AREA = "area"
    ADDRESSED = "addressed"


@dataclass(frozen=True, slots=True)
class Role:
    """One role: what it may do, how far it sees, and what it is there for."""

    code: str
    name: Mapping[str, str]
    description: Mapping[str, str]
    duties: Mapping[str, tuple[str, ...]]
    permissions: frozenset[Permission]
    reach: Reach = Reach.AREA
    unverified: bool = False
    neighbours: bool = False
    label: Label = Label.INTERNAL
    field: bool = False  # works on a phone: bottom tabs instead of the rail


_EVERYBODY = frozenset(
    {Permission.HOME_READ, Permission.AUDIT_OWN, Permission.POLICY_READ, Permission.REGION_READ}
)
_AGENCY = frozenset(
    {Permission.ALERT_READ, Permission.ALERT_ACKNOWLEDGE, Permission.TASK_READ, Permission.TASK_DO}
)
_DESK = frozenset(
    {
        Permission.REPORT_SEND,
        Permission.REPORT_READ,
        Permission.REPORT_TRIAGE,
        Permission.EVENT_READ,
        Permission.EVENT_WRITE,
        Permission.EVENT_VERIFY,
        Permission.COVERAGE_READ,
    }
)


def _role(
    code: str,
    name: tuple[str, str],
    description: tuple[str, str],
    duties: tuple[tuple[str, ...], tuple[str, ...]],
    permissions: frozenset[Permission],
    *,
    reach: Reach = Reach.AREA,
    unverified: bool = False,
    neighbours: bool = False,
    label: Label = Label.INTERNAL,
    field: bool = False,
) -> Role:
    return Role(
        code=code,
        name=MappingProxyType({"id": name[0], "en": name[1]}),
        description=MappingProxyType({"id": description[0], "en": description[1]}),
        duties=MappingProxyType({"id": duties[0], "en": duties[1]}),
        permissions=_EVERYBODY | permissions,
        reach=reach,
        unverified=unverified,
        neighbours=neighbours,
        label=label,
        field=field,
    )


_ALL = (
    _role(
        "fkdm",
        ("Anggota FKDM", "FKDM member"),
        (
            "Melaporkan potensi dan kejadian dari desa. Melihat laporan sendiri, bukan laporan orang lain.",
            "Reports what brews in the village. Sees own reports, not those of others.",
        ),
        (
            ("Laporkan potensi, sekecil apa pun", "Kirim nihil bila wilayah aman", "Jawab pertanyaan analis"),
            (
                "Report each potential, however small",
                "Send nil when all is quiet",
                "Answer the analyst's questions",
            ),
        ),
        frozenset({Permission.REPORT_SEND, Permission.ALERT_ACKNOWLEDGE, Permission.ALERT_READ}),
        reach=Reach.ADDRESSED,
        label=Label.TERBUKA,
        field=True,
    ),
    _role(
        "tiga_pilar",
        ("Tiga pilar desa", "Village triad"),
        (
            "Kepala desa, Babinsa, Bhabinkamtibmas: menerima, memeriksa, dan menyelesaikan di desa.",
            "Village head, army and police village officers: receive, check and settle in the village.",
        ),
        (
            ("Periksa yang diminta kepada Anda", "Terima peringatan untuk desa", "Catat hasil di lapangan"),
            (
                "Check what you are asked to",
                "Acknowledge alerts for the village",
                "Record the result in the field",
            ),
        ),
        frozenset({Permission.REPORT_SEND, Permission.EVENT_READ, Permission.CHECK_ANSWER}) | _AGENCY,
        neighbours=True,
        label=Label.INTERNAL,
        field=True,
    ),
    _role(
        "kasi_trantib",
        ("Kasi Trantib kecamatan", "Subdistrict order officer"),
        (
            "Menyaring, memeriksa, dan menyelesaikan di kecamatan. Meneruskan hanya yang tidak selesai.",
            "Filters, checks and settles in the subdistrict. Passes on only what stays unresolved.",
        ),
        (
            (
                "Saring laporan kecamatan tiap pagi",
                "Minta pemeriksaan tiga pilar",
                "Naikkan yang tidak selesai",
            ),
            (
                "Sweep the subdistrict's reports each morning",
                "Ask the triad to check",
                "Escalate what is unresolved",
            ),
        ),
        _DESK
        | _AGENCY
        | frozenset(
            {
                Permission.TASK_ASSIGN,
                Permission.PROPORTIONALITY_READ,
                Permission.DOCUMENT_READ,
                Permission.RECAP_READ,
            }
        ),
        unverified=True,
        neighbours=True,
    ),
    _role(
        "analis",
        ("Analis Kesbangpol", "Kesbangpol analyst"),
        (
            "Mengosongkan kotak masuk, menilai kebenaran, mengusulkan peringatan, menulis laporan harian.",
            "Empties the inbox, judges what is true, proposes alerts, writes the daily report.",
        ),
        (
            ("Kosongkan kotak masuk", "Verifikasi dengan bukti", "Susun laporan harian sebelum pukul 15.00"),
            ("Empty the inbox", "Verify with evidence", "Write the daily report by 15:00"),
        ),
        _DESK
        | _AGENCY
        | frozenset(
            {
                Permission.ALERT_PROPOSE,
                Permission.ALERT_APPROVE_WASPADA,
                Permission.ALERT_APPROVE_AWAS,  # as the second person, never alone (policy)
                Permission.TASK_ASSIGN,
                Permission.OUTCOME_RECORD,
                Permission.PROPORTIONALITY_READ,
                Permission.DOCUMENT_READ,
                Permission.RECAP_READ,
                Permission.PERFORMANCE_READ,
                Permission.DOCUMENT_MAKE,
                Permission.DISCLOSURE_REQUEST,
            }
        ),
        unverified=True,
        neighbours=True,
        label=Label.TERBATAS,
    ),
    _role(
        "kabid",
        ("Kabid Kewaspadaan Nasional", "Head of early awareness"),
        (
            "Menetapkan tingkat peringatan, memanggil pihak yang tepat, menandatangani laporan.",
            "Sets the alert level, calls the right people, signs the reports.",
        ),
        (
            (
                "Setujui atau kembalikan usulan peringatan",
                "Lihat yang belum diterima",
                "Tandatangani laporan",
            ),
            ("Approve or return proposed alerts", "See what is not acknowledged", "Sign the reports"),
        ),
        _DESK
        | _AGENCY
        | frozenset(
            {
                Permission.ALERT_PROPOSE,
                Permission.ALERT_APPROVE_WASPADA,
                Permission.ALERT_APPROVE_SIAGA,
                Permission.ALERT_APPROVE_AWAS,
                Permission.TASK_ASSIGN,
                Permission.OUTCOME_RECORD,
                Permission.PROPORTIONALITY_READ,
                Permission.DOCUMENT_READ,
                Permission.RECAP_READ,
                Permission.PERFORMANCE_READ,
                Permission.DOCUMENT_MAKE,
                Permission.DOCUMENT_SIGN,
                Permission.REPORT_KEEP,
                Permission.AUDIT_UNIT,
                Permission.ACCOUNT_READ,
                Permission.ACCOUNT_DELEGATE,
                Permission.AGENCY_READ,
                Permission.JOB_READ,
                Permission.DISCLOSURE_REQUEST,
            }
        ),
        unverified=True,
        neighbours=True,
        label=Label.TERBATAS,
    ),
    _role(
        "piket",
        ("Petugas piket", "Duty officer"),
        (
            "Berjaga 24 jam: mendengar titir, menerima peringatan, menghubungi yang bertugas.",
            "Stands watch around the clock: hears the emergency beat, acknowledges, calls those on duty.",
        ),
        (
            ("Ambil alih jaga", "Terima peringatan paling lambat dua menit", "Serah terima dengan catatan"),
            ("Take over the watch", "Acknowledge within two minutes", "Hand over with notes"),
        ),
        _DESK | _AGENCY | frozenset({Permission.ALERT_PROPOSE, Permission.ALERT_APPROVE_AWAS}),
        unverified=True,
        label=Label.INTERNAL,
    ),
    _role(
        "anggota_timdu",
        ("Anggota Tim Terpadu", "Integrated-team member"),
        (
            "Polres, Kodim, Kejari, KPU, Bawaslu, dinas: melihat hanya yang ditujukan kepada instansinya.",
            "Police, army, prosecutor, KPU, Bawaslu, offices: see only what is addressed to their agency.",
        ),
        (
            (
                "Terima peringatan untuk instansi",
                "Kerjakan tugas sampai tenggat",
                "Laporkan hasil dengan bukti",
            ),
            (
                "Acknowledge alerts to your agency",
                "Do tasks by their deadline",
                "Report results with evidence",
            ),
        ),
        _AGENCY | frozenset({Permission.EVENT_READ, Permission.CHECK_ANSWER}),
        reach=Reach.ADDRESSED,
    ),
    _role(
        "penyelenggara",
        ("Jajaran penyelenggara pemilu", "Election field bodies"),
        (
            "PPK, PPS, Panwas: melapor untuk wilayahnya dan menjawab pemeriksaan yang diminta.",
            "Election field bodies: report for their area and answer checks sent to them.",
        ),
        (
            ("Laporkan gangguan tahapan", "Jawab pemeriksaan yang diminta", "Terima peringatan"),
            ("Report disturbances of stages", "Answer the checks you are sent", "Acknowledge alerts"),
        ),
        _AGENCY | frozenset({Permission.REPORT_SEND, Permission.CHECK_ANSWER}),
        reach=Reach.ADDRESSED,
        label=Label.TERBUKA,
        field=True,
    ),
    _role(
        "pimpinan",
        ("Kepala daerah dan Sekda", "Regional leadership"),
        (
            "Membaca satu halaman: yang berubah, di mana, seberapa yakin, siapa berbuat apa.",
            "Reads one page: what changed, where, how sure, who is on it.",
        ),
        (
            ("Baca ringkasan", "Putuskan yang diminta", "Terima peringatan Awas"),
            ("Read the brief", "Decide what is asked", "Acknowledge Awas alerts"),
        ),
        frozenset(
            {
                Permission.EVENT_READ,
                Permission.ALERT_READ,
                Permission.ALERT_ACKNOWLEDGE,
                Permission.DOCUMENT_READ,
                Permission.BRIEF_ANSWER,
                Permission.RECAP_READ,
            }
        ),
        label=Label.TERBATAS,
    ),
    _role(
        "provinsi",
        ("Kesbangpol provinsi", "Provincial Kesbangpol"),
        (
            "Melihat peristiwa terverifikasi dan angka lintas kabupaten; bukan laporan mentah, bukan pelapor.",
            "Sees verified events and figures across districts; never raw reports, never reporters.",
        ),
        (
            ("Lihat pola lintas kabupaten", "Lihat yang senyap", "Ikuti peringatan antarwilayah"),
            ("See patterns across borders", "See who is silent", "Follow alerts between areas"),
        ),
        frozenset(
            {
                Permission.EVENT_READ,
                Permission.ALERT_READ,
                Permission.COVERAGE_READ,
                Permission.RECAP_READ,
                Permission.PERFORMANCE_READ,
            }
        ),
        label=Label.INTERNAL,
    ),
    _role(
        "kampus",
        ("Mitra perguruan tinggi", "University partner"),
        (
            "Menyusun indeks kerawanan dari data tanpa identitas. Tidak melihat laporan atau titik tempat.",
            "Builds the vulnerability index from de-identified data. Sees no report and no exact place.",
        ),
        (
            ("Pakai data tanpa identitas", "Terangkan metode", "Usulkan versi indeks"),
            ("Use de-identified data", "Explain the method", "Propose index versions"),
        ),
        frozenset(),
        reach=Reach.ADDRESSED,
        label=Label.TERBUKA,
    ),
    _role(
        "pengawas",
        ("Pengawas", "Overseer"),
        (
            "Inspektorat, pejabat PDP, Ombudsman: melihat siapa melihat apa. Tidak mengubah, tidak melihat pelapor.",
            "Inspectorate, data-protection officer, Ombudsman: sees who looked at what. Changes nothing.",
        ),
        (
            ("Periksa siapa melihat apa", "Periksa pembukaan identitas", "Periksa pelaksanaan retensi"),
            ("Check who looked at what", "Check identity openings", "Check that retention was carried out"),
        ),
        frozenset(
            {
                Permission.AUDIT_ALL,
                Permission.AUDIT_UNIT,
                Permission.DISCLOSURE_OVERSEE,
                Permission.PROPORTIONALITY_READ,
                Permission.HEALTH_READ,
                Permission.PERFORMANCE_READ,
            }
        ),
        reach=Reach.ADDRESSED,
    ),
    _role(
        "wali_pelapor",
        ("Wali pelapor", "Guardian of reporters"),
        (
            "Memegang satu dari dua kunci identitas pelapor. Membuka hanya bersama lembaga lain.",
            "Holds one of the two keys to reporters' identities. Opens only together with another body.",
        ),
        (
            ("Simpan kunci di tempat terpisah", "Nilai dasar hukum permintaan", "Tolak bila tidak sah"),
            (
                "Keep the key in a place apart",
                "Weigh the legal basis of a request",
                "Refuse what is not lawful",
            ),
        ),
        frozenset({Permission.DISCLOSURE_HOLD}),
        reach=Reach.ADDRESSED,
    ),
    _role(
        "admin",
        ("Administrator sistem", "System administrator"),
        (
            "Mengurus wilayah, instansi, akun, pekerjaan latar, dan cadangan. Tidak membaca laporan.",
            "Looks after regions, agencies, accounts, background jobs and backups. Reads no reports.",
        ),
        (
            ("Buat dan tutup akun", "Lihat pekerjaan yang tertahan", "Uji pemulihan cadangan"),
            ("Open and close accounts", "Look at parked jobs", "Drill the restore"),
        ),
        frozenset(
            {
                Permission.AGENCY_READ,
                Permission.AGENCY_WRITE,
                Permission.ACCOUNT_READ,
                Permission.ACCOUNT_WRITE,
                Permission.ACCOUNT_DELEGATE,
                Permission.REGION_WRITE,
                Permission.JOB_READ,
                Permission.JOB_RERUN,
                Permission.HEALTH_READ,
                Permission.PERFORMANCE_READ,
            }
        ),
        label=Label.TERBUKA,
    ),
)

ROLES: Mapping[str, Role] = MappingProxyType({role.code: role for role in _ALL})
