"""From mentions to one suggested region for a whole report, or to none.

Each mention carries a weight: an administrative word before the name counts most, a capital where journalists
sit counts little.  A name shared by several regions splits its weight, mostly to those whose kabupaten or
province is named too.  Desa and kecamatan count for the kabupaten that holds them.  The level is the one the
text supports; when places tie, or are only listed, nothing is suggested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kentongan.analysis.text.gazetteer import Gazetteer
from kentongan.analysis.text.mentions import PlaceMention, find_mentions
from kentongan.analysis.text.place_names import Cue, Level
from kentongan.analysis.text.spans import TextSpan
from kentongan.analysis.text.terms import PlaceTerms

# Weights in "bare mentions"; set by hand on the method of cue words, hierarchy and voting, not learned.
_ADMINISTRATIVE = 3.0
_DATELINE = 2.5
_OFFICE = 2.0
_LOCATED = 1.5
_BARE = 1.0
_IN_TITLE = 1.5  # factor
_PRESS_CENTRE = 0.2  # factor for a bare mention or dateline of a capital
_PRESS_CENTRE_LOCATED = 0.5  # the same after "di": twice "di" the capital is enough, once is not
_INSIDE = 0.5  # share of a kecamatan's or desa's weight that counts for the kabupaten
_KABUPATEN_NAMED = 6.0
_PROVINCE_NAMED = 4.0
_HOLDS_NAMED = 2.0
_LEAST = 1.5  # below this sum nothing is suggested
_PROVINCE_OUTWEIGHS = (
    2.0  # a province is meant when it weighs more than this many times its heaviest kabupaten
)
_LIST_SIZE = 4
_LIST_SHARE = 0.35
_ALTERNATIVES = 8
_TIE = 1e-6  # float sums of the same weights in another order differ by less


@dataclass(frozen=True, slots=True)
class PlaceAlternative:
    """Another region that the text names: code, name, level, its share of the weight (0 to 1), and where it
    is named."""

    code: str
    name: str
    level: int
    score: float
    evidence: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class PlaceSuggestion:
    """The suggested region of a report.

    `score` is its weight over its weight and that of its strongest rival outside it (0.5 to 1; 1 means no
    rival); it is not a probability.  `alternatives` are other regions named, heaviest first; finer places
    inside the suggested region are among them and have a longer code.
    """

    code: str
    name: str
    level: int
    score: float
    evidence: tuple[TextSpan, ...]
    alternatives: tuple[PlaceAlternative, ...] = ()


def suggest_place(
    text: str, *, gazetteer: Gazetteer, terms: PlaceTerms, title_end: int = 0
) -> PlaceSuggestion | None:
    """The region a report is about; None when the text does not say.  Mentions before `title_end` weigh
    more."""
    mentions = find_mentions(text, gazetteer=gazetteer, terms=terms)
    return choose_place(mentions, gazetteer=gazetteer, terms=terms, title_end=title_end)


def choose_place(
    mentions: Sequence[PlaceMention], *, gazetteer: Gazetteer, terms: PlaceTerms, title_end: int = 0
) -> PlaceSuggestion | None:
    """The same, from mentions already found."""
    weighed = [(mention, _weight(mention, terms=terms, title_end=title_end)) for mention in mentions]
    ballot = _Ballot(gazetteer)
    for levels in ((1, 2), (3,), (4,)):
        ballot.add([row for row in weighed if gazetteer.level_of(row[0].codes[0]) in levels])
    code = _choice(ballot)
    return None if code is None else _suggestion(ballot, code)


def _weight(mention: PlaceMention, *, terms: PlaceTerms, title_end: int) -> float:
    weight = _LOCATED if mention.is_located else _BARE
    if mention.is_dateline:
        weight = _DATELINE
    if mention.cue is not None:
        weight = _OFFICE if mention.cue in (Cue.OFFICE, Cue.REGENCY_OR_CITY) else _ADMINISTRATIVE
    elif _is_press_centre(mention.codes, terms.press_centres):
        weight *= _PRESS_CENTRE_LOCATED if mention.is_located else _PRESS_CENTRE
    return weight * (_IN_TITLE if mention.span.start < title_end else 1.0)


def _is_press_centre(codes: tuple[str, ...], press_centres: frozenset[str]) -> bool:
    """Whether a capital is meant; a name shared with a province (Jambi) may well mean the province."""
    may_be_province = any("." not in code and code not in press_centres for code in codes)
    return not may_be_province and not press_centres.isdisjoint(codes)


class _Ballot:
    """The weights of one text, filled level by level from above."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.direct: dict[str, float] = defaultdict(float)
        self.spans: dict[str, list[TextSpan]] = defaultdict(list)

    def add(self, weighed: Sequence[tuple[PlaceMention, float]]) -> None:
        """Count the mentions of one level; single readings first, so that they can decide the shared
        names."""
        named = dict(self.direct)
        resolved = [(mention, weight, self._readings(mention, named)) for mention, weight in weighed]
        for mention, weight, codes in resolved:
            if len(codes) == 1:
                self._count(codes[0], weight, mention.span)
        named = dict(self.direct)
        holders = {above for code in named for above in self.gazetteer.line_of(code)}
        for mention, weight, codes in resolved:
            if len(codes) > 1:
                shares = [self._trust(code, named=named, holders=holders) for code in codes]
                for code, share in zip(codes, shares, strict=True):
                    self._count(code, weight * share / sum(shares), mention.span)

    def _count(self, code: str, weight: float, span: TextSpan) -> None:
        self.direct[code] += weight
        self.spans[code].append(span)

    def _readings(self, mention: PlaceMention, named: Mapping[str, float]) -> tuple[str, ...]:
        """The regions a mention may be; a kecamatan or desa needs a named region above it."""
        level = self.gazetteer.level_of(mention.codes[0])
        if level <= Level.REGENCY:
            return mention.codes
        for above in range(level - 1, 0 if level == Level.DISTRICT else 1, -1):
            held = tuple(code for code in mention.codes if self.gazetteer.ancestor(code, above) in named)
            if held:
                return held
        alone = level == Level.DISTRICT and mention.cue is Cue.DISTRICT and len(mention.codes) == 1
        return mention.codes if alone else ()

    def _trust(self, code: str, *, named: Mapping[str, float], holders: Set[str]) -> float:
        regency = self.gazetteer.ancestor(code, Level.REGENCY)
        province = self.gazetteer.ancestor(code, Level.PROVINCE)
        return (
            1.0
            + (_KABUPATEN_NAMED if regency in named else 0.0)
            + (_PROVINCE_NAMED if province in named else 0.0)
            + (_HOLDS_NAMED if code in holders else 0.0)
        )

    def regencies(self) -> dict[str, float]:
        """Weight of each kabupaten and kota with what lies inside it."""
        totals: dict[str, float] = defaultdict(float)
        for code, weight in self.direct.items():
            regency = self.gazetteer.ancestor(code, Level.REGENCY)
            if regency is not None:
                totals[regency] += weight if code == regency else weight * _INSIDE
        return dict(totals)

    def provinces(self) -> dict[str, float]:
        """Weight of each province by its own name."""
        return {code: weight for code, weight in self.direct.items() if self.gazetteer.level_of(code) == 1}

    def province_of(self, code: str) -> str | None:
        """The province that holds a region."""
        return self.gazetteer.ancestor(code, Level.PROVINCE)

    def totals(self) -> dict[str, float]:
        """Weight of each region with everything named inside it."""
        totals: dict[str, float] = defaultdict(float)
        for held, weight in self.direct.items():
            for code in self.gazetteer.line_of(held):
                totals[code] += weight
        return dict(totals)

    def total(self, code: str) -> float:
        """The same for one region; 0 when nothing in it is named."""
        return self.totals().get(code, 0.0)

    def evidence(self, code: str) -> tuple[TextSpan, ...]:
        """Where the region or a place inside it is named."""
        held = [spans for inner, spans in self.spans.items() if code in self.gazetteer.line_of(inner)]
        return tuple(sorted({span for spans in held for span in spans}))


def _heaviest(weights: Mapping[str, float]) -> str | None:
    return min(weights, key=lambda code: (-weights[code], code), default=None)


def _choice(ballot: _Ballot) -> str | None:
    regencies, provinces = ballot.regencies(), ballot.provinces()
    regency, province = _heaviest(regencies), _heaviest(provinces)
    if regency is None or _is_list(regencies):
        return _province_choice(ballot, province, regencies)
    tied = [code for code, weight in regencies.items() if weight > regencies[regency] - _TIE]
    if len(tied) > 1:
        return _common_province(ballot, tied)
    if province is not None and _outweighs(ballot, province, regency):
        return _province_choice(ballot, province, regencies)
    return _at_supported_level(ballot, regency)


def _outweighs(ballot: _Ballot, province: str, regency: str) -> bool:
    """Whether the text is about the province: the kabupaten's own, by far; another one, by any weight."""
    own = ballot.province_of(regency)
    if province == own:
        return ballot.direct[province] > _PROVINCE_OUTWEIGHS * ballot.total(regency)
    return ballot.direct[province] > ballot.total(regency) + ballot.direct.get(own or "", 0.0)


def _is_list(regencies: Mapping[str, float]) -> bool:
    return len(regencies) >= _LIST_SIZE and max(regencies.values()) < _LIST_SHARE * sum(regencies.values())


def _province_choice(ballot: _Ballot, province: str | None, regencies: Mapping[str, float]) -> str | None:
    """A province by its own weight, and only if most of the kabupaten named lie in it."""
    if province is None or ballot.direct[province] < _LEAST:
        return None
    inside = sum(weight for code, weight in regencies.items() if ballot.province_of(code) == province)
    outside = sum(regencies.values()) - inside
    return province if ballot.direct[province] + inside > outside else None


def _common_province(ballot: _Ballot, tied: Iterable[str]) -> str | None:
    """Equal weights (namesakes, two neighbours): the province that holds them all is still sure."""
    codes = tuple(tied)
    provinces = {ballot.province_of(code) for code in codes}
    if len(provinces) > 1 or sum(ballot.total(code) for code in codes) < _LEAST:
        return None
    return provinces.pop()


def _at_supported_level(ballot: _Ballot, regency: str) -> str | None:
    """The kabupaten when it is named; the kecamatan when only that is."""
    if ballot.direct.get(regency, 0.0) > 0.0:
        return regency if ballot.regencies()[regency] + _support(ballot, regency) >= _LEAST else None
    totals = ballot.totals()
    districts = {
        code: totals[code]
        for code in ballot.direct
        if ballot.gazetteer.level_of(code) == Level.DISTRICT and regency in ballot.gazetteer.line_of(code)
    }
    district = _heaviest(districts)
    return district if district is not None and districts[district] >= _LEAST else None


def _support(ballot: _Ballot, regency: str) -> float:
    """The province named beside a kabupaten bears it out."""
    return _BARE if ballot.direct.get(ballot.province_of(regency) or "", 0.0) > 0.0 else 0.0


def _suggestion(ballot: _Ballot, code: str) -> PlaceSuggestion:
    place = ballot.gazetteer.places[code]
    totals = ballot.totals()
    line = set(ballot.gazetteer.line_of(code))
    rivals = [
        totals[other]
        for other in (*ballot.regencies(), *ballot.provinces())
        if other not in line and code not in ballot.gazetteer.line_of(other)
    ]
    others = sorted(
        (other for other in ballot.direct if other != code), key=lambda other: (-ballot.direct[other], other)
    )
    return PlaceSuggestion(
        code=code,
        name=place.name,
        level=place.level,
        score=round(totals[code] / (totals[code] + max(rivals, default=0.0)), 3),
        evidence=ballot.evidence(code),
        alternatives=tuple(_alternative(ballot, other) for other in others[:_ALTERNATIVES]),
    )


def _alternative(ballot: _Ballot, code: str) -> PlaceAlternative:
    place = ballot.gazetteer.places[code]
    share = ballot.direct[code] / sum(ballot.direct.values())
    return PlaceAlternative(code, place.name, place.level, round(share, 3), ballot.evidence(code))
