"""Indonesian words for acts: threat, force, damage and hostility between groups, and what comes before them.

Collected by hand, with the spellings of chats ("bntrok", "kroyok", "ngancem"). An act alone makes no type: a matter in
dispute must stand near it (`kind_matters_id`).
"""

from __future__ import annotations

from kentongan.analysis.text.kinds import WordGroup, either

ACTS: dict[str, WordGroup] = {
    "clash": WordGroup(
        either(
            r"be?ntr?ok",
            r"tawur",
            r"berkelahi|perkelahian|kelahi",
            r"berantem|brantem|gelut",
            r"rusuh|kerusuhan",
            r"ricuh|kericuhan",
            r"saling (?:serang|lempar|pukul|kejar|panah|bacok|dorong|hajar)",
            r"baku (?:hantam|pukul|serang|lempar|dorong|tikam)",
            r"adu (?:jotos|fisik|pukul|dorong)",
            r"dorong[- ]?dorong",
            r"pukul[- ]?(?:pukul|2)",
            r"bertikai|pertikaian",
            r"perang (?:batu|antar)",
            r"carok",
        ),
        "groups come to blows",
    ),
    "quarrel": WordGroup(
        either(
            r"cekcok|cek-cok|percekcokan",
            r"adu mulut",
            r"ribut|keributan",
            r"saling (?:ejek|hina|tuding|tuduh|klaim|sindir|ungkit|gertak)",
            r"bersitegang|basitegang|tegang\b|ketegangan",
            r"memanas|mulai panas|(?:mulai?|mulae) panas",
            r"berseteru|perseteruan",
            r"marah|ngamuk|mengamuk|emosi\b",
            r"gebrak",
            r"rebutan|berebut",
        ),
        "words that come before blows; weak, and never enough against a lawful protest",
    ),
    "assault": WordGroup(
        either(
            r"di ?k?eroyok|mengeroyok|pengeroyokan|ngeroyok",
            r"dipukul|memukul|pemukulan",
            r"digebuk|gebukin|dihajar",
            r"(?:di|mem)bacok|pembacokan|bacok-?an",
            r"ditusuk|menusuk|penusukan|ditikam",
            r"(?:di|meng)?aniaya|penganiayaan",
            r"diserang|menyerang|penyerangan|diserbu|menyerbu|penyerbuan",
            r"mau (?:nyerang|serang|nyerbu)",
            r"menyekap|disekap|menculik|diculik|disandera|menyandera",
            r"ditembak|menembak|penembakan",
        ),
        "people are hurt or held",
    ),
    "arson": WordGroup(
        either(
            r"dibakar",
            r"(?:mem)?bakar (?:ban|rumah|kantor|kapal|motor|mobil|pos|gudang|posko|lapak|"
            r"kotak|tps|kalau|klo)",
            r"pembakaran (?:ban|rumah|kantor|kapal|motor|mobil|pos|gudang|posko)",
            r"nak bakar|mau bakar",
        ),
        "fire is set to a thing; burning spirit and ritual burning are not in it",
    ),
    "damage": WordGroup(
        either(
            r"dirusak|perusakan|pengrusakan|merusak (?:rumah|kantor|pagar|pos|kaca|motor|"
            r"mobil|baliho|tugu|tps|kotak|makam|tanaman)",
            r"dilempari|melempari|lempar (?:batu|es|botol|sandal)|lemparan batu|pecah kaca|"
            r"kaca .{0,20}pecah",
            r"dicoret|coret-?an|mencoret|divandal",
            r"dirobek|robek|disobek|sobek",
            r"diroboh|merobohkan",
            r"dijarah|penjarahan",
            r"dicabut|mencabut|nyabut",
            r"ditebang paksa|potong pohon",
            r"banting (?:kursi|meja)|dijebol|menjebol",
        ),
        "things are broken, torn or defaced",
    ),
    "threat": WordGroup(
        either(
            r"(?:di|ng|nge)?anc[ae]m (?:bakar|bunuh|bacok|usir|akan|mau|pake|pakai|pakè|lagi)",
            r"diancam|ngancam|ngancem",
            r"(?:saling|baku) ancam",
            r"mengancam (?:akan|mau|warga|panitia|petugas|wartawan|saksi|pemilih|anggota|"
            r"ketua|kades)",
            r"maancam",
            r"ancaman (?:pembunuhan|kekerasan|bom|lewat|via)",
            r"(?:di|meng)?intimidasi",
            r"diteror|meneror",
            r"samperin|disamperin",
            r"(?:mau|siap|akan|sudah mau|sdh mau) (?:balas|membalas|bales)",
            r"balas dendam|mau balas",
            r"diladeni",
            r"mencegat|dicegat|menghadang warga",
            r"dipaksa|memaksa|ditekan|menekan (?:warga|supaya|agar|pemilih)",
            r"kepalan|tantang|menantang|nantang",
        ),
        "somebody is told that harm will follow",
    ),
    "weapons": WordGroup(
        either(
            r"parang",
            r"celurit|clurit",
            r"golok",
            r"\bsajam\b",
            r"senjata (?:tajam|api|rakitan)",
            r"molotov",
            r"bom molotov",
            r"pentungan",
            r"gear motor|gir motor",
            r"bawa alat",
            r"bambu runcing",
            r"airsoft",
        ),
        "things to hurt with are carried",
    ),
    "expel": WordGroup(
        either(r"diusir|mengusir|pengusiran|ajakan usir|usir\b", r"sweeping", r"diburu|memburu warga"),
        "people are driven away",
    ),
    "disperse": WordGroup(
        either(
            r"dibubarkan(?: paksa)?",
            r"membubarkan|pembubaran paksa|bubarkan paksa",
            r"diminta bubar|disuruh bubar",
            r"digembok",
            r"disegel|menyegel|penyegelan",
            r"dihalang|menghalang|dilarang (?:ibadah|beribadah|masuk|meliput)",
            r"dirampas|merampas",
            r"didatangi massa|didatangi sekelompok",
        ),
        "what people do is stopped by others",
    ),
    "block": WordGroup(
        either(
            r"diblokir|(?:mem)?blokir (?:jalan|akses|pintu|jembatan|tambang|pabrik)|"
            r"pemblokiran|(?:di|mem)?blokade",
            r"dipalang|memalang|palang jalan|pemalangan",
            r"(?:me)?nutup (?:jalan|akses)|menutup paksa|jalan .{0,12}dipalang",
            r"menghadang|dihadang|ngahalang",
            r"dikepung|mengepung",
            r"diportal warga|dipager|pake pager",
        ),
        "a road or an entrance is barred",
    ),
    "crowd": WordGroup(
        either(
            r"konvoi|kompoi",
            r"geruduk|digeruduk|digruduk|nggruduk",
            r"ajakan kumpul|diajak kumpul|sudah kumpul|sdh kumpul|udah kumpul",
            r"massa",
            r"jaga[- ]?jaga|jaga2",
            r"geber",
            r"dijemput paksa|(?:me)?narik massa|kerahkan massa|mengerahkan massa",
            r"turun (?:bawa|bw)",
            r"dikerubung",
        ),
        "many people come together; lawful by itself, so it counts only beside a matter of two groups",
    ),
    "insult": WordGroup(
        either(
            r"menghina|dihina|hinaan|penghinaan",
            r"fitnah|difitnah|memfitnah",
            r"selebaran gelap|selebaran",
            r"provokasi|terprovokasi",
        ),
        "words that set groups against each other",
    ),
    "moved": WordGroup(
        either(
            r"digeser|menggeser|dipindah|memindah",
            r"diserobot|menyerobot|penyerobotan",
            r"dipatok|mematok",
            r"dipanen paksa|panen paksa",
        ),
        "a boundary or a crop is taken into one's own hands",
    ),
    "fails": WordGroup(
        either(
            r"terlambat|telat",
            r"kurang\b",
            r"tertukar",
            r"hilang",
            r"rusak\b",
            r"terhenti|dihentikan|diskors",
            r"dibuka paksa|segel .{0,12}rusak",
            r"belum (?:tiba|datang|sampai)",
            r"basah",
        ),
        "a step of the polling goes wrong",
    ),
}

BLOWS = frozenset({"clash", "assault", "arson", "damage", "weapons"})
HOSTILE = BLOWS | {"threat", "expel"}
ANY_ACT = HOSTILE | {"disperse", "block", "quarrel", "moved"}
