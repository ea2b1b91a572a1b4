"""What the tables refuse by themselves, whatever the code above them does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kentongan.places.actions import LoadOutcome
from kentongan.places.models import Island, Region, RegionAlias, RegionSuccession


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 0},
        {"level": 5},
        {"kind": "kerajaan"},
        {"range_end": 3514162006},
        {"key": 0},
        {"range_end": 10**10 + 1},
        {"parent_id": None},
        {"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)},
        {"search_name": ""},
        {"code": "35.14.16"},
    ],
)
def test_a_region_that_cannot_be_is_refused(sample: LoadOutcome, wrong: dict[str, Any]) -> None:
    village = Region.objects.get(code="35.14.16.2006")
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.filter(pk=village.pk).update(**wrong)


def test_a_province_has_no_parent(sample: LoadOutcome) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.filter(code="35").update(parent=Region.objects.get(code="15"))


def test_a_closed_region_may_share_its_code_with_the_one_in_force(sample: LoadOutcome) -> None:
    closed = Region.objects.get(code="35.14.16")
    Region.objects.filter(pk=closed.pk).update(valid_to=date(2026, 1, 1))
    closed.pk, closed.valid_to = None, None
    closed.save(force_insert=True)
    assert Region.objects.filter(code="35.14.16").count() == 2


def test_a_region_with_others_below_it_cannot_be_deleted(sample: LoadOutcome) -> None:
    with pytest.raises(IntegrityError):
        Region.objects.get(code="35.14").delete()


def test_half_a_position_is_refused(sample: LoadOutcome) -> None:
    region = Region.objects.get(code="35.14")
    for position in ((1.0, None), (91.0, 100.0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Island.objects.create(
                code="35.14.40001", region=region, name="Pulau", latitude=position[0], longitude=position[1]
            )


def test_a_region_does_not_succeed_itself(sample: LoadOutcome) -> None:
    region = Region.objects.get(code="35.14")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionSuccession.objects.create(old=region, new=region, since=date(2026, 1, 1), source="x")


def test_a_region_has_each_other_name_once(sample: LoadOutcome) -> None:
    region = Region.objects.get(code="19")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionAlias.objects.create(region=region, name="BABEL", search_name="babel", source="x")
