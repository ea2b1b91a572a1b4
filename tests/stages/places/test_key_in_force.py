"""The quick way from a code to its key, as the ordinary one gives it."""

from __future__ import annotations

import pytest

from kentongan.places.models import Region
from kentongan.places.queries import key_in_force, region_by_code
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["99", "99.01", "99.01.01", "99.01.01.2001"])
def test_a_code_in_force_has_the_key_of_its_region(code: str) -> None:
    factories.waluku()
    assert key_in_force(code) == region_by_code(code).key


def test_a_code_that_is_unknown_or_has_ended_has_none() -> None:
    factories.waluku()
    Region.objects.filter(code="99.02.01").update(valid_to=factories.TODAY)
    assert (key_in_force("99.09"), key_in_force("99.02.01"), key_in_force("'; --")) == (None, None, None)
