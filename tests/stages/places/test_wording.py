"""What a text in the search box may mean."""

from __future__ import annotations

import pytest

from kentongan.places.kinds import KIND_WORDS
from kentongan.places.wording import Named, Wish, read_wishes

KAB, KEC, KOTA, DESA = (KIND_WORDS[word] for word in ("kab", "kec", "kota", "desa"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("batang hari", Wish(Named("batanghari"))),
        ("kab pasuruan", Wish(Named("pasuruan", KAB))),
        ("KAB. PASURUAN", Wish(Named("pasuruan", KAB))),
        ("kota administrasi jakarta timur", Wish(Named("jakartatimur", KOTA))),
        ("Kec. Rembang, Kab. Pasuruan", Wish(Named("rembang", KEC), (Named("pasuruan", KAB),))),
        (
            "Desa Oro-oro Ombo Kulon Kec. Rembang Kab. Pasuruan",
            Wish(Named("orooroombokulon", DESA), (Named("rembang", KEC), Named("pasuruan", KAB))),
        ),
        ("desa", Wish(Named("desa"))),
        ("desa kota baru", Wish(Named("kotabaru", DESA))),
    ],
)
def test_the_likeliest_meaning_comes_first(text: str, first: Wish) -> None:
    assert read_wishes(text)[0] == first


def test_kota_may_also_be_part_of_the_name() -> None:
    assert Wish(Named("kotagajah")) in read_wishes("kota gajah")


def test_two_words_may_be_a_place_and_the_place_around_it_in_either_order() -> None:
    wishes = read_wishes("kec rembang pasuruan")
    assert Wish(Named("rembang", KEC), (Named("pasuruan"),), guessed=True) in wishes
    assert Wish(Named("pasuruan"), (Named("rembang", KEC),), guessed=True) in wishes


@pytest.mark.parametrize("text", ["", "  ", "?!", ",,"])
def test_a_text_without_letters_means_nothing(text: str) -> None:
    assert read_wishes(text) == ()
