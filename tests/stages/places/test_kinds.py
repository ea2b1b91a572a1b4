"""Official names taken apart and put together."""

from __future__ import annotations

import pytest

from kentongan.places.kinds import RegionKind, kind_and_name, official_name, short_name

JAKARTA = "Daerah Khusus Ibukota Jakarta"
SERIBU = "Kepulauan Seribu"
CASES = [
    ("35", "Jawa Timur", RegionKind.PROVINSI, "Jawa Timur", "Prov. Jawa Timur"),
    ("31", JAKARTA, RegionKind.PROVINSI, JAKARTA, JAKARTA),
    ("35.14", "Kabupaten Pasuruan", RegionKind.KABUPATEN, "Pasuruan", "Kab. Pasuruan"),
    ("35.75", "Kota Pasuruan", RegionKind.KOTA, "Pasuruan", "Kota Pasuruan"),
    (
        "31.01",
        f"Kabupaten Administrasi {SERIBU}",
        RegionKind.KABUPATEN_ADMINISTRASI,
        SERIBU,
        f"Kab. Adm. {SERIBU}",
    ),
    (
        "31.75",
        "Kota Administrasi Jakarta Timur",
        RegionKind.KOTA_ADMINISTRASI,
        "Jakarta Timur",
        "Kota Adm. Jakarta Timur",
    ),
    ("18.02.23", "Kota Gajah", RegionKind.KECAMATAN, "Kota Gajah", "Kec. Kota Gajah"),
    ("91.03.01", "Sentani", RegionKind.DISTRIK, "Sentani", "Distrik Sentani"),
    ("35.14.16.2006", "Kraton", RegionKind.DESA, "Kraton", "Desa Kraton"),
    ("35.75.03.1001", "Bugul Lor", RegionKind.KELURAHAN, "Bugul Lor", "Kel. Bugul Lor"),
    ("91.03.01.3007", "Desa Adat Yoboi", RegionKind.DESA_ADAT, "Yoboi", "Desa Adat Yoboi"),
]


@pytest.mark.parametrize(("code", "written", "kind", "name", "short"), CASES)
def test_an_official_name_tells_kind_and_bare_name_and_comes_back(
    code: str, written: str, kind: RegionKind, name: str, short: str
) -> None:
    assert kind_and_name(code, written) == (kind, name)
    assert official_name(kind, name) == written
    assert short_name(kind, name) == short


@pytest.mark.parametrize("written", ["KABUPATEN Pasuruan", "Kab. Pasuruan", "kab Pasuruan"])
def test_other_ways_to_write_a_regency_are_understood(written: str) -> None:
    assert kind_and_name("35.14", written) == (RegionKind.KABUPATEN, "Pasuruan")


@pytest.mark.parametrize(
    ("code", "written"), [("35.14", "Pasuruan"), ("35.14", "Kota"), ("35.14.16.9001", "Kraton")]
)
def test_a_name_or_code_without_a_kind_is_refused(code: str, written: str) -> None:
    with pytest.raises(ValueError, match=r"begin"):
        kind_and_name(code, written)
