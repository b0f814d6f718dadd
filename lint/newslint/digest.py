"""The hash that tells contents apart: BLAKE2b (RFC 7693), without all that ``hashlib`` brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        # hashlib has it from there, and loads OpenSSL beside it, for some 3 ms that an unchanged archive does without.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

__all__ = ["blake2b", "digest"]


def digest(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for some bytes."""
    return blake2b(data, digest_size=16).hexdigest()
