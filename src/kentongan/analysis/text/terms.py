"""The types of the word lists that the kernels are given; the Indonesian lists are in `terms_id`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kentongan.analysis.text.place_names import Cue, PlaceAlias


@dataclass(frozen=True, slots=True)
class ArticleTerms:
    """Regular expressions, matched without regard to case, for lines that are not the article.

    `links`: lines that point to other articles.  `stamps`: counters and notices that may carry the day or
    year of publication.  `boilerplate`: page furniture.  `tails`: furniture glued to the end of a good line.
    """

    links: tuple[str, ...]
    stamps: tuple[str, ...]
    boilerplate: tuple[str, ...]
    tails: tuple[str, ...]


@dataclass(frozen=True)
class PlaceTerms:
    """Words around place names; all single words are comparison keys (lower case, letters only).

    `cues`: word before a name and what it says.  `fillers`: words allowed between cue and name.  `locatives`:
    "di" and the like.  `institutions`: words whose own names contain a place that is not the place meant, up
    to four words on. `attached_before`, `attached_after`: the same for the directly neighbouring word
    (newspapers, streets, clubs). `common_words`: names of regions that are ordinary words and count only with
    a cue or as dateline. `press_centres`: codes of capitals, where much is said and little happens.
    """

    cues: Mapping[str, Cue]
    fillers: frozenset[str]
    locatives: frozenset[str]
    institutions: frozenset[str]
    attached_before: frozenset[str]
    attached_after: frozenset[str]
    common_words: frozenset[str]
    press_centres: frozenset[str]
    aliases: tuple[PlaceAlias, ...]


@dataclass(frozen=True, slots=True)
class OfficialName:
    """A name of several words that has a fixed wording, with its fixed short form ("" when it has none)."""

    name: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class OfficialTitle:
    """The title of a regulation, known by number and year."""

    number: str
    year: int
    title: str


@dataclass(frozen=True, slots=True)
class Mistranslation:
    """A known slip of machine translation: `wrong` stands where `right` is meant.

    It counts only next to (within two words of) one of `beside`; an empty `beside` means anywhere.
    """

    wrong: str
    right: str
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QualityTerms:
    """What official Indonesian text looks like.

    `words`: single-word official terms.  `known_words`: words near to them that are right as well.  `names`:
    fixed names of several words.  `titles`: titles of regulations.  `doublings`: ordinary doubled words
    ("undang").
    """

    words: tuple[str, ...]
    known_words: frozenset[str]
    names: tuple[OfficialName, ...]
    titles: tuple[OfficialTitle, ...]
    mistranslations: tuple[Mistranslation, ...]
    doublings: frozenset[str]


@dataclass(frozen=True, slots=True)
class TextTerms:
    """Everything `read_article` must know of a language."""

    article: ArticleTerms
    places: PlaceTerms
    quality: QualityTerms
