"""How a person signs in: an office e-mail address or a telephone number, each in one spelling.

Pure. The log-in page, the account forms and the spreadsheet all pass through here, so that 0812…, 62812… and
+62 812-… are one account and a number that Excel has robbed of its zero still fits.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s.()\-–/]")
_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
_INDONESIAN = re.compile(r"\+62[1-9][0-9]{6,12}")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def plain_phone(text: str) -> str | None:
    """The number as +62…; None if it cannot be one. Numbers without a country are Indonesian."""
    bare = _SEPARATORS.sub("", text.strip())
    for beginning, whole in (("+", "+"), ("00", "+"), ("0", "+62"), ("62", "+62"), ("8", "+628")):
        if bare.startswith(beginning):
            number = whole + bare.removeprefix(beginning)
            break
    else:
        return None
    shape = _INDONESIAN if number.startswith("+62") else _NUMBER
    return number if shape.fullmatch(number) else None


def plain_email(text: str) -> str | None:
    """The address in small letters; None if it cannot be one."""
    address = text.strip().lower()
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else None


def plain_login(text: str) -> str:
    """One spelling of whatever was typed at the log-in page, for counting tries."""
    return plain_email(text) or plain_phone(text) or text.strip().lower()[:254]
