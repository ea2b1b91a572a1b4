"""How the instance is doing: one item per thing that can fail, with a state and the next step.

The health page, `kentongan doctor` and `/readyz` show the same items. Nothing here changes anything, and no item
holds a secret: keys are named and dated, never shown.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kentongan.alerts.actions import mail_is_ready
from kentongan.alerts.queries import failed_notices
from kentongan.audit import heads
from kentongan.audit.queries import current_head
from kentongan.edge import jobs
from kentongan.edge.clocks import domain_now, office_day
from kentongan.edge.formats import format_number
from kentongan.edge.models import JobState
from kentongan.intake.disclosure import holders
from kentongan.intake.queries.unread import without_a_reader
from kentongan.pipeline.cursor import backlog
from kentongan.pipeline.queries import failing_schedule, last_beat
from kentongan.pipeline.world import is_demo
from kentongan.places.queries import counts_by_level, edition

GIGABYTE = 1024**3
DISK_LOW, DISK_FULL = 5 * GIGABYTE, GIGABYTE // 2
BEAT_LATE, BEAT_LOST = timedelta(minutes=2), timedelta(minutes=15)
BACKLOG_LATE, BACKLOG_LOST = 500, 10_000
HEAD_LATE = timedelta(days=2)
OLDEST_POSTGRES = 15
KEYS = ("session", "audit", "field", "receipt", "pseudonym")


class State(StrEnum):
    """How a thing stands, in rising order of worry."""

    GOOD = "good"
    LOOK = "look"
    BROKEN = "broken"

    @property
    def word(self) -> str:
        words = {State.GOOD: _("baik"), State.LOOK: _("perlu dilihat"), State.BROKEN: _("rusak")}
        return words[self]


@dataclass(frozen=True, slots=True)
class HealthItem:
    """One finding: what was looked at, how it stands, what was seen, and what to do if it is not good."""

    code: str
    about: str
    state: State
    seen: str
    next_step: str = ""


def health(*, now: datetime) -> list[HealthItem]:
    """Every item at the machine's `now`, the database first: without it the rest cannot be asked."""
    first = _database()
    if first.state is State.BROKEN and first.code == "database.silent":
        return [first, _disk(), _keys()]
    checks: Iterable[Callable[[datetime], HealthItem]] = (
        lambda _now: _migrations(),
        lambda _now: _disk(),
        _worker,
        lambda _now: _outbox(),
        lambda _now: _jobs(),
        lambda _now: _schedule(),
        lambda _now: _notices(),
        _audit_head,
        lambda _now: _regions(),
        lambda _now: _keys(),
        lambda _now: _key_holders(),
        lambda _now: _readers(),
        lambda _now: _tls(),
        _clock,
    )
    return [first, *(check(now) for check in checks)]


def is_broken(items: Iterable[HealthItem]) -> bool:
    return any(item.state is State.BROKEN for item in items)


def database_answers() -> bool:
    """Whether the database can be asked at all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return True
    except DatabaseError:
        return False


def unapplied_migrations() -> list[str]:
    """Migrations of the installed version that this database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _database() -> HealthItem:
    about = _("Basis data")
    if not database_answers():
        step = _("Periksa apakah server basis data menyala, lalu jalankan: kentongan doctor.")
        return HealthItem("database.silent", about, State.BROKEN, _("tidak menjawab"), step)
    version, size, step = _sqlite() if connection.vendor == "sqlite" else _postgres()
    seen = _("%(version)s, %(size)s") % {"version": version, "size": filesizeformat(size)}
    return HealthItem("database", about, State.BROKEN if step else State.GOOD, seen, step)


def _sqlite() -> tuple[str, int, str]:
    with connection.cursor() as cursor:
        facts = [_one(cursor, f"PRAGMA {name}") for name in ("page_count", "page_size", "synchronous")]
        version = _one(cursor, "SELECT sqlite_version()")
    # 2 is FULL: with less, an acknowledged report can be lost when the power fails.
    step = (
        ""
        if int(facts[2]) >= 2
        else _("Pasang kembali synchronous=FULL; laporan dapat hilang saat listrik padam.")
    )
    return f"SQLite {version}", int(facts[0]) * int(facts[1]), step


def _postgres() -> tuple[str, int, str]:
    with connection.cursor() as cursor:
        version = str(_one(cursor, "SHOW server_version")).split()[0]
        size = int(str(_one(cursor, "SELECT pg_database_size(current_database())")))
    old = int(version.split(".")[0]) < OLDEST_POSTGRES
    return f"PostgreSQL {version}", size, _("Naikkan PostgreSQL ke versi 15 atau lebih baru.") if old else ""


def _one(cursor: CursorWrapper, question: str) -> str:
    cursor.execute(question)
    row = cursor.fetchone()
    return str(row[0]) if row else ""


def _migrations() -> HealthItem:
    missing = unapplied_migrations()
    if not missing:
        return HealthItem("migrations", _("Susunan basis data"), State.GOOD, _("sesuai versi terpasang"))
    seen = _("%(count)s perubahan belum diterapkan, mulai %(first)s") % {
        "count": len(missing),
        "first": missing[0],
    }
    return HealthItem(
        "migrations", _("Susunan basis data"), State.BROKEN, seen, _("Jalankan: kentongan migrate.")
    )


def _disk() -> HealthItem:
    free = shutil.disk_usage(settings.DATA_DIR).free
    seen = _("%(free)s tersisa untuk folder data") % {"free": filesizeformat(free)}
    state = State.GOOD if free >= DISK_LOW else State.LOOK if free >= DISK_FULL else State.BROKEN
    step = "" if state is State.GOOD else _("Kosongkan disk atau pindahkan folder data.")
    return HealthItem("disk", _("Ruang disk"), state, seen, step)


def _worker(now: datetime) -> HealthItem:
    about, step = _("Pekerja latar"), _("Jalankan: kentongan worker. Tanpa itu tidak ada tindak lanjut.")
    beat = last_beat()
    if beat is None:
        return HealthItem("worker", about, State.LOOK, _("belum pernah terlihat"), step)
    silent = now - beat
    seen = _("terakhir terlihat %(minutes)s menit lalu") % {"minutes": int(silent.total_seconds() // 60)}
    state = State.GOOD if silent <= BEAT_LATE else State.LOOK if silent <= BEAT_LOST else State.BROKEN
    return HealthItem("worker", about, state, seen, "" if state is State.GOOD else step)


def _outbox() -> HealthItem:
    waiting = backlog()
    seen = _("%(count)s catatan belum ditindaklanjuti") % {"count": waiting}
    state = State.GOOD if waiting < BACKLOG_LATE else State.LOOK if waiting < BACKLOG_LOST else State.BROKEN
    step = "" if state is State.GOOD else _("Periksa pekerja latar; tindak lanjut tertinggal.")
    return HealthItem("outbox", _("Antrean tindak lanjut"), state, seen, step)


def _jobs() -> HealthItem:
    counts = jobs.state_counts()
    seen = _("%(waiting)s menunggu, %(parked)s tertahan") % {
        "waiting": counts[JobState.WAITING], "parked": counts[JobState.PARKED],
    }  # fmt: skip
    parked = bool(counts[JobState.PARKED])
    step = _("Buka halaman Pekerjaan dan lihat yang tertahan.") if parked else ""
    return HealthItem("jobs", _("Pekerjaan"), State.LOOK if parked else State.GOOD, seen, step)


def _schedule() -> HealthItem:
    failing = failing_schedule()
    if not failing:
        return HealthItem("schedule", _("Jadwal rutin"), State.GOOD, _("tidak ada yang gagal"))
    seen = _("gagal terakhir kali: %(names)s") % {"names": ", ".join(failing)}
    return HealthItem(
        "schedule", _("Jadwal rutin"), State.LOOK, seen, _("Buka halaman Pekerjaan untuk sebabnya.")
    )


def _notices() -> HealthItem:
    """Silence is the one fault an alert may not have: what could not be sent, and whether mail is set up at all."""
    about, failed = _("Pemberitahuan peringatan"), failed_notices()
    if failed:
        seen = _("%(count)s gagal terkirim pada peringatan yang berlaku") % {"count": failed}
        step = _("Buka peringatan itu, telepon penerimanya, lalu periksa server surel.")
        return HealthItem("notices", about, State.LOOK, seen, step)
    if not mail_is_ready():
        seen = _("surel belum disiapkan; peringatan hanya tampil di aplikasi")
        step = _("Isi KENTONGAN_SMTP_HOST: docs/production.md.")
        return HealthItem("notices", about, State.GOOD if is_demo() else State.LOOK, seen, step)
    return HealthItem("notices", about, State.GOOD, _("semua terkirim"))


def _audit_head(now: datetime) -> HealthItem:
    """The head in the database against the one kept in a file, and the age of the last line written down."""
    about = _("Rantai audit")
    try:
        # The file first: it is written after each commit, so a sound chain is never behind what it says.
        kept = heads.newest(settings.AUDIT_HEAD_DIR)
    except ValueError:
        seen = _("berkas head.json rusak")
        return HealthItem(
            "audit", about, State.BROKEN, seen, _("Jalankan: kentongan audit verify --file heads.jsonl.")
        )
    head = current_head()
    if head is None and kept is None:
        return HealthItem("audit", about, State.GOOD, _("masih kosong"))
    if fault := _head_fault(head, kept):
        return HealthItem(
            "audit", about, State.BROKEN, fault, _("Jalankan: kentongan audit verify. Jangan hapus apa pun.")
        )
    ends = head.seq if head else 0
    if kept is None or kept.seq < ends:
        last = kept.seq if kept else 0
        seen = _("berkas ujung tertinggal di %(kept)s, basis data di %(ends)s") % {"kept": last, "ends": ends}
        step = _("Muat ulang; bila tetap, periksa disk dan izin folder audit-head.")
        return HealthItem("audit", about, State.LOOK, seen, step)
    seen = _("%(count)s catatan; berkas ujung sama dengan basis data") % {"count": _number(ends)}
    written = _written_on(settings.AUDIT_HEAD_DIR / "heads.jsonl")
    if written is not None and now - written <= HEAD_LATE:
        return HealthItem("audit", about, State.GOOD, seen)
    step = _("Ujung belum dicatat dua hari. Jalankan pekerja latar, atau catat: kentongan audit head.")
    return HealthItem("audit", about, State.LOOK, seen, step)


def _head_fault(head: heads.Head | None, kept: heads.Head | None) -> str:
    """What cannot be by honest means: a database that ends before what was seen, or ends in another entry."""
    if kept is None:
        return ""
    ends = head.seq if head else 0
    if kept.seq > ends:
        return _("basis data berakhir di %(ends)s, berkas pernah melihat %(kept)s") % {
            "ends": ends,
            "kept": kept.seq,
        }
    if head is not None and kept.seq == ends and kept.mac != head.mac:
        return _("ujung %(seq)s berbeda antara berkas dan basis data") % {"seq": ends}
    return ""


def _number(value: int) -> str:
    return format_number(value, language=get_language() or "id")


def _written_on(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.utc)
    except FileNotFoundError:
        return None


def _regions() -> HealthItem:
    loaded = edition()
    if loaded is None:
        step = _("Jalankan: kentongan regions load.")
        return HealthItem("regions", _("Daftar wilayah"), State.BROKEN, _("belum dimuat"), step)
    seen = _("%(source)s %(version)s, %(count)s wilayah") % {
        "source": loaded.source, "version": loaded.version, "count": _number(sum(counts_by_level().values())),
    }  # fmt: skip
    return HealthItem("regions", _("Daftar wilayah"), State.GOOD, seen)


def _keys() -> HealthItem:
    """That every key is there and readable by its owner only. Their values are never read here."""
    about, folder = _("Berkas kunci"), settings.DATA_DIR / "keys"
    missing = [name for name in KEYS if not (folder / f"{name}.key").is_file()]
    if missing:
        seen = _("tidak ada: %(names)s") % {"names": ", ".join(missing)}
        return HealthItem("keys", about, State.BROKEN, seen, _("Pulihkan dari cadangan sebelum melanjutkan."))
    open_to_others = [name for name in KEYS if stat.S_IMODE((folder / f"{name}.key").stat().st_mode) & 0o077]
    if open_to_others:
        seen = _("terbaca pengguna lain: %(names)s") % {"names": ", ".join(open_to_others)}
        return HealthItem("keys", about, State.LOOK, seen, _("Batasi izin berkas kunci menjadi 600."))
    return HealthItem(
        "keys", about, State.GOOD, _("%(count)s kunci ada, terkunci untuk pemiliknya") % {"count": len(KEYS)}
    )


def _key_holders() -> HealthItem:
    """Two bodies, one key each: without both no reporter's identity can be sealed, so none is taken."""
    about = _("Pemegang kunci pelapor")
    held = {holder.slot: holder.body for holder in holders() if holder.until is None}
    missing = [slot for slot in ("A", "B") if slot not in held]
    if missing:
        seen = _("belum ada: kunci %(slots)s") % {"slots": ", ".join(missing)}
        return HealthItem(
            "holders", about, State.LOOK, seen, _("Buat dan daftarkan kedua kunci: kentongan keys ceremony.")
        )
    return HealthItem(
        "holders", about, State.GOOD, _("A: %(a)s; B: %(b)s") % {"a": held["A"], "b": held["B"]}
    )


def _readers() -> HealthItem:
    """A report about an office waits for a desk above that office: where none is connected, somebody must know."""
    about, unread = _("Laporan tentang pejabat"), without_a_reader(on=office_day())
    if not unread:
        return HealthItem("readers", about, State.GOOD, _("semua ada pembacanya"))
    seen = _("%(count)s menunggu tanpa pembaca") % {"count": unread}
    step = _("Hubungkan meja di tingkat lebih tinggi, atau beri tahu Inspektorat Provinsi dan Ombudsman.")
    return HealthItem("readers", about, State.LOOK, seen, step)


def _tls() -> HealthItem:
    if settings.TLS or getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return HealthItem("tls", _("HTTPS"), State.GOOD, _("menyala"))
    seen = _("mati; di luar komputer ini formulir luring, GPS, dan notifikasi tidak jalan")
    return HealthItem(
        "tls",
        _("HTTPS"),
        State.LOOK,
        seen,
        _("Pasang nginx atau Caddy di depannya: docs/production.md, bagian 4."),
    )


def _clock(now: datetime) -> HealthItem:
    domain = domain_now()
    moment = f"{domain:%Y-%m-%d %H:%M} UTC"
    if is_demo():
        return HealthItem(
            "clock",
            _("Jam"),
            State.GOOD,
            _("jam demo %(moment)s; jam mesin berjalan sendiri") % {"moment": moment},
        )
    if abs(domain - now) > timedelta(minutes=1):
        step = _("Periksa jam mesin ini dan penyelarasan waktunya.")
        return HealthItem(
            "clock", _("Jam"), State.LOOK, _("jam mesin melompat, kini %(moment)s") % {"moment": moment}, step
        )
    return HealthItem(
        "clock", _("Jam"), State.GOOD, _("jam mesin dan jam sistem sama, %(moment)s") % {"moment": moment}
    )
