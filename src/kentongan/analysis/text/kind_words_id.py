"""Indonesian for `read_kinds`: denials, frames that lower a text, what is lawful, what is no event; and all rules together.

Each list says why it stands here. A rule is changed in these files, never in the code.
"""

from __future__ import annotations

from types import MappingProxyType

from kentongan.analysis.text.kind_acts_id import ACTS, HOSTILE
from kentongan.analysis.text.kind_matters_id import RULES
from kentongan.analysis.text.kinds import HintRule, KindWords, either

_HINTS: tuple[HintRule, ...] = (
    HintRule(
        "domestic_violence",
        either(
            r"\bkdrt\b",
            r"(?:dipukuli?|dianiaya|ditampar|dihajar|disiksa)[\w ]{0,15}(?:suami|istri|"
            r"bapaknya|ayahnya|ibunya|mertua)",
            r"(?:suami|istri|bapaknya|ayah tiri|bapak tiri)[\w ,]{0,25}(?:memukul|mukul|"
            r"pukul|menganiaya|nganiaya|aniaya|menyiksa|siksa|nendang)",
            r"kekerasan (?:dalam rumah tangga|terhadap istri|pada istri)",
        ),
        "violence in a household: help by UPTD PPA and 110, no record here",
        "Tetangga saya tiap malam dipukuli suaminya.",
    ),
    HintRule(
        "agenda_kegiatan",
        either(
            r"unjuk ?rasa|\bunras\b|demonstrasi|\bdemo\b",
            r"aksi (?:damai|massa|mahasiswa|buruh|kamisan|solidaritas|bungkam)",
            r"mogok (?:kerja|makan|mengajar)|mogok\b",
            r"long ?march|mimbar bebas|orasi",
            r"istighosah|haul\b|tabligh|pengajian akbar",
            r"karnaval|pawai",
            r"kampanye (?:akbar|terbuka|damai)",
            r"hari jadi",
        ),
        "a lawful gathering is an agenda entry at most",
        "Kamis depan warga unjuk rasa damai soal jalan rusak.",
    ),
    HintRule(
        "service_complaint",
        either(
            r"lampu jalan|\bpju\b",
            r"jalan(?:an)?[\w ]{0,15}(?:rusak|berlubang|bolong)|jln[\w ]{0,15}rusak",
            r"sampah (?:menumpuk|numpuk|ga diangkut|tidak diangkut|belum diangkut)",
            r"air (?:pdam|ledeng|keran)|pdam",
            r"(?:e-?ktp|\bktp\b|akta|\bkk\b)[\w ,]{0,30}(?:lama|belum jadi|antre|antri|jadwal)",
            r"puskesmas (?:tutup|penuh)|obat (?:kosong|habis)|rsud",
            r"listrik (?:padam|mati)|mati lampu",
            r"pungli|pelayanan (?:lambat|buruk|jelek)",
            r"jembatan (?:rusak|putus)|drainase|selokan mampet",
        ),
        "a public service does not work: SP4N-LAPOR!",
        "Lampu jalan mati tiga malam di tikungan.",
    ),
    HintRule(
        "opinion",
        either(
            r"kritik|mengkritik|dikritik",
            r"petisi|surat terbuka|audiensi|aspirasi",
            r"(?:bupati|gubernur|wali kota|walikota|camat|kades|dewan|dprd|presiden|menteri|"
            r"pemda|pemkab|pemerintah)\w*[\w ,]{0,40}(?:gagal|payah|mundur|janji|bohong|"
            r"tidak becus|ga becus|ingkar|pencitraan|mengecewakan|lamban|tuli)",
            r"kecewa (?:dengan|kepada|sama|atas)|menolak kebijakan|protes kebijakan",
        ),
        "criticism of an office or a policy is a right and is not recorded",
        "Bupati gagal menepati janji kampanyenya.",
    ),
    HintRule(
        "membership",
        either(
            r"(?:anggota|ikut|masuk|gabung|pengurus) (?:serikat|partai|lsm|ormas|"
            r"organisasi)[\w ]{0,20}(?:itu|tersebut|apa|mana)?"
        ),
        "belonging to a union, party or organisation is nobody's matter",
        "Tetangga saya anggota partai itu.",
    ),
    HintRule(
        "belief",
        either(
            r"(?:ibadahnya|sholatnya|shalatnya|pengajiannya|alirannya|agamanya) (?:beda|"
            r"aneh|lain|mencurigakan)",
            r"pindah agama|murtad",
            r"pakaiannya (?:beda|aneh|tertutup)",
        ),
        "what people believe or how they live is nobody's matter",
        "Tetangga baru ibadahnya beda dari kita.",
    ),
    HintRule(
        "label",
        either(
            r"(?:orangnya|orang itu|dia|warga itu|pemuda itu)[\w ]{0,15}(?:radikal|sesat|"
            r"komunis|anti ?nkri|anti pancasila)"
        ),
        "nobody is labelled here; the happening and its place are what counts",
        "Orang itu radikal, tolong dicatat.",
    ),
    HintRule(
        "individual_crime",
        either(
            r"maling|pencuri(?:an)?|kemalingan|kecurian|curanmor",
            r"jambret|copet|rampok|perampokan",
            r"penipuan|ditipu|tipu online",
            r"narkoba|sabu\b|judi (?:online|slot)|judol",
            r"motor (?:saya |sy |ku )?(?:hilang|raib)",
        ),
        "a crime without effect on groups belongs to the police",
        "Motor saya hilang di parkiran pasar.",
    ),
)

_DENIED = either(
    r"tidak ada(?:nya)?|tdk ada|tak ada|gak ada|ga ada|nggak ada|gada|belum ada|"
    r"blm ada|ora ono|tidak terjadi|tdk terjadi",
    r"tidak|tdk|tak|nggak|gak|enggak|ndak|bukan|dudu",
    r"tanpa",
    r"nihil",
    r"batal",
    r"jangan|jgn|ojo|agar tidak|supaya tidak|biar ga",
    r"mencegah|cegah|pencegahan|mengantisipasi|antisipasi|menghindari|hindari|"
    r"meredam|menangkal|penanganan|penanggulangan",
    r"simulasi|latihan|tentang|soal bahaya|bahaya|rawan|potensi|pemetaan|larangan|"
    r"dilarang|menolak|anti",
)

_FRAMES: tuple[tuple[str, float], ...] = (
    # settled: the matter is known and over; a person may still file it
    (
        either(
            r"(?:sudah|sdh|udah|telah) (?:damai|didamaikan|berdamai|selesai|rukun|ditangani|"
            r"diselesaikan|kondusif|aman|islah|tuntas)",
            r"berdamai|islah\b|sepakat (?:damai|berdamai)|ikrar damai|deklarasi damai|rujuk\b",
            r"situasi (?:aman|kondusif|terkendali)|aman (?:terkendali|kondusif)|kondusif",
            r"(?:sudah|sdh|udah) rukun|saling memaafkan",
        ),
        0.55,
    ),
    # staged: a rehearsal, a play, a match, a ceremony
    (
        either(
            r"simulasi|gladi|sispam\w*|latihan (?:pengamanan|gabungan|penanganan)|"
            r"apel gelar|syuting|film\b|drama\b|teater|teatrikal|adegan|lakon|novel\b|"
            r"sejarah\b|festival|lomba|turnamen|pertandingan (?:persahabatan|voli|final)|"
            r"skor\b|menit ke|ngaben|kremasi"
        ),
        0.4,
    ),
    # prevention: a meeting or a patrol names every threat there is
    (
        either(
            r"sosialisasi|rakor\b|rapat koordinasi|seminar|\bfgd\b|penyuluhan|himbau\w*|"
            r"mengimbau|imbau\w*|patroli|sambang|pembinaan|kewaspadaan dini|deteksi dini|"
            r"cegah dini|diskusi publik|dialog publik|webinar"
        ),
        0.45,
    ),
    # debunk: somebody says that it is not so
    (
        either(
            r"cek fakta|klarifikasi|tidak benar\b|tdk benar|dibantah|membantah|"
            r"ternyata (?:bohong|hoaks|hoax)|video lama|\bralat\b|keliru|dipastikan hoaks"
        ),
        0.5,
    ),
    # an opinion piece
    (either(r"\bopini\b|kolom\b|catatan seorang|tulisan ini pandangan"), 0.45),
)

_LAWFUL = either(
    r"unjuk ?rasa|\bunras\b|berunjuk|demonstrasi|demonstran|\bdemo\b",
    r"aksi (?:damai|massa|mahasiswa|buruh|kamisan|solidaritas|bungkam|diam|mogok|"
    r"protes)",
    r"mogok",
    r"long ?march|mimbar bebas|orasi|berorasi",
    r"kritik|mengkritik|dikritik|mengecam",
    r"petisi|surat terbuka|audiensi|aspirasi|hearing",
    r"protes|memprotes",
    r"serikat (?:buruh|pekerja|petani)",
    r"menuntut|tuntutan|mendesak",
    r"menolak|penolakan|keberatan",
    r"konferensi pers|jumpa pers|meliput|liputan",
)

INDONESIAN_KINDS = KindWords(
    acts=MappingProxyType(ACTS),
    rules=RULES,
    hints=_HINTS,
    denied=_DENIED,
    frames=_FRAMES,
    lawful=_LAWFUL,
    force=HOSTILE | {"block", "disperse"},
    private=_HINTS[0].words,
)
