"""Reports that speak of the same thing in other words: compared when asked, inside the reader's scope, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from kentongan.accounts.scopes import Scope
from kentongan.analysis.text.duplicates import ContentPrint, content_print, similarity
from kentongan.analysis.text.normalise import comparison_key
from kentongan.intake.models import Report, ReportState
from kentongan.places.fields import in_any_region
from kentongan.places.keys import Level, key_at, level_of_key, range_of_key
from kentongan.policy import policy_on

MOST = 20
MOST_COMPARED = 600  # the newest; a kabupaten in an ordinary fortnight has fewer
SHORT = 40  # words; runs of four words say nothing about texts this short
SHORTEST_WORD = 4  # letters; what is shorter ("di", "ada", "yg") is in every report


@dataclass(frozen=True, slots=True)
class Similar:
    """Another report, and the share of words the two have in common, 0 to 1."""

    report: Report
    share: float


def similar_to(report: Report, scope: Scope, *, now: datetime) -> list[Similar]:
    """Reports of the same kabupaten and the last days with enough words in common, the most alike first, at most 20."""
    thresholds = policy_on(now.date()).thresholds
    since = now - timedelta(days=thresholds["similar_days"])
    near = Report.objects.in_scope(scope).filter(_near(report), received_at__gte=since, received_at__lte=now)
    others = near.exclude(pk=report.pk).exclude(state=ReportState.WITHDRAWN).filter(erased_on=None)
    texts = others.order_by("-pk").values_list("pk", "title", "text_masked")[:MOST_COMPARED]
    own = _Said.of(f"{report.title} {report.text_masked}")
    shares = {number: own.share_with(_Said.of(f"{title} {text}")) for number, title, text in texts}
    best = sorted(
        (number for number, share in shares.items() if share >= thresholds["similar_share"]),
        key=lambda number: (-shares[number], -number),
    )[:MOST]
    rows = Report.objects.in_scope(scope).in_bulk(best)
    return [Similar(rows[number], shares[number]) for number in best]


def alike(one: str, other: str) -> float:
    """The share of what two texts have in common: runs of four words where both are long, else single words."""
    return _Said.of(one).share_with(_Said.of(other))


@dataclass(frozen=True)
class _Said:
    """What a text is compared by; each part is made once, when it is first needed."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Said:
        return cls(text, tuple(comparison_key(text).split()))

    @cached_property
    def runs(self) -> ContentPrint:
        return content_print(self.text)

    @cached_property
    def telling(self) -> frozenset[str]:
        return frozenset(word for word in self.words if len(word) >= SHORTEST_WORD)

    def share_with(self, other: _Said) -> float:
        if min(len(self.words), len(other.words)) >= SHORT:
            return similarity(self.runs, other.runs)
        return _jaccard(self.telling, other.telling)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _near(report: Report) -> Q:
    """The same kabupaten; a report without a place, or placed only at a province, is compared with its desk's others."""
    if report.area is not None and level_of_key(report.area) >= Level.REGENCY:
        return in_any_region("area", [range_of_key(key_at(report.area, Level.REGENCY))])
    return Q(desk_id=report.desk_id)
