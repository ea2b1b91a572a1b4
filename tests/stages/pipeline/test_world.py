"""A database is a demo only when the demo builder marked it while it was empty."""

from __future__ import annotations

import pytest

from kentongan.audit import actions as audit
from kentongan.edge.clocks import set_domain_clock
from kentongan.edge.problems import Problem
from kentongan.pipeline.world import is_demo, mark_as_demo
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_moved_clock_does_not_make_a_demo() -> None:
    set_domain_clock(origin=factories.NOW)

    assert not is_demo()


def test_an_empty_instance_can_be_marked_once_the_regions_are_loaded() -> None:
    audit.record("regions.loaded", actor="sistem:pemasangan", at=factories.NOW)

    mark_as_demo(at=factories.NOW)

    assert is_demo()


def test_an_instance_that_has_been_used_can_never_become_a_demo() -> None:
    for _number in range(2):
        audit.record("account.created", actor="sistem:pemasangan", at=factories.NOW)

    with pytest.raises(Problem, match="real instance"):
        mark_as_demo(at=factories.NOW)
    assert not is_demo()
