"""Well-known other names of Indonesian regions, by code of Kepmendagri 300.2.2-2430/2025.

Everyday press abbreviations and short forms, collected by hand; official names come from the region list and
are not repeated here.  An alias that could mean several regions is listed once per region.
"""

from __future__ import annotations

from kentongan.analysis.text.place_names import PlaceAlias

_ALIASES: tuple[tuple[str, str], ...] = (
    # provinces
    ("Nanggroe Aceh Darussalam", "11"),
    ("NAD", "11"),
    ("Sumut", "12"),
    ("Sumbar", "13"),
    ("Sumsel", "16"),
    ("Babel", "19"),
    ("Bangka Belitung", "19"),
    ("Kepulauan Babel", "19"),
    ("Kep Babel", "19"),
    ("Kep Bangka Belitung", "19"),
    ("Kepri", "21"),
    ("Kep Riau", "21"),
    ("DKI Jakarta", "31"),
    ("DKI", "31"),
    ("Jakarta", "31"),
    ("Daerah Khusus Jakarta", "31"),
    ("Jabar", "32"),
    ("Jateng", "33"),
    ("DI Yogyakarta", "34"),
    ("DIY", "34"),
    ("Jatim", "35"),
    ("NTB", "52"),
    ("NTT", "53"),
    ("Kalbar", "61"),
    ("Kalteng", "62"),
    ("Kalsel", "63"),
    ("Kaltim", "64"),
    ("Kaltara", "65"),
    ("Sulut", "71"),
    ("Sulteng", "72"),
    ("Sulsel", "73"),
    ("Sultra", "74"),
    ("Sulbar", "76"),
    ("Malut", "82"),
    # kabupaten and kota
    ("Basel", "19.03"),
    ("Jakpus", "31.71"),
    ("Jakut", "31.72"),
    ("Jakbar", "31.73"),
    ("Jaksel", "31.74"),
    ("Jaktim", "31.75"),
    ("Jogja", "34.71"),
    ("Yogya", "34.71"),
    ("Solo", "33.72"),
    ("OKI", "16.02"),
    ("OKU", "16.01"),
    ("Muba", "16.06"),
    ("Lobar", "52.01"),
    ("Loteng", "52.02"),
    ("Lotim", "52.03"),
    ("Kobar", "62.01"),
    ("Kotim", "62.02"),
    ("Kukar", "64.02"),
    ("Kutim", "64.08"),
    ("Kubar", "64.07"),
    ("PPU", "64.09"),
    ("Parimo", "72.08"),
    ("Tangsel", "36.74"),
)

PLACE_ALIASES: tuple[PlaceAlias, ...] = tuple(PlaceAlias(alias, code) for alias, code in _ALIASES)

# Capitals of provinces (and Jakarta): the place of speech of much that happens elsewhere.
PRESS_CENTRES: frozenset[str] = frozenset(
    (
        *("11.71", "12.71", "13.71", "14.71", "15.71", "16.71", "17.71", "18.71", "19.71", "21.72"),
        *(
            "31",
            "32.73",
            "33.74",
            "34.71",
            "35.78",
            "36.73",
            "51.71",
            "52.71",
            "53.71",
        ),
        *(
            "61.71",
            "62.71",
            "63.71",
            "63.72",
            "64.72",
            "71.71",
            "72.71",
            "73.71",
            "74.71",
            "75.71",
            "81.71",
            "82.71",
        ),
        *("91.71", "96.71"),
    )
)
