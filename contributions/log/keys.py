"""The portal's signature: Ed25519, from one seed in the settings."""

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from contributions.log.leaf import canonical


@lru_cache(maxsize=4)
def _key(seed: str) -> tuple[Ed25519PrivateKey, bytes]:
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))
    return key, key.public_key().public_bytes_raw()


def public_key() -> bytes:
    return _key(settings.RECEIPT_SIGNING_KEY)[1]


def key_id(public: bytes | None = None) -> str:
    """What a signature is filed under, so that a key can be replaced without making old receipts worthless."""
    return hashlib.sha256(public or public_key()).hexdigest()[:16]


def sign(facts: Mapping[str, Any]) -> bytes:
    """The signature of facts that name the key themselves: `{…, "key": key_id()}`."""
    if facts.get("key") != key_id():
        raise ValueError("Signed facts name the key that signs them")
    return _key(settings.RECEIPT_SIGNING_KEY)[0].sign(canonical(facts))


def is_signed(facts: Mapping[str, Any], signature: bytes, public: bytes) -> bool:
    """Whether this key signed these facts."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, canonical(facts))
    except InvalidSignature:
        return False
    return facts.get("key") == key_id(public)
