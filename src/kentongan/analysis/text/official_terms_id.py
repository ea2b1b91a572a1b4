"""Fixed wordings of Indonesian offices and regulations, against which mangled text shows.

Collected by hand from the regulations the project works under (UU 7/2012, UU 7/2017, Permendagri 42/2015,
2/2018 and 46/2019) and from names of offices in daily use.  Usual misspellings that people type are listed as
known, so that they do not count as signs.
"""

from __future__ import annotations

from kentongan.analysis.text.terms import Mistranslation, OfficialName, OfficialTitle, QualityTerms


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_HELD = frozenset(
    _words("digelar terselenggara diselenggarakan berlangsung gelaran pelaksanaan penyelenggaraan pasca")
)

INDONESIAN_QUALITY = QualityTerms(
    words=(
        "Bawaslu",
        "Panwaslu",
        "Panwascam",
        "Bakesbangpol",
        "Kesbangpol",
        "Muhammadiyah",
        "Bhabinkamtibmas",
        "Forkopimda",
        "Forkopimcam",
        "Diskominfo",
        "Disdukcapil",
        "Kemendagri",
        "Polrestabes",
        "Kejaksaan",
        "Pengadilan",
        "Mahkamah",
    ),
    known_words=frozenset(
        _words(
            """
            bawasda panwas panwaslih panwaslucam bakesbang kesbang bakesbangpolinmas bakesbanglinmas
            muhammad mohammad mohammed muhammadiah muhamadiyah muhammadyah babinkamtibmas bhabinkamtibnas
            forkompimda forkopinda forkompimcam forkopimka diskominfotik dukcapil kemenag kapolrestabes
            polresta pengadaan pengendalian pengadil pengandilan mahkota
            """
        )
    ),
    names=(
        OfficialName("Forum Kewaspadaan Dini Masyarakat", "FKDM"),
        OfficialName("Forum Kerukunan Umat Beragama", "FKUB"),
        OfficialName("Forum Pembauran Kebangsaan", "FPK"),
        OfficialName("Komisi Pemilihan Umum", "KPU"),
        OfficialName("Badan Pengawas Pemilihan Umum", "Bawaslu"),
        OfficialName("Dewan Perwakilan Rakyat Daerah", "DPRD"),
        OfficialName("Badan Penanggulangan Bencana Daerah", "BPBD"),
        OfficialName("Badan Kesatuan Bangsa dan Politik"),
        OfficialName("Kantor Kesatuan Bangsa dan Politik"),
        OfficialName("Universitas Hasanuddin", "Unhas"),
        OfficialName("Universitas Airlangga", "Unair"),
        OfficialName("Universitas Gadjah Mada", "UGM"),
        OfficialName("Universitas Padjadjaran", "Unpad"),
        OfficialName("Universitas Diponegoro", "Undip"),
        OfficialName("Universitas Brawijaya", "UB"),
        OfficialName("Universitas Sumatera Utara", "USU"),
        OfficialName("Universitas Andalas", "Unand"),
    ),
    titles=(
        OfficialTitle("46", 2019, "Kewaspadaan Dini di Daerah"),
        OfficialTitle("2", 2018, "Kewaspadaan Dini di Daerah"),
        OfficialTitle("42", 2015, "Pelaksanaan Koordinasi Penanganan Konflik Sosial"),
        OfficialTitle("7", 2012, "Penanganan Konflik Sosial"),
        OfficialTitle("7", 2017, "Pemilihan Umum"),
    ),
    mistranslations=(
        Mistranslation("Partai Demokrat", "pesta demokrasi", beside=_HELD),
        Mistranslation("Partai Demokrasi", "pesta demokrasi", beside=_HELD),
        Mistranslation("Surveilans Dini", "Kewaspadaan Dini"),
        Mistranslation("Peringatan Dini Masyarakat", "Kewaspadaan Dini Masyarakat"),
        Mistranslation("Komisi Pemilihan Jenderal", "Komisi Pemilihan Umum"),
        Mistranslation("Pemilihan Jenderal", "pemilihan umum"),
        Mistranslation("Persatuan Bangsa dan Politik", "Kesatuan Bangsa dan Politik"),
        Mistranslation("tempat jajak pendapat", "tempat pemungutan suara"),
        Mistranslation("bilik pemungutan suara ulang", "pemungutan suara ulang"),
    ),
    doublings=frozenset(_words("provinsi variasi visi zona zaman video")),
)
