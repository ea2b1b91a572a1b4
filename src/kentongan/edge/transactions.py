"""How every action writes: one transaction, and on SQLite one writer at a time in this process.

SQLite's own waiting is unfair: with several threads knocking, one may wait for a second while others pass. A lock of
our own before BEGIN IMMEDIATE queues them in order; the transaction itself stays short.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

_writing = threading.RLock()


@contextmanager
def one_transaction() -> Iterator[None]:
    """Everything inside is stored together or not at all."""
    if connection.vendor == "sqlite":
        with _writing, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Marks the only kind of function that writes: one transaction, one row in the audit chain."""

    @functools.wraps(function)
    def stored_together(*args: P.args, **kwargs: P.kwargs) -> R:
        with one_transaction():
            return function(*args, **kwargs)

    return stored_together
