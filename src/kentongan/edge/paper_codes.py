"""Bytes as signs that people write down and type back: receipts, fingerprints, recovery sheets. No secrets,
no crypto.
"""

from __future__ import annotations

# Crockford's alphabet: no I, L, O or U, so that what is misread on paper can be read back.
PAPER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def paper(value: bytes) -> str:
    """Bytes as signs that can be written by hand; the last sign is filled up with zero bits."""
    count = -(-len(value) * 8 // 5)
    number = int.from_bytes(value, "big") << (count * 5 - len(value) * 8)
    return "".join(PAPER_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(count)))


def unpaper(text: str, *, size: int) -> bytes:
    """The `size` bytes that `paper` wrote. Raises ValueError when no such bytes give these signs."""
    signs = unpaper_signs(text)
    if len(signs) != -(-size * 8 // 5):
        raise ValueError(f"{len(signs)} signs instead of {-(-size * 8 // 5)}")
    number = 0
    for sign in signs:
        number = number << 5 | PAPER_ALPHABET.index(sign)
    spare = len(signs) * 5 - size * 8
    if number & ((1 << spare) - 1):
        raise ValueError("the last sign does not fit")
    return (number >> spare).to_bytes(size, "big")


def unpaper_signs(text: str) -> str:
    """The signs of a handwritten code: no spaces or dashes, capitals, O for 0, I and L for 1."""
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MISREAD)


def grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
