"""The Indonesian word lists, ready to be passed to `read_article`.

Lines of page furniture are those met on government pages and news sites; cue words follow the offices of each
level of government.  Collected by hand; a list that people should change belongs into `policy`, these follow
the language.
"""

from __future__ import annotations

from types import MappingProxyType

from kentongan.analysis.text.official_terms_id import INDONESIAN_QUALITY
from kentongan.analysis.text.place_aliases_id import PLACE_ALIASES, PRESS_CENTRES
from kentongan.analysis.text.place_names import Cue
from kentongan.analysis.text.terms import ArticleTerms, PlaceTerms, TextTerms

INDONESIAN_ARTICLE = ArticleTerms(
    links=(
        r"(?:baca|lihat|simak|tonton) (?:juga|artikel|berita)\b",
        r"(?:artikel|berita) (?:terkait|lainnya|terpopuler)\b.{0,5}$",
        r"baca selengkapnya\b",
    ),
    stamps=(
        r"\d[\d.]* ?(?:x|kali)? ?(?:di ?baca|di ?lihat|views?|tayangan)\b",
        r"(?:di ?baca|di ?lihat|views?) ?:? ?\d",
        r"(?:copyright|hak cipta|©)",
        r"(?:diterbitkan|dipublikasikan|diposting|diunggah|posted|published|tayang)(?: pada| on|:).{0,80}$",
    ),
    boilerplate=(
        r"komentar ?\(\d+\)",
        r"(?:\d+\. ?)?belum ada komentar",
        r"tulis ?di ?sini\W*$",
        r"tinggalkan (?:balasan|komentar)",
        r"(?:batalkan balasan|kirim komentar)\W*$",
        r"alamat email anda tidak akan",
        r"simpan nama(?: saya)?, email",
        r"ruas yang wajib ditandai",
        r"(?:bagikan|share)\b.{0,30}$",
        r"(?:facebook|twitter|whatsapp|telegram|x|line|email|print|cetak)\W*$",
        r"(?:tags?|topik|label|editor|penulis|pewarta|reporter|sumber|kategori) ?:.{0,120}$",
        r"(?:advertisement|iklan|scroll to continue|lanjut ke konten)\b.{0,40}$",
        r"(?:ikuti|cek|dapatkan|simak) (?:berita|artikel|update).{0,80}(?:google news|saluran|whatsapp)",
        r"(?:halaman selanjutnya|selanjutnya|sebelumnya|beranda|home)\W*$",
        r"dengar! ?video pilihan",
        r"video pilihan editor",
    ),
    tails=(
        r"(?<=[.!?)\"”]) ?(?:dengar! ?)?video pilihan editor.*$",
        r"(?<=[.!?)\"”]) ?baca juga ?:[^.!?\n]{1,150}$",
    ),
)


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_CUES: dict[Cue, tuple[str, ...]] = {
    Cue.PROVINCE: _words("provinsi propinsi prov pemprov gubernur wagub polda kapolda kejati"),
    Cue.REGENCY: _words("kabupaten kab pemkab bupati wabup"),
    Cue.CITY: _words("kota pemkot walikota wawali polresta kapolresta polrestabes kapolrestabes"),
    Cue.REGENCY_OR_CITY: _words("polres kapolres wakapolres mapolres kejari"),
    # A Kodim may bear the name of the province and cover several kabupaten.
    Cue.OFFICE: _words(
        """
        kpu kpud bawaslu panwaslu dprd bpbd bakesbangpol kesbangpol bakesbang kesbang fkdm fkub
        pemda forkopimda disdik dinkes diskominfo mui pcnu sekda setda kodim dandim makodim kasdim
        """
    ),
    Cue.DISTRICT: _words(
        "kecamatan kec camat distrik kapanewon kemantren polsek kapolsek koramil danramil ppk panwascam"
    ),
    Cue.VILLAGE: _words("desa ds kelurahan kel kampung nagari gampong pekon kalurahan kades lurah"),
}

INDONESIAN_PLACES = PlaceTerms(
    cues=MappingProxyType({word: cue for cue, words in _CUES.items() for word in words}),
    fillers=frozenset(_words("administrasi adm se pemerintah")),
    locatives=frozenset(_words("di ke dari wilayah diwilayah sekitar asal warga")),
    institutions=frozenset(_words("universitas institut politeknik sekolah yayasan pt cv stadion")),
    attached_before=frozenset(
        _words(
            """
            jalan jl jln raya gang gg simpang bandara stasiun pelabuhan tol hotel bank sungai gunung
            pulau selat radar tribun harian koran kabar suara news persija persib persebaya arema psis psm
            soto batik
            """
        )
    ),
    attached_after=frozenset(_words("pers news post pos ekspres express tv fm online today fc united")),
    common_words=frozenset(
        _words(
            """
            batu batang serang malang buru metro palu pati landak banjar karo bone barat timur utara selatan
            tengah kota ayah larangan bawang barus pasar jaya baru maju makmur sentosa sejahtera bandar
            tanjung teluk
            """
        )
    ),
    press_centres=PRESS_CENTRES,
    aliases=PLACE_ALIASES,
)

INDONESIAN = TextTerms(article=INDONESIAN_ARTICLE, places=INDONESIAN_PLACES, quality=INDONESIAN_QUALITY)
