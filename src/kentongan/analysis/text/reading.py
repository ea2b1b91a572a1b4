"""Reading one page of text: the way into this package.

Article, place, dates and quality, each with the words it rests on.  Everything here is a suggestion for the
intake stage; no event is made from it.  The same text, gazetteer and terms always give the same reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kentongan.analysis.text.article import Article, LineRole, split_article
from kentongan.analysis.text.dates import DateSuggestion, find_dates, full_years, named_years
from kentongan.analysis.text.duplicates import ContentPrint, content_print
from kentongan.analysis.text.gazetteer import Gazetteer
from kentongan.analysis.text.place_choice import PlaceSuggestion, suggest_place
from kentongan.analysis.text.quality import TextQuality, text_quality
from kentongan.analysis.text.terms import TextTerms

_MOST_YEARS = 4


class TextFlag(StrEnum):
    """What a person should know before trusting the reading."""

    DOUBLED_BODY = "isi_ganda"
    LOW_QUALITY = "teks_bermutu_rendah"
    AMBIGUOUS_DATE = "tanggal_ambigu"
    NO_PLACE = "tanpa_tempat"


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What a text says, as far as rules can tell.

    `text` is the cleaned page on which all evidence spans count.  `place` is None when the text supports no
    region. `dates` are those of title and body; `published` is the day of a counter or copyright line (None
    without one). `collapsed_paragraphs` counts paragraphs printed again and left out.  `content` is for
    finding copies.
    """

    text: str
    title: str | None
    body: str
    place: PlaceSuggestion | None
    dates: tuple[DateSuggestion, ...]
    published: DateSuggestion | None
    quality: TextQuality
    flags: tuple[TextFlag, ...]
    collapsed_paragraphs: int
    content: ContentPrint


def read_article(
    raw: str, *, gazetteer: Gazetteer, terms: TextTerms, context_year: int | None = None
) -> ArticleReading:
    """Read any text; nothing raises, what cannot be told stays missing.

    `context_year` is the year of dates without one, when the caller knows it (from a feed, say).
    """
    article = split_article(raw, terms=terms.article)
    readable = article.readable
    stamps = article.blanked(LineRole.STAMP)
    dates = find_dates(readable, years=_years(readable, stamps=stamps, context_year=context_year))
    place = suggest_place(readable, gazetteer=gazetteer, terms=terms.places, title_end=article.title_end)
    # Links to other articles tell nothing about this one's place, but the same machine wrote them.
    prose = article.blanked(LineRole.TITLE, LineRole.BODY, LineRole.LINK)
    quality = text_quality(prose, terms=terms.quality)
    return ArticleReading(
        text=article.text,
        title=article.title,
        body=article.body,
        place=place,
        dates=dates,
        published=next((one for one in find_dates(stamps) if one.alternatives[0].exact is not None), None),
        quality=quality,
        flags=_flags(article, dates=dates, quality=quality, place=place),
        collapsed_paragraphs=article.collapsed,
        content=content_print(article.body),
    )


def _years(readable: str, *, stamps: str, context_year: int | None) -> set[int]:
    """The caller knows best, then the day the page was published, then full dates of the text, then any year.

    A chronicle that names many years says nothing about its dates without one.
    """
    if context_year is not None:
        return {context_year}
    years = full_years(stamps) or full_years(readable) or named_years(stamps) | named_years(readable)
    return years if len(years) <= _MOST_YEARS else set()


def _flags(
    article: Article,
    *,
    dates: tuple[DateSuggestion, ...],
    quality: TextQuality,
    place: PlaceSuggestion | None,
) -> tuple[TextFlag, ...]:
    raised = {
        TextFlag.DOUBLED_BODY: article.is_doubled,
        TextFlag.LOW_QUALITY: quality.is_low,
        TextFlag.AMBIGUOUS_DATE: any(one.is_ambiguous_day for one in dates),
        TextFlag.NO_PLACE: place is None,
    }
    return tuple(flag for flag, is_raised in raised.items() if is_raised)
