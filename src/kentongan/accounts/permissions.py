"""What a person may do, as one closed list. A role is a set of these; a route names exactly one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """A verb on a kind of row. Where (which areas) is decided by the assignment, never by the permission."""

    HOME_READ = "home.read"
    REPORT_SEND = "report.send"
    REPORT_READ = "report.read"
    REPORT_TRIAGE = "report.triage"
    EVENT_READ = "event.read"
    EVENT_WRITE = "event.write"
    EVENT_VERIFY = "event.verify"
    CHECK_ANSWER = "check.answer"
    COVERAGE_READ = "coverage.read"
    REPORT_KEEP = "report.keep"
    ALERT_READ = "alert.read"
    ALERT_PROPOSE = "alert.propose"
    ALERT_APPROVE_WASPADA = "alert.approve_waspada"
    ALERT_APPROVE_SIAGA = "alert.approve_siaga"
    ALERT_APPROVE_AWAS = "alert.approve_awas"
    ALERT_ACKNOWLEDGE = "alert.acknowledge"
    TASK_READ = "task.read"
    TASK_ASSIGN = "task.assign"
    TASK_DO = "task.do"
    OUTCOME_RECORD = "outcome.record"
    PROPORTIONALITY_READ = "proportionality.read"
    DOCUMENT_READ = "document.read"
    DOCUMENT_MAKE = "document.make"
    DOCUMENT_SIGN = "document.sign"
    BRIEF_ANSWER = "brief.answer"
    RECAP_READ = "recap.read"
    PERFORMANCE_READ = "performance.read"
    REGION_READ = "region.read"
    REGION_WRITE = "region.write"
    POLICY_READ = "policy.read"
    AGENCY_READ = "agency.read"
    AGENCY_WRITE = "agency.write"
    ACCOUNT_READ = "account.read"
    ACCOUNT_WRITE = "account.write"
    ACCOUNT_DELEGATE = "account.delegate"
    AUDIT_OWN = "audit.own"
    AUDIT_UNIT = "audit.unit"
    AUDIT_ALL = "audit.all"
    JOB_READ = "job.read"
    JOB_RERUN = "job.rerun"
    HEALTH_READ = "health.read"
    DISCLOSURE_REQUEST = "disclosure.request"
    DISCLOSURE_HOLD = "disclosure.hold"
    DISCLOSURE_OVERSEE = "disclosure.oversee"


APPROVALS = frozenset(
    {
        Permission.ALERT_APPROVE_WASPADA,
        Permission.ALERT_APPROVE_SIAGA,
        Permission.ALERT_APPROVE_AWAS,
        Permission.DOCUMENT_SIGN,
        Permission.ACCOUNT_WRITE,
        Permission.DISCLOSURE_HOLD,
    }
)
"""Who holds one of these signs in with a second factor, always."""

PERMISSION_NAMES: Mapping[Permission, Mapping[str, str]] = MappingProxyType(
    {
        Permission.HOME_READ: {"id": "membuka Beranda", "en": "open the home page"},
        Permission.REPORT_SEND: {"id": "mengirim laporan", "en": "send reports"},
        Permission.REPORT_READ: {"id": "membaca laporan", "en": "read reports"},
        Permission.REPORT_TRIAGE: {"id": "menyaring laporan", "en": "triage reports"},
        Permission.EVENT_READ: {"id": "melihat peristiwa", "en": "see events"},
        Permission.EVENT_WRITE: {"id": "mencatat peristiwa", "en": "record events"},
        Permission.EVENT_VERIFY: {"id": "memverifikasi peristiwa", "en": "verify events"},
        Permission.CHECK_ANSWER: {"id": "menjawab permintaan cek", "en": "answer requests to check"},
        Permission.COVERAGE_READ: {
            "id": "melihat wilayah nihil dan senyap",
            "en": "see which areas are nil or silent",
        },
        Permission.REPORT_KEEP: {
            "id": "menghapus laporan atau menahannya untuk hukum",
            "en": "erase a report or hold it for law",
        },
        Permission.ALERT_READ: {"id": "melihat peringatan", "en": "see alerts"},
        Permission.ALERT_PROPOSE: {"id": "mengusulkan peringatan", "en": "propose alerts"},
        Permission.ALERT_APPROVE_WASPADA: {"id": "menyetujui Waspada", "en": "approve Watch"},
        Permission.ALERT_APPROVE_SIAGA: {"id": "menyetujui Siaga", "en": "approve Warning"},
        Permission.ALERT_APPROVE_AWAS: {"id": "menyetujui Awas", "en": "approve Danger"},
        Permission.ALERT_ACKNOWLEDGE: {"id": "menerima peringatan", "en": "acknowledge alerts"},
        Permission.TASK_READ: {"id": "melihat tugas", "en": "see tasks"},
        Permission.TASK_ASSIGN: {"id": "membagi tugas", "en": "assign tasks"},
        Permission.TASK_DO: {"id": "mengerjakan tugas", "en": "do tasks"},
        Permission.OUTCOME_RECORD: {"id": "mencatat hasil akhir", "en": "record outcomes"},
        Permission.PROPORTIONALITY_READ: {
            "id": "membaca uji proporsionalitas",
            "en": "read proportionality checks",
        },
        Permission.DOCUMENT_READ: {"id": "membaca dokumen", "en": "read documents"},
        Permission.DOCUMENT_MAKE: {"id": "menyusun dokumen", "en": "make documents"},
        Permission.DOCUMENT_SIGN: {"id": "menandatangani dokumen", "en": "sign documents"},
        Permission.BRIEF_ANSWER: {
            "id": "menjawab permintaan dalam ringkasan",
            "en": "answer what a brief asks",
        },
        Permission.RECAP_READ: {"id": "membuka rekap", "en": "open recaps"},
        Permission.PERFORMANCE_READ: {
            "id": "melihat kinerja sistem",
            "en": "see how the system performs",
        },
        Permission.REGION_READ: {"id": "melihat daftar wilayah", "en": "see the list of regions"},
        Permission.REGION_WRITE: {"id": "mengubah daftar wilayah", "en": "change the list of regions"},
        Permission.POLICY_READ: {"id": "membaca aturan", "en": "read the policy"},
        Permission.AGENCY_READ: {"id": "melihat instansi", "en": "see agencies"},
        Permission.AGENCY_WRITE: {"id": "mengubah instansi", "en": "change agencies"},
        Permission.ACCOUNT_READ: {"id": "melihat akun", "en": "see accounts"},
        Permission.ACCOUNT_WRITE: {"id": "mengurus akun", "en": "manage accounts"},
        Permission.ACCOUNT_DELEGATE: {
            "id": "melimpahkan peran (Plh./Plt.)",
            "en": "delegate roles (Plh./Plt.)",
        },
        Permission.AUDIT_OWN: {"id": "melihat jejak sendiri", "en": "see one's own trail"},
        Permission.AUDIT_UNIT: {"id": "melihat jejak unit", "en": "see the unit's trail"},
        Permission.AUDIT_ALL: {"id": "melihat seluruh jejak", "en": "see the whole trail"},
        Permission.JOB_READ: {"id": "melihat pekerjaan latar", "en": "see background jobs"},
        Permission.JOB_RERUN: {"id": "mengulang pekerjaan latar", "en": "rerun background jobs"},
        Permission.HEALTH_READ: {"id": "melihat kesehatan sistem", "en": "see the system's health"},
        Permission.DISCLOSURE_REQUEST: {
            "id": "meminta pembukaan identitas",
            "en": "request an identity opening",
        },
        Permission.DISCLOSURE_HOLD: {"id": "memegang kunci identitas", "en": "hold a key to identities"},
        Permission.DISCLOSURE_OVERSEE: {
            "id": "mengawasi pembukaan identitas",
            "en": "oversee identity openings",
        },
    }
)
"""How pages and refusals call each permission: a verb that follows "boleh" or "may"."""
