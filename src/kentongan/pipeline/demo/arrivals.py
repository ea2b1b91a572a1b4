"""What waits in the demo's inbox at 08.15: one night of arrivals, through the same door that offices use.

Seven weak signs of one story from three villages, one rumour that three people passed on, a street lamp, a boundary
stone, a firework, a lawful demonstration, a report about a village office, and one without a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from kentongan.accounts.actors import Actor
from kentongan.intake.actions import Sender, receive_report, reporter
from kentongan.intake.decisions import Draft
from kentongan.places.keys import key_of

SATURDAY = date(2026, 11, 14)
RUMOUR = "Tiga kontainer surat suara sudah dicoblos dari luar. Sebarkan sebelum dihapus!"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One arrival: how many minutes before the demo begins, by which door, from where, and what it says."""

    minutes: int
    channel: str
    area: str
    text: str
    tile: str = ""
    knowledge: str = ""
    happens: str = ""
    happens_on: date | None = None
    ongoing: str = ""
    danger: str = ""
    note: str = ""
    accused: str = ""
    member: bool = False  # sent by the FKDM member of the role chooser


ARRIVALS: tuple[Arrival, ...] = (
    Arrival(
        84,
        "paste",
        "99.01.01.2001",
        "Kabarnya Sabtu malam mau konvoi lewat tugu. Anak-anak sudah diajak kumpul di perempatan dusun. "
        "Tolong dipantau.",
        knowledge="heard",
    ),
    Arrival(
        95,
        "phone",
        "99.01.01.2001",
        "Ada ajakan kumpul di perempatan, bawa bendera perguruan. Katanya mau balas coretan di tugu.",
        tile="antarkelompok",
        knowledge="heard",
        happens="upcoming",
        happens_on=SATURDAY,
        ongoing="no",
        danger="unknown",
        note="perempatan Dsn Kukusan Wetan",
        member=True,
    ),
    Arrival(
        110,
        "form",
        "99.01.01.2003",
        "Pemuda dari dua perguruan saling ejek di warung. Ada yang bilang Sabtu malam akan diselesaikan di tugu.",
        tile="antarkelompok",
        knowledge="saw",
        happens="upcoming",
        happens_on=SATURDAY,
        ongoing="no",
        danger="no",
    ),
    Arrival(
        137,
        "desk",
        "99.01.04.2001",
        "Lampu jalan mati tiga malam di tikungan dekat jembatan. Gelap, mohon diperbaiki.",
        tile="bencana_lainnya",
        knowledge="saw",
        happens="now",
    ),
    Arrival(165, "form", "99.01.05", RUMOUR, tile="hoaks", knowledge="read", happens="now"),
    Arrival(166, "paste", "99.01.05.2001", RUMOUR, tile="hoaks", knowledge="read"),
    Arrival(171, "form", "99.01.03.2002", RUMOUR, tile="hoaks", knowledge="read", happens="now"),
    Arrival(
        168,
        "phone",
        "99.01.05.2002",
        "Selebaran soal calon kades ditempel di pasar malam-malam. Isinya menghina salah satu calon. "
        "Pendukungnya marah.",
        tile="pemilihan",
        knowledge="saw",
        happens="earlier",
        ongoing="no",
        danger="no",
    ),
    Arrival(
        184,
        "desk",
        "99.01.03.2001",
        "Patok batas sawah dipindah lagi. Dua keluarga besar saling ancam, mohon dilihat sebelum musim tanam.",
        tile="lahan_desa",
        knowledge="saw",
        happens="now",
        ongoing="yes",
        danger="no",
    ),
    Arrival(
        200,
        "form",
        "99.01.02.2002",
        "Perangkat desa mendatangi warga dan menekan supaya memilih calon tertentu. Yang menolak diancam tidak "
        "dapat bantuan.",
        tile="ancaman",
        knowledge="saw",
        happens="earlier",
        ongoing="yes",
        danger="no",
        accused="desa",
    ),
    Arrival(
        671,
        "form",
        "99.01.07",
        "Suara letusan beruntun sekitar jam sembilan, mungkin kembang api hajatan.",
        tile="bencana_lainnya",
        knowledge="heard",
        happens="earlier",
    ),
    Arrival(
        695, "paste", "", "Grup ramai. Malam ini diminta jangan lewat jalan barat, katanya ada yang mencegat."
    ),
    Arrival(
        740,
        "form",
        "99.01.04",
        "Kamis depan warga akan unjuk rasa damai di kantor bupati soal jalan rusak, sudah ada surat pemberitahuan.",
        tile="massa_bentrok",
        knowledge="read",
        happens="upcoming",
    ),
    Arrival(
        775,
        "phone",
        "99.01.01.2002",
        "Tugu perguruan dicoret cat putih semalam. Warga minta kedua pihak menahan diri.",
        tile="antarkelompok",
        knowledge="saw",
        happens="earlier",
        ongoing="no",
        danger="no",
    ),
)


def arrive(*, member: Actor, desk: int, start: datetime) -> None:
    """Send them all, oldest first."""
    for number, arrival in sorted(enumerate(ARRIVALS), key=lambda pair: -pair[1].minutes):
        at = start - timedelta(minutes=arrival.minutes)
        draft = _draft(number, arrival)
        sender = (
            reporter(member, draft, area=draft.area, at=at)
            if arrival.member and draft.area is not None
            else Sender.public()
        )
        receive_report(draft, sender=sender, desk=desk, at=at)


def _draft(number: int, arrival: Arrival) -> Draft:
    return Draft(
        uuid5(NAMESPACE_URL, f"kentongan:peragaan:masuk:{number}"),
        arrival.channel,
        arrival.text,
        area=key_of(arrival.area) if arrival.area else None,
        tile=arrival.tile,
        place_note=arrival.note,
        knowledge=arrival.knowledge,
        happens=arrival.happens,
        happens_on=arrival.happens_on,
        ongoing=arrival.ongoing,
        danger=arrival.danger,
        accused=arrival.accused,
    )
