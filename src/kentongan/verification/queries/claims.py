"""The claims desk: what is being said, in which state, carried by how many reports that the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.intake.models import Report, TriageOutcome
from kentongan.verification.models import Claim, ClaimReport


def claims_in(scope: Scope) -> QuerySet[Claim]:
    """Claims of the scope, the newest first; one whose reports were all taken back into the inbox is none."""
    carried = ClaimReport.objects.filter(claim=OuterRef("pk"), report__triage_outcome=TriageOutcome.CLAIM)
    rows: QuerySet[Claim] = Claim.objects.in_scope(scope).filter(Exists(carried)).select_related("desk")
    return rows.order_by("-created_at", "-pk")


def claim_in(scope: Scope, number: int) -> Claim:
    """One claim inside the scope; what lies outside is not even said to exist."""
    found = claims_in(scope).filter(pk=number).first()
    if found is None:
        raise Problem("verification.claim_unknown", number=number)
    return found


def reports_of_claims(claims: Iterable[Claim], scope: Scope) -> Mapping[int, list[int]]:
    """The numbers of the reports that carry each claim, those of the scope alone, by claim."""
    seen = Report.objects.in_scope(scope).filter(triage_outcome=TriageOutcome.CLAIM)
    links = ClaimReport.objects.filter(
        claim__in=[claim.pk for claim in claims], report__in=seen.values("pk")
    ).order_by("report_id")
    carried: dict[int, list[int]] = defaultdict(list)
    for claim, report in links.values_list("claim_id", "report_id"):
        carried[claim].append(report)
    return carried
