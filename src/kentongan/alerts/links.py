"""The address in a mail that answers for one person and one alert: derived from a key, stored as a keyed hash alone.

It opens no session and no other page. 144 bits of a keyed hash cannot be guessed; whoever reads the database finds
only the hash of the address, and whoever holds the mail can say "received" for its recipient and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

TOKEN_BYTES = 18  # 144 bits, 24 characters of an address


def token_of(key: bytes, notice: int) -> str:
    """The secret part of the address of one notice; the same whenever it is asked."""
    made = hmac.digest(key, f"kentongan.alert-link:{notice}".encode(), hashlib.sha256)[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(made).decode("ascii")


def link_tag(key: bytes, token: str) -> str:
    """What is stored of an address, to find its row again."""
    return hmac.new(key, b"kentongan.alert-link-tag:" + token.encode(), hashlib.sha256).hexdigest()
