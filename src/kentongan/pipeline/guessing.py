"""What the kernels find in a text, as grey suggestions: place, dates, flags, kind; each with the words it rests on.

An article is read for the place it is about anywhere in the country; a message first for the villages of the area it
came from.  Nothing here places, types or declines a report: a person does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import AgencyArea, AreaRelation
from kentongan.accounts.scopes import Scope
from kentongan.analysis.text.dates import DateSuggestion
from kentongan.analysis.text.kind_words_id import INDONESIAN_KINDS
from kentongan.analysis.text.kinds import KindReading, KindSuggestion, read_kinds
from kentongan.analysis.text.messages import place_in_message
from kentongan.analysis.text.normalise import clean_text
from kentongan.analysis.text.place_choice import PlaceSuggestion
from kentongan.analysis.text.reading import ArticleReading, TextFlag, read_article
from kentongan.analysis.text.spans import TextSpan
from kentongan.analysis.text.terms_id import INDONESIAN
from kentongan.intake.actions import keep_suggestions
from kentongan.intake.decisions import Guess
from kentongan.intake.models import Report
from kentongan.intake.queries import report_in
from kentongan.pipeline.gazetteers import gazetteer, gazetteer_inside, place_name
from kentongan.places.keys import Level, RegionRange, code_of, key_at, level_of_key, level_of_range

METHOD = "baca-1"  # place, dates and flags
KIND_METHOD = "aturan-2"
_LEAD = 900  # characters: an article says at its beginning what happened, and below what might happen
_MOST_SPANS = 5


@dataclass(frozen=True, slots=True)
class TextReading:
    """One text as it was read: the article kernels' reading, with a message's place, and the kind."""

    article: ArticleReading
    kinds: KindReading

    @property
    def guesses(self) -> list[Guess]:
        """What a reading suggests, each with the words it rests on; nothing without words."""
        found = [*_article_guesses(self.article), *_kind_guesses(self.kinds)]
        return [guess for guess in found if guess.evidence or guess.kind == "flags"]


def read_article_text(text: str, *, within: Sequence[str] = ()) -> TextReading:
    """Read a page of news.  `within` are codes of the desk's areas: they decide only what the page leaves open."""
    article = read_article(text, gazetteer=gazetteer(), terms=INDONESIAN)
    if article.place is None and within:
        article = _with_near_place(article, within)
    lead = f"{article.title or ''}\n{article.body}"[:_LEAD]
    return TextReading(article, read_kinds(clean_text(lead), words=INDONESIAN_KINDS))


def read_message_text(text: str, *, within: Sequence[str] = ()) -> TextReading:
    """Read a message.  Villages inside `within` come first, unless the text names a region elsewhere."""
    article = read_article(text, gazetteer=gazetteer(), terms=INDONESIAN)
    if within and (article.place is None or _holds(within, article.place.code)):
        article = _with_near_place(article, within)
    return TextReading(article, read_kinds(article.text, words=INDONESIAN_KINDS))


def suggest_for_report(number: int, *, at: datetime) -> int:
    """Read a stored report's masked text and keep what is found as suggestions; returns how many are new."""
    report = report_in(Scope.system("membaca laporan"), number)
    if not report.text_masked:
        return 0  # erased in the meantime
    reading = reading_of(report)
    return keep_suggestions(report.pk, reading.guesses, at=at, by=Actor.of_system("pembaca"))


def reading_of(report: Report) -> TextReading:
    """How a stored report is read: by its channel, and from the area it is known to concern."""
    within = within_of(report.area, desk=report.desk_id)
    if report.channel == "article":
        reading = read_article_text(report.text_masked, within=within)
    else:
        text = f"{report.title}\n{report.text_masked}" if report.title else report.text_masked
        reading = read_message_text(text, within=within)
    return reading if report.area is None else replace(reading, article=_placed(reading.article))


def within_of(area: int | None, *, desk: int | None) -> tuple[str, ...]:
    """Codes of the areas in which names are sought first: the kabupaten of a known place, else those of the desk."""
    if area is not None and level_of_key(area) >= Level.REGENCY:
        return (code_of(key_at(area, Level.REGENCY), Level.REGENCY),)
    if area is not None:
        return (code_of(area, Level.PROVINCE),)
    if desk is None:
        return ()
    rows = AgencyArea.objects.filter(agency_id=desk, relation=AreaRelation.OWN).order_by("region__key")
    return within_of_ranges(
        RegionRange(low, high) for low, high in rows.values_list("region__key", "region__range_end")
    )


def within_of_ranges(ranges: Iterable[RegionRange]) -> tuple[str, ...]:
    """The same for ranges: a finer area is widened to its kabupaten, because people report across the stream."""
    levels = ((part.low, min(level_of_range(part), Level.REGENCY)) for part in ranges)
    return tuple(dict.fromkeys(code_of(key_at(low, level), level) for low, level in levels))


def date_plain(date: DateSuggestion) -> dict[str, object]:
    """A date as it is stored and printed: its words, every reading, and whether they disagree."""
    return {
        "text": date.evidence[0].text if date.evidence else "",
        "alternatives": [reading.iso() for reading in date.alternatives],
        "ambiguous": date.is_ambiguous_day,
    }


def _placed(article: ArticleReading) -> ArticleReading:
    """The reading of a text whose place a person has said: that it names none is no warning."""
    return replace(article, flags=tuple(flag for flag in article.flags if flag is not TextFlag.NO_PLACE))


def _holds(within: Sequence[str], code: str) -> bool:
    """Whether a place lies in one of the areas, or holds one."""
    return any(code == area or code.startswith(f"{area}.") or area.startswith(f"{code}.") for area in within)


def _with_near_place(article: ArticleReading, within: Sequence[str]) -> ArticleReading:
    near = gazetteer_inside(tuple(within))
    found = place_in_message(article.text, near=near, terms=INDONESIAN.places)
    if found is None or (article.place is not None and article.place.code.startswith(f"{found.code}.")):
        return article
    return replace(_placed(article), place=found)


def _article_guesses(reading: ArticleReading) -> list[Guess]:
    guesses = []
    if reading.place is not None:
        guesses.append(Guess("place", _place_plain(reading.place), _words(reading.place.evidence), METHOD))
    if reading.dates:
        evidence: list[object] = [span.text for date in reading.dates for span in date.evidence[:1]]
        guesses.append(Guess("dates", [date_plain(date) for date in reading.dates], evidence[:8], METHOD))
    if reading.flags:
        spans = [span for date in reading.dates if date.is_ambiguous_day for span in date.evidence[:1]]
        signs = _words([*spans, *reading.quality.evidence])
        guesses.append(Guess("flags", [flag.value for flag in reading.flags], signs, METHOD))
    return guesses


def _place_plain(place: PlaceSuggestion) -> dict[str, object]:
    return {
        "code": place.code,
        "name": place_name(place.code),
        "score": round(place.score, 3),
        "alternatives": [
            {"code": other.code, "name": place_name(other.code)} for other in place.alternatives[:_MOST_SPANS]
        ],
    }


def _kind_guesses(kinds: KindReading) -> list[Guess]:
    named = (("type", kinds.type), ("tile", kinds.tile), ("hint", kinds.hint))
    return [
        Guess(kind, _kind_plain(found), _words(found.evidence), KIND_METHOD)
        for kind, found in named
        if found is not None
    ]


def _kind_plain(found: KindSuggestion) -> dict[str, object]:
    return {
        "code": found.code,
        "score": found.score,
        "alternatives": [{"code": code, "score": score} for code, score in found.alternatives],
    }


def _words(spans: Sequence[TextSpan]) -> list[object]:
    """The words of a finding, each once, in the order of the text."""
    words: list[object] = []
    words.extend(dict.fromkeys(span.text for span in spans))
    return words[: _MOST_SPANS + 1]
