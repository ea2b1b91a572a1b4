"""Every situation under `situations/` holds: given, on a date, expect — written for an officer to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kentongan.policy import MoveNotAllowed, PolicyOnDate, current_policy, load_policy
from kentongan.policy.alerting import Approval, approval_state
from kentongan.policy.errors import UnknownCode
from kentongan.policy.event_rule import hostile_facets, shows_hostility
from kentongan.policy.ladders import due_times
from kentongan.policy.referring import lowest_desk, targets_for
from kentongan.policy.schema.alerts import ApprovalPower
from kentongan.policy.severity import severity_of
from kentongan.policy.yaml_text import read_yaml
from tests.policy.planting import copy_policy, entry, plant

FOLDER = Path(__file__).parent / "situations"
WIB = ZoneInfo("Asia/Jakarta")
Facts = dict[str, Any]


def severity_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    proposal = severity_of(
        _counts(given.get("dampak", {})),
        set(given["bentuk"]),
        crowd=_count(given["massa"]),
        flags=given.get("tanda", ()),
        policy=policy,
    )
    grade = None if expect["tingkat"] == "belum dapat dinilai" else expect["tingkat"]
    assert proposal.code == grade
    if "alasan" in expect:
        assert {hit.condition.code for hit in proposal.anchors_hit} == set(expect["alasan"])
    if "belum_diketahui" in expect:
        assert proposal.unknown == expect["belum_diketahui"]
        assert proposal.is_lower_bound


def hostility_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    forms, impacts = set(given["bentuk"]), _counts(given.get("dampak", {}))
    hostile = given.get("permusuhan_antarkelompok", "tidak") == "ya"
    assert shows_hostility(forms, impacts, policy=policy, groups_hostile=hostile) is (
        expect["peristiwa"] == "ya"
    )
    if "karena" in expect:
        assert hostile_facets(forms, impacts, policy=policy) == expect["karena"]


def approval_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    approvals = [
        Approval(yes["siapa"], ApprovalPower(yes["sebagai"]), _moment(f"{policy.day} {yes['pukul']}"))
        for yes in given["setuju"]
    ]
    after_titir = given.get("setelah_titir") == "ya"
    state = approval_state(policy.alert_levels[given["tingkat"]], approvals, after_titir=after_titir)
    assert (state.may_be_active, state.complete) == (expect["boleh_aktif"] == "ya", expect["lengkap"] == "ya")
    if "perlu" in expect:
        assert state.wanted == expect["perlu"]
    due = expect.get("orang_kedua_sebelum")
    assert state.second_due_at == (_moment(f"{policy.day} {due}") if due else None)


def move_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    machine = policy.lifecycles[given["alur"]]
    start, end, situation = given["dari"], given["ke"], given.get("keadaan")
    if expect["boleh"] == "ya":
        machine.require(start, end, situation=situation)
        assert machine.needs(end) == expect.get("perlu", ())
        return
    with pytest.raises(MoveNotAllowed) as refusal:
        machine.require(start, end, situation=situation)
    assert refusal.value.allowed == expect["pilihan"]


def tile_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    assert tuple(kind.code for kind in policy.types_for_tile(given["ubin"])) == expect["jenis"]
    assert policy.report_tiles[given["ubin"]].leaves_open is (expect.get("terbuka") == "ya")


def playbook_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    playbooks = policy.playbooks_for(given["jenis"])
    assert [playbook.code for playbook in playbooks] == list(expect["buku_saku"])
    first = playbooks[0]
    assert first.measures[0].step == expect["langkah_pertama_tangga"]
    assert [measure.step for measure in first.measures if measure.needs_check] == list(expect["diuji"])
    assert list(first.recipients) == list(expect["kepada"])


def retention_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    rule = policy.retention[given["catatan"]]
    if "hari" in expect:
        assert rule.days == expect["hari"]
    else:
        assert rule.ends == expect["berakhir"]
        assert rule.period is None


def ladder_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    ladder = policy.ladders[given["tangga"]]
    assert ladder.waits == expect["menit"]
    due = due_times(ladder, _moment(given["dikirim"]), office=policy.office_hours)
    assert due == tuple(_moment(text) for text in expect["naik"])


def referral_situation(given: Facts, *, policy: PolicyOnDate, expect: Facts) -> None:
    accused = given.get("dilaporkan", ())
    bodies = targets_for(given["hal"], policy=policy, accused=accused)
    assert tuple(body.code for body in bodies) == expect["tujuan"]
    if "meja_terendah" in expect:
        desk = None if expect["meja_terendah"] == "tidak ada" else expect["meja_terendah"]
        assert lowest_desk(accused, policy=policy) == desk


SHIPPED_SITUATIONS: dict[str, Callable[..., None]] = {
    "keparahan": severity_situation,
    "syarat peristiwa": hostility_situation,
    "persetujuan": approval_situation,
    "langkah status": move_situation,
    "ubin laporan": tile_situation,
    "buku saku": playbook_situation,
    "masa simpan": retention_situation,
    "tangga": ladder_situation,
    "rujukan": referral_situation,
}
RETIREMENTS = "kode pensiun"


def _situations(*, retirements: bool) -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        tree: Any = read_yaml(path.read_text(encoding="utf-8"))
        if (tree["tentang"] == RETIREMENTS) is retirements:
            found += [pytest.param(tree["tentang"], each, id=each["judul"]) for each in tree["situasi"]]
    return found


@pytest.mark.parametrize(("subject", "situation"), _situations(retirements=False))
def test_situation_holds_under_the_shipped_policy(subject: str, situation: Facts) -> None:
    policy = current_policy().on(situation["pada_tanggal"])
    SHIPPED_SITUATIONS[subject](situation["diketahui"], policy=policy, expect=situation["maka"])


@pytest.mark.parametrize(("subject", "situation"), _situations(retirements=True))
def test_retired_code_leads_to_its_successor(subject: str, situation: Facts, tmp_path: Path) -> None:
    given, expect, day = situation["diketahui"], situation["maka"], situation["pada_tanggal"]
    policy = load_policy(_with_retirement(tmp_path, given))
    assert (given["kode"] in policy.on(day).event_types) is (expect["berlaku"] == "ya"), subject
    stands = policy.event_types.resolve(given["kode"], on=day)
    assert (stands.code if stands else "tidak ada") == expect["kode_sekarang"]
    assert policy.event_types[given["kode"]].label.id, "a retired code keeps its words"


def test_a_misspelt_code_is_refused_and_not_read_as_harmless() -> None:
    policy = current_policy().on(date(2026, 11, 12))
    with pytest.raises(UnknownCode, match="F99"):
        shows_hostility({"F99"}, {}, policy=policy)


def _with_retirement(folder: Path, given: Facts) -> Path:
    def retire(tree: Facts) -> None:
        kind = entry(tree, "types", given["kode"])
        kind["valid_to"] = given["pensiun"]
        if "pengganti" in given:
            kind["successor"] = given["pengganti"]
        else:
            kind["no_successor"] = given["tanpa_pengganti"]

    return plant(copy_policy(folder), "taxonomy.yaml", retire)


def _count(value: object) -> int | None:
    return None if value == "tidak diketahui" else int(str(value))


def _counts(values: dict[str, object]) -> dict[str, int | None]:
    return {code: _count(value) for code, value in values.items()}


def _moment(text: str) -> datetime:
    """`2026-11-12 21.40`, western Indonesian time."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIB)
