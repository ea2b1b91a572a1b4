"""The three Indonesian time zones by province; "day" in every count and document means the day of the place.

Assignment: Keputusan Presiden 41/1987. Provinces founded since then keep the zone of the province they
came from.
"""

from __future__ import annotations

from collections.abc import Mapping

WIB = "Asia/Jakarta"
WITA = "Asia/Makassar"
WIT = "Asia/Jayapura"

ZONE_LABELS: Mapping[str, str] = {WIB: "WIB", WITA: "WITA", WIT: "WIT"}

PROVINCE_ZONES: Mapping[str, str] = {
    **dict.fromkeys(("11", "12", "13", "14", "15", "16", "17", "18", "19", "21"), WIB),  # Sumatra
    **dict.fromkeys(("31", "32", "33", "34", "35", "36"), WIB),  # Java
    **dict.fromkeys(("61", "62"), WIB),  # West and Central Kalimantan
    **dict.fromkeys(("51", "52", "53"), WITA),  # Bali, Nusa Tenggara
    **dict.fromkeys(("63", "64", "65"), WITA),  # South, East and North Kalimantan
    **dict.fromkeys(("71", "72", "73", "74", "75", "76"), WITA),  # Sulawesi
    **dict.fromkeys(("81", "82"), WIT),  # Maluku
    **dict.fromkeys(("91", "92", "93", "94", "95", "96"), WIT),  # Papua
}
