"""The code with which a new account signs in once: 80 random bits, kept as a quick argon2 hash.

A slow hash protects passwords that people choose, because they can be guessed. Eighty random bits cannot be
guessed at any speed, so one cheap pass is as safe, and 300 accounts are made in a moment instead of half a
minute. The hash keeps its own parameters: the usual hasher reads it, and the first log-in ends with a
password of the person's own.
"""

from __future__ import annotations

import re
import secrets

from django.contrib.auth.hashers import Argon2PasswordHasher

# Without 0 1 I O: they are misread on paper.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 4, 4
_JUNK = re.compile(r"[\s\-–.]")


class _QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the least it allows; for random codes only."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


def new_code() -> str:
    """A fresh code such as `7KQM-X3NP-DA4R-9WTB`: 16 signs of 32, hence 80 bits."""
    return _grouped("".join(secrets.choice(_SIGNS) for _ in range(_GROUPS * _GROUP)))


def hash_of(code: str) -> str:
    """What the account keeps of a code."""
    hasher = _QuickArgon2()
    return str(hasher.encode(code, hasher.salt()))


def as_typed(text: str) -> str:
    """A code in its one spelling, however it was typed; anything else unchanged."""
    bare = _JUNK.sub("", text).upper()
    fits = len(bare) == _GROUPS * _GROUP and all(sign in _SIGNS for sign in bare)
    return _grouped(bare) if fits else text


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
