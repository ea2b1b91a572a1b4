"""What the shipped files hold: complete, in both languages, in the words of the house, faithful to TKS-1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from kentongan.policy import NotInForce, current_policy, load_policy, policy_on
from kentongan.policy.code_list import CodeList
from kentongan.policy.schema.base import Label

TODAY = date(2026, 11, 12)
NEVER_IN_A_LABEL = re.compile(
    r"\b(pelaku|oknum|tersangka|target|radikal\w*)\b|desa merah|status keadaan", re.IGNORECASE
)
LEDGER = Path(__file__).parent / "published_codes.yaml"


def labels_in(value: object) -> Iterator[Label]:
    """Every label anywhere below a policy value."""
    if isinstance(value, Label):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from labels_in(getattr(value, name))
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from labels_in(getattr(value, name))
    elif hasattr(value, "values"):
        for each in value.values():
            yield from labels_in(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from labels_in(each)


def published_codes() -> dict[str, list[str]]:
    """Every code of every list now, by list name."""
    policy = current_policy()
    lists: dict[str, CodeList[Any]] = {
        "class": policy.classes,
        "event_type": policy.event_types,
        "alert_level": policy.level_looks,
        "referral": policy.referrals,
        "accused_office": policy.accused_offices,
        "checklist": policy.checklists,
        "report_tile": policy.report_tiles,
        "not_an_incident": policy.not_incidents,
        **{f"facet {name}": codes for name, codes in policy.facets.items()},
        **{f"vocabulary {name}": codes for name, codes in policy.vocabularies.items()},
    }
    published = {name: sorted(codes) for name, codes in lists.items()}
    published["playbook"] = sorted(code for theme in policy.playbooks.values() for code in theme)
    return published


def test_all_classes_and_all_leaf_types_are_there() -> None:
    policy = policy_on(TODAY)
    assert len(policy.classes) == 8
    assert len(policy.event_types) == 43
    assert sum(len(policy.types_of_class(code)) for code in policy.classes) == 43


def test_the_phone_has_nine_tiles_and_every_tile_suggests_a_type() -> None:
    policy = policy_on(TODAY)
    assert len(policy.report_tiles) == 9
    assert all(policy.types_for_tile(code) for code in policy.report_tiles)


def test_no_code_that_was_ever_published_has_disappeared() -> None:
    ledger: dict[str, list[str]] = yaml.safe_load(LEDGER.read_text(encoding="utf-8"))
    now = published_codes()
    lost = {name: sorted(set(codes) - set(now.get(name, []))) for name, codes in ledger.items()}
    assert not any(lost.values()), f"retire a code with valid_to and successor, never delete it: {lost}"


def test_every_code_stands_in_the_ledger_of_published_codes() -> None:
    ledger: dict[str, list[str]] = yaml.safe_load(LEDGER.read_text(encoding="utf-8"))
    new = {name: sorted(set(codes) - set(ledger.get(name, []))) for name, codes in published_codes().items()}
    assert not any(new.values()), f"add the new codes to {LEDGER.name}: {new}"


def test_labels_use_the_words_of_the_house() -> None:
    # The disclaimer must name what the level is not; its words are fixed.
    disclaimer = current_policy().alert_disclaimer
    wrong = [
        label
        for label in labels_in(current_policy())
        if label != disclaimer and (NEVER_IN_A_LABEL.search(label.id) or "pelaku" in label.en.lower())
    ]
    assert not wrong


def test_the_walk_over_labels_reaches_all_of_them() -> None:
    found = {label.id for label in labels_in(current_policy())}
    assert {
        "Antarperguruan pencak silat",
        "unjuk rasa damai",
        "Kabid",
        "ada luka berat",
        "Jam kerja",
    } <= found


def test_a_label_speaks_both_languages_and_falls_back_to_indonesian() -> None:
    label = policy_on(TODAY).alert_levels["siaga"].label
    assert [label.in_language(each) for each in ("id", "en", "en-gb", "jv")] == [
        "Siaga",
        "Warning",
        "Warning",
        "Siaga",
    ]


def test_above_waspada_a_person_confirms_and_waspada_may_be_an_analyst() -> None:
    levels = policy_on(TODAY).alert_levels
    assert [level.needs_human for level in levels.values()] == [False, False, True, True]
    assert [level.approval.persons for level in levels.values()] == [0, 1, 1, 2]


def test_every_alert_level_has_the_required_fields_and_three_days() -> None:
    levels = [level for level in policy_on(TODAY).alert_levels.values() if level.number > 0]
    assert {level.expiry_hours for level in levels} == {72}
    assert {"owner", "first_action", "playbook", "expiry"} <= set.intersection(
        *(set(each.required) for each in levels)
    )


def test_normal_is_no_alert_and_has_no_expiry() -> None:
    normal = policy_on(TODAY).alert_level(0)
    assert (normal.code, normal.required, normal.ladder) == ("normal", (), None)
    with pytest.raises(ValueError, match="no alert"):
        _ = normal.expiry_hours


def test_each_level_has_its_own_shape_mark_colour_and_knock() -> None:
    looks = [level.look for level in policy_on(TODAY).alert_levels.values()]
    for part in ("shape", "mark", "colour_token", "knock"):
        assert len({getattr(look, part) for look in looks}) == 4, part


def test_three_sensitive_types_are_classified_by_two_persons_only() -> None:
    kinds = policy_on(TODAY).event_types.values()
    assert {kind.code for kind in kinds if kind.two_persons} == {"KAM.01", "KAM.02", "INF.04"}


def test_peaceful_protest_is_the_only_form_that_is_context_only() -> None:
    forms = policy_on(TODAY).facets["form"].values()
    assert [form.code for form in forms if form.context_only] == ["F04"]


def test_a_citizen_report_starts_at_f6() -> None:
    facets = policy_on(TODAY).facets
    start = [
        code
        for name in ("source_reliability", "information_credibility")
        for code in facets[name]
        if facets[name][code].default
    ]
    assert start == ["F", "6"]


def test_a_day_before_the_first_value_is_refused_and_not_guessed() -> None:
    with pytest.raises(NotInForce, match="no policy on 2019-12-31; the first day is 2020-01-01"):
        current_policy().on(date(2019, 12, 31))


def test_nothing_in_a_view_can_be_changed() -> None:
    view: Any = policy_on(TODAY)
    with pytest.raises(TypeError):
        view.thresholds["public_minimum_cell"] = 1
    with pytest.raises(TypeError):
        view.lifecycles["event"].moves["open"] = ("closed",)
    with pytest.raises(AttributeError):
        view.day = TODAY


def test_the_policy_is_read_once_and_the_version_belongs_to_the_bytes() -> None:
    assert current_policy() is current_policy()
    assert load_policy().version == current_policy().version


def test_codes_and_moves_agree_with_the_domain_file(shared_dir: Path) -> None:
    source = yaml.safe_load((shared_dir / "domain" / "taxonomy.yaml").read_text(encoding="utf-8"))
    policy = policy_on(TODAY)
    assert [kind["code"] for kind in source["types"]] == list(policy.event_types)
    assert [kind["definition"]["id"] for kind in source["types"]] == [
        k.definition.id for k in policy.event_types.values()
    ]
    for name, values in source["facets"].items():
        assert [str(value["code"]) for value in values] == list(policy.facets[name]), name
    for name, machine in source["lifecycles"].items():
        if name != "transition_record":
            for state, following in machine["transitions"].items():
                assert policy.lifecycles[name].next_states(state) == tuple(following), (name, state)
