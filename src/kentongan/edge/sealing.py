"""All cryptography of the project: sealed fields, keyed tags, receipts, and identities sealed to two holders.

*Fields* (raw texts, sealed files) are sealed with a key of their own, which is wrapped by the instance's
field key and kept in front of the content. The server can open them; `context` ("table:row:field") ties a
value to its place.

*Tags* are keyed hashes that answer "is this the same?" without telling what it is. A receipt is such a tag,
short enough to be written on paper.

*Identities* are sealed to the public keys of two holders at different bodies. The content key is the
exclusive-or of two random shares, one sealed to each holder, so the server cannot open it, nor can one
holder. A holder is handed the two locked shares only (`locked_shares`), never the content: even both together
need the server's recorded disclosure.

Every sealed value begins with a version byte. Nothing else in the project imports `cryptography`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kentongan.edge.paper_codes import PAPER_ALPHABET, grouped, paper, unpaper_signs
from kentongan.edge.problems import Problem

Slot = Literal["A", "B"]

VERSION = b"\x01"
KEY, NONCE, TAG = 32, 12, 16  # bytes
WRAPPED = KEY + TAG
KEY_ID = 8
RECEIPT_BYTES = 10  # 80 bits: 16 signs
_PAD_TO = 256  # sealed identities have few sizes, so that length says nothing about a name


# --- sealed fields ---


class FieldSealer:
    """Seals values with a fresh key each, wrapped by the instance's key. Keys of earlier years still open."""

    def __init__(self, key: bytes, *, older: Sequence[bytes] = ()) -> None:
        self._newest = _key_id(key)
        self._keys = {_key_id(each): AESGCM(each) for each in (*older, key)}

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """version | key id | nonce | wrapped key | nonce | content: 97 bytes more than the plain value."""
        key, nonce = secrets.token_bytes(KEY), secrets.token_bytes(NONCE)
        return self._wrap(key) + nonce + AESGCM(key).encrypt(nonce, plain, _field_label(context))

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """The plain value. Raises Problem `edge.seal_broken` when anything at all does not fit."""
        try:
            key, rest = self._unwrap(sealed)
            return AESGCM(key).decrypt(rest[:NONCE], rest[NONCE:], _field_label(context))
        except (InvalidTag, ValueError, KeyError):
            raise Problem("edge.seal_broken", context=context) from None

    def rewrap(self, sealed: bytes, *, context: str) -> bytes:
        """The same value under the newest key; the content itself is not opened."""
        try:
            key, rest = self._unwrap(sealed)
        except (InvalidTag, ValueError, KeyError):
            raise Problem("edge.seal_broken", context=context) from None
        return self._wrap(key) + rest

    def _wrap(self, key: bytes) -> bytes:
        head, nonce = VERSION + self._newest, secrets.token_bytes(NONCE)
        return head + nonce + self._keys[self._newest].encrypt(nonce, key, b"field key" + head)

    def _unwrap(self, sealed: bytes) -> tuple[bytes, bytes]:
        head, rest = sealed[: 1 + KEY_ID], sealed[1 + KEY_ID :]
        if head[:1] != VERSION:
            raise ValueError("unknown version")
        key = self._keys[head[1:]].decrypt(rest[:NONCE], rest[NONCE : NONCE + WRAPPED], b"field key" + head)
        return key, rest[NONCE + WRAPPED :]


def _key_id(key: bytes) -> bytes:
    return hmac.new(key, b"kentongan key id", hashlib.sha256).digest()[:KEY_ID]


def _field_label(context: str) -> bytes:
    return b"kentongan field 1:" + context.encode()


# --- keyed tags and receipts ---


def tag(key: bytes, purpose: str, *parts: str | int) -> str:
    """A keyed hash of `parts` (128 bits, 26 signs); another purpose or another split of the parts gives
    another tag.
    """
    return paper(_mac(key, purpose, *parts)[:16])


def receipt_code(key: bytes, client_id: str) -> str:
    """The receipt of a report, the same for the same random client id: `7KQM-2XPA-…`, 80 bits."""
    return grouped(paper(_mac(key, "receipt", client_id)[:RECEIPT_BYTES]))


def receipt_tag(key: bytes, receipt: str) -> str:
    """By what a report is found when somebody asks with its receipt: the receipt itself is stored nowhere."""
    return tag(key, "receipt lookup", receipt)


def read_receipt(text: str) -> str:
    """A receipt as somebody typed it, in its one right form. Raises Problem when it cannot be one."""
    code = unpaper_signs(text)
    if len(code) != RECEIPT_BYTES * 8 // 5 or not set(code) <= set(PAPER_ALPHABET):
        raise Problem("edge.receipt_malformed", receipt=text.strip()[:40])
    return grouped(code)


def _mac(key: bytes, purpose: str, *parts: str | int) -> bytes:
    """Each part is preceded by its length, so that no two lists of parts are the same bytes."""
    encoded = [str(part).encode() for part in (purpose, *parts)]
    return hmac.new(
        key, b"".join(len(each).to_bytes(4, "big") + each for each in encoded), hashlib.sha256
    ).digest()


# --- identities sealed to two holders ---


@dataclass(frozen=True, slots=True)
class HolderKey:
    """A holder's pair of keys (X25519, 32 bytes each). The private one exists on the holder's paper only."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def new(cls) -> HolderKey:
        return cls.of(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def of(cls, private: bytes) -> HolderKey:
        return cls(private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Half:
    """One holder's opened share of one sealed identity: worthless for any other, and worthless alone."""

    slot: Slot
    share: bytes = field(repr=False)


def fingerprint(public: bytes) -> str:
    """How people recognise a public key: 80 bits in four groups."""
    return grouped(paper(hashlib.sha256(b"kentongan holder" + public).digest()[:RECEIPT_BYTES]))


_BOX = (
    KEY_ID + KEY + WRAPPED + TAG
)  # key id, the sender's one-time public key, locked share, check of the share
_HEAD = 1 + 2 * _BOX


def seal_to_two(plain: bytes, public_a: bytes, public_b: bytes, *, context: str) -> bytes:
    """Seal `plain` so that it takes the holders of both keys to open it.

    version | box A | box B | nonce | content. The boxes do not depend on the content, the content is tied to
    both.
    """
    if public_a == public_b:
        raise ValueError("the two holders have the same key")
    shares = secrets.token_bytes(KEY), secrets.token_bytes(KEY)
    head = VERSION + _box("A", shares[0], public_a, context) + _box("B", shares[1], public_b, context)
    nonce = secrets.token_bytes(NONCE)
    return (
        head + nonce + AESGCM(_joined(*shares)).encrypt(nonce, _padded(plain), _identity_label(head, context))
    )


def locked_shares(sealed: bytes) -> bytes:
    """What a holder needs to open a share, without the content."""
    return sealed[:_HEAD]


def sealed_to(sealed: bytes, slot: Slot) -> bytes:
    """The short id (`holder_id`) of the public key that `slot` of this identity was sealed to."""
    return _box_of(sealed, slot)[:KEY_ID]


def holder_id(public: bytes) -> bytes:
    return hashlib.sha256(b"kentongan holder id" + public).digest()[:KEY_ID]


def open_half(locked: bytes, private: bytes, *, slot: Slot, context: str) -> Half:
    """One holder's share. Raises Problem `edge.seal_broken` for another key, slot or context, or a changed
    byte.
    """
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        box = _box_of(locked, slot)
        sender, wrapped = box[KEY_ID : KEY_ID + KEY], box[KEY_ID + KEY : KEY_ID + KEY + WRAPPED]
        shared = own.exchange(X25519PublicKey.from_public_bytes(sender))
        key = _box_key(shared, sender, own.public_key().public_bytes_raw(), slot=slot, context=context)
        half = Half(slot, AESGCM(key).decrypt(bytes(NONCE), wrapped, None))
    except (InvalidTag, ValueError):
        raise Problem("edge.seal_broken", context=context) from None
    if not fits(locked, half):
        raise Problem("edge.seal_broken", context=context)
    return half


def fits(locked: bytes, half: Half) -> bool:
    """Whether a half is the right one for its slot, told without the other half."""
    return len(locked) >= _HEAD and hmac.compare_digest(
        _box_of(locked, half.slot)[-TAG:], _check(half.slot, half.share)
    )


def join_halves(sealed: bytes, half_a: Half, half_b: Half, *, context: str) -> bytes:
    """The content, from both halves. Raises Problem `edge.seal_broken` when anything does not fit."""
    try:
        if (half_a.slot, half_b.slot) != ("A", "B") or sealed[:1] != VERSION:
            raise ValueError("not the two halves of this identity")
        head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + NONCE], sealed[_HEAD + NONCE :]
        key = AESGCM(_joined(half_a.share, half_b.share))
        return _unpadded(key.decrypt(nonce, body, _identity_label(head, context)))
    except (InvalidTag, ValueError):
        raise Problem("edge.seal_broken", context=context) from None


def _box(slot: Slot, share: bytes, public: bytes, context: str) -> bytes:
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    key = _box_key(
        once.exchange(X25519PublicKey.from_public_bytes(public)), sender, public, slot=slot, context=context
    )
    # The key serves this one message, so the nonce may be fixed.
    return holder_id(public) + sender + AESGCM(key).encrypt(bytes(NONCE), share, None) + _check(slot, share)


def _box_of(sealed: bytes, slot: Slot) -> bytes:
    start = 1 if slot == "A" else 1 + _BOX
    return sealed[start : start + _BOX]


def _box_key(shared: bytes, sender: bytes, receiver: bytes, *, slot: Slot, context: str) -> bytes:
    label = b"kentongan half 1:" + slot.encode() + b":" + context.encode()
    return HKDF(algorithm=SHA256(), length=KEY, salt=sender + receiver, info=label).derive(shared)


def _check(slot: Slot, share: bytes) -> bytes:
    return hmac.new(share, b"kentongan half check:" + slot.encode(), hashlib.sha256).digest()[:TAG]


def _joined(share_a: bytes, share_b: bytes) -> bytes:
    if len(share_a) != KEY or len(share_b) != KEY:
        raise ValueError("a share has the wrong size")
    return bytes(a ^ b for a, b in zip(share_a, share_b, strict=True))


def _identity_label(head: bytes, context: str) -> bytes:
    return b"kentongan identity 1:" + hashlib.sha256(head).digest() + context.encode()


def _padded(plain: bytes) -> bytes:
    return plain + b"\x80" + bytes(-(len(plain) + 1) % _PAD_TO)


def _unpadded(padded: bytes) -> bytes:
    return padded.rstrip(b"\0").removesuffix(b"\x80")
