"""Pekerjaan: what follows an action, what runs by the clock, and what is stuck and waits for a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.edge import jobs
from kentongan.edge.clocks import machine_now
from kentongan.pipeline.actions import rerun_job
from kentongan.pipeline.flow import FLOW
from kentongan.pipeline.queries import schedule_rows
from kentongan.web.audit_sentences import sentence
from kentongan.web.routing import StaffRequest, route

SECTION = "administration"
PAGE_ROWS = 25

# What a job does, in words; a kind without words is shown by its name.
JOB_WORDS = {
    "intake.suggest": gettext_lazy("membaca naskah dan menyarankan tempat dan tanggal"),
    "intake.process_photo": gettext_lazy("membersihkan foto dan membuat gambar kecilnya"),
    "alerts.stand_down_after_outcome": gettext_lazy("menyatakan aman peringatan peristiwa itu"),
    "documents.render": gettext_lazy("menyusun berkas laporan"),
}
# Why a job is stuck, by what its record says; the record names classes and codes, never what somebody wrote.
_REASONS = (
    (re.compile(r"^Problem "), gettext_lazy("Ditolak oleh aturan; perbaiki datanya, lalu jalankan lagi.")),
    (re.compile(r"worker vanished"), gettext_lazy("Pekerja berhenti sebelum selesai; jalankan lagi.")),
    (
        re.compile(r"OperationalError|InterfaceError"),
        gettext_lazy("Basis data tidak menjawab; periksa kesehatan."),
    ),
    (
        re.compile(r"Timeout|Connect|Network|OSError"),
        gettext_lazy("Tujuan di luar tidak menjawab; coba lagi nanti."),
    ),
    (
        re.compile(r"does not know the job"),
        gettext_lazy("Versi ini tidak mengenalnya; pasang versi yang sesuai."),
    ),
)


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A job that waits for a person, in words."""

    number: int
    kind: str
    work: str
    about: str
    tries: int
    since: datetime
    reason: str
    record: str


def jobs_page(request: StaffRequest) -> HttpResponse:
    """Counts, stuck jobs, the schedule and the flow."""
    page = Paginator(jobs.parked(), PAGE_ROWS).get_page(request.GET.get("page"))
    facts = {
        "counts": {state.value: number for state, number in jobs.state_counts().items()},
        "page": page,
        "parked": [_parked_line(job) for job in page],
        "may_rerun": request.actor.may(Permission.JOB_RERUN),
        "schedule": schedule_rows(language=get_language() or "id"),
        "flow": [
            (code, sentence(code), [(kind, job_words(kind)) for kind in kinds])
            for code, kinds in FLOW.items()
        ],
        "machine": machine_now(),
    }
    return render(request, "jobs/jobs.html", facts)


def rerun(request: StaffRequest, number: int) -> HttpResponse:
    """Run a stuck job again, with all its tries."""
    rerun_job(number, by=request.actor, at=request.now, machine=machine_now())
    messages.success(request, _("Pekerjaan %(number)s dijalankan lagi.") % {"number": number})
    return redirect("jobs")


def job_words(kind: str) -> str:
    """What a job does; its name when nobody has put it into words."""
    return str(JOB_WORDS.get(kind, kind))


def reason_of(record: str) -> str:
    """Why a job is stuck, in a sentence with the next step."""
    for pattern, words in _REASONS:
        if pattern.search(record):
            return str(words)
    return _("Galat yang belum dikenal; teruskan catatan teknisnya kepada pengembang.")


def _parked_line(job: Any) -> ParkedLine:
    subject = job.values.get("subject", "") if isinstance(job.values, dict) else ""
    return ParkedLine(
        number=job.pk,
        kind=job.kind,
        work=job_words(job.kind),
        about=str(subject),
        tries=job.tries,
        since=job.created,
        reason=reason_of(job.last_error),
        record=job.last_error,
    )


ROUTES: list[URLPattern] = [
    route("pekerjaan/", jobs_page, name="jobs", need=Permission.JOB_READ, section=SECTION),
    route(
        "pekerjaan/<int:number>/jalankan/",
        rerun,
        name="job_rerun",
        need=Permission.JOB_RERUN,
        methods=("POST",),
        section=SECTION,
    ),
]
