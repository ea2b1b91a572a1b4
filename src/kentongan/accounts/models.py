"""Tables of the accounts stage: agencies with their jurisdictions, accounts, assignments, delegations, the throttle."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from kentongan.places.models import Region


class AgencyKind(models.TextChoices):
    """What an agency is; decides wording and defaults, never rights."""

    KESBANGPOL = "kesbangpol", "Badan Kesatuan Bangsa dan Politik"
    PIMPINAN = "pimpinan", "Kepala daerah dan sekretariat"
    KECAMATAN = "kecamatan", "Kecamatan"
    DESA = "desa", "Desa atau kelurahan"
    FKDM = "fkdm", "Forum Kewaspadaan Dini Masyarakat"
    POLRI = "polri", "Kepolisian"
    TNI = "tni", "TNI"
    KEJAKSAAN = "kejaksaan", "Kejaksaan"
    KPU = "kpu", "KPU dan jajaran"
    BAWASLU = "bawaslu", "Bawaslu dan jajaran"
    DISKOMINFO = "diskominfo", "Dinas Komunikasi dan Informatika"
    SATPOL_PP = "satpol_pp", "Satuan Polisi Pamong Praja"
    BPBD = "bpbd", "Badan Penanggulangan Bencana Daerah"
    FKUB = "fkub", "Forum Kerukunan Umat Beragama"
    DINAS = "dinas", "Dinas lain"
    PENGAWAS = "pengawas", "Lembaga pengawas"
    KAMPUS = "kampus", "Perguruan tinggi"


class Agency(models.Model):
    """An office. Its jurisdiction is a set of regions, not a region: two Polres may share one kabupaten."""

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="agency_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="agency_named"),
        ]


class AreaRelation(models.TextChoices):
    OWN = "own"
    NEIGHBOUR = "neighbour"


class AgencyArea(models.Model):
    """One region of an agency's jurisdiction, or a neighbour whose verified events it may watch."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="areas")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=10, choices=AreaRelation.choices, default=AreaRelation.OWN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "region"], name="agency_area_once"),
            models.CheckConstraint(
                condition=Q(relation__in=AreaRelation.values), name="agency_area_relation_known"
            ),
        ]


class AccountStore(BaseUserManager["Account"]):
    """Accounts are made by `accounts.actions.create_account` alone; this only finds them."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=username)


class Account(AbstractBaseUser):
    """A person who signs in. Known by office, not by biography: no birth date, no NIK, no address, no last log-in."""

    # The time of the last log-in beside the time of a report would say who sent it: it is not stored.
    last_login = None
    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=20, unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="id")
    must_change_password = models.BooleanField(default=False)
    created_on = models.DateField()

    objects = AccountStore()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="account_has_email_or_phone"
            ),
        ]

    def __str__(self) -> str:
        return f"akun:{self.pk}"


class Assignment(models.Model):
    """An account holds a role at an agency from a day on, until a day or until further notice."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30)
    title = models.CharField(max_length=80, blank=True, default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="assignment_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["account", "agency", "role"],
                condition=Q(valid_until=None),
                name="assignment_once_while_open",
            ),
        ]


class DelegationKind(models.TextChoices):
    PLH = "plh", "Pelaksana harian (Plh.)"
    PLT = "plt", "Pelaksana tugas (Plt.)"


class Delegation(models.Model):
    """One office-holder's role exercised by another for a time. It always ends by itself on its last day."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="delegations")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations")
    kind = models.CharField(max_length=3, choices=DelegationKind.choices)
    starts = models.DateField()
    ends = models.DateField()
    reason = models.CharField(max_length=200)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="delegation_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=DelegationKind.values), name="delegation_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="delegation_has_reason"),
        ]


class LoginAttempt(models.Model):
    """A token bucket for log-ins: a keyed hash that nobody can turn back into an address, kept for 24 hours."""

    tag = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    forget_after = models.DateTimeField(db_index=True)
