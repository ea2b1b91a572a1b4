"""Administrasi: the way to everything a role may look after, one line each with what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.web.routing import StaffRequest, route


@dataclass(frozen=True, slots=True)
class Door:
    """One page of the administration: shown to whoever holds its permission."""

    name: str
    icon: str
    title: Any
    purpose: Any
    need: Permission


DOORS: Sequence[tuple[Any, Sequence[Door]]] = (
    (
        gettext_lazy("Orang dan instansi"),
        (
            Door(
                "accounts", "users", gettext_lazy("Akun"),
                gettext_lazy("Siapa bekerja di sini, dengan peran apa, sampai kapan."), Permission.ACCOUNT_READ,
            ),
            Door(
                "agencies", "flag2", gettext_lazy("Instansi"),
                gettext_lazy("Kantor yang terlibat dan wilayah kerjanya."), Permission.AGENCY_READ,
            ),
            Door(
                "roles", "list", gettext_lazy("Peran"),
                gettext_lazy("Apa yang boleh dilakukan dan dilihat tiap peran."), Permission.POLICY_READ,
            ),
            Door(
                "delegations", "refer", gettext_lazy("Plh. dan Plt."),
                gettext_lazy("Siapa menggantikan siapa, sampai tanggal berapa."), Permission.ACCOUNT_DELEGATE,
            ),
        ),
    ),
    (
        gettext_lazy("Acuan"),
        (
            Door(
                "regions", "map", gettext_lazy("Wilayah"),
                gettext_lazy("Kode resmi provinsi sampai desa, nama lain, dan pulau."), Permission.REGION_READ,
            ),
            Door(
                "policy", "scale", gettext_lazy("Aturan"),
                gettext_lazy("Jenis peristiwa, tingkat peringatan, masa simpan, ambang, dan asalnya."),
                Permission.POLICY_READ,
            ),
            Door(
                "retention", "archive", gettext_lazy("Masa simpan"),
                gettext_lazy("Berapa lama catatan disimpan, dan bukti penghapusannya."), Permission.POLICY_READ,
            ),
        ),
    ),
    (
        gettext_lazy("Mesin"),
        (
            Door(
                "health", "wave", gettext_lazy("Kesehatan"),
                gettext_lazy("Basis data, disk, pekerja, rantai audit, kunci: baik atau perlu dilihat."),
                Permission.HEALTH_READ,
            ),
            Door(
                "jobs", "task", gettext_lazy("Pekerjaan"),
                gettext_lazy("Yang menunggu, yang tertahan, dan jadwal rutin."), Permission.JOB_READ,
            ),
        ),
    ),
    (
        gettext_lazy("Keterbukaan"),
        (
            Door(
                "audit_own", "eye", gettext_lazy("Siapa melihat apa"),
                gettext_lazy("Jejak Anda sendiri, dan yang boleh Anda awasi."), Permission.AUDIT_OWN,
            ),
        ),
    ),
)  # fmt: skip


def administration(request: StaffRequest) -> HttpResponse:
    """The doors that open to the reader, in groups; an empty group is left out."""
    groups = [(title, [door for door in doors if request.actor.may(door.need)]) for title, doors in DOORS]
    return render(request, "administration/hub.html", {"groups": [group for group in groups if group[1]]})


ROUTES: list[URLPattern] = [
    route("administrasi/", administration, name="administration", need=Permission.POLICY_READ),
]
