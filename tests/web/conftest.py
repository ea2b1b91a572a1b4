"""What the tests of pages share: the main chain in small, and a language that each test begins in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from tests.web.chain import Chain, made


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    """Each test begins in Indonesian and leaves no language behind."""
    with override("id"):
        yield


@pytest.fixture
def chain(db: None) -> Chain:
    return made()
