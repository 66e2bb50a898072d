"""The digest of a document, and the short code that two people compare by telephone.

They say that the document is undamaged, not that it is genuine: there is no signature.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785

from apq_desktop.errors import PackRefusedError

NO_DIGEST = "It carries no digest, so nobody can tell whether it arrived undamaged."
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter is mistaken for a digit when it is read aloud."""
_CODE_LETTERS = 8


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical form (RFC 8785) of ``document`` without its ``digest``.

    Raises ValueError where there is no canonical form (a lone surrogate, a whole number from 2**53 on).
    """
    content = {name: value for name, value in document.items() if name != "digest"}
    return sha256(rfc8785.dumps(content)).hexdigest()


def verified_digest(document: Mapping[str, Any], label: str) -> str:
    """The digest of a document as it was received, before anything in it is upgraded or cleaned.

    Raises PackRefusedError where the document states another one.
    """
    try:
        digest = digest_of(document)
    except ValueError as error:
        raise PackRefusedError(label, "it holds a number that is too large") from error
    stated = document.get("digest")
    if isinstance(stated, str) and stated and stated.lower() != digest:
        raise PackRefusedError(
            label,
            "it was damaged or changed after it was made (its digest differs); ask for it to be sent again",
        )
    return digest


def digest_of_known(document: Mapping[str, Any]) -> str:
    """``digest_of``, in a quarter of the time, for a document that is known to hold no name beyond ASCII and no large
    number: all else is written in the same way.
    """
    content = {name: value for name, value in document.items() if name != "digest"}
    return sha256(canonical(content).encode()).hexdigest()


def canonical(known: Mapping[str, Any]) -> str:
    """The canonical form (RFC 8785) of values that hold no name beyond ASCII, no large number and no fraction."""
    return json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def short_code(digest: str) -> str:
    """The first 40 bits of a digest as eight letters and digits, such as ``7KQ2-M4XD``."""
    bits = int(digest[: _CODE_LETTERS * 5 // 4], 16)
    letters = "".join(_LETTERS[bits >> 5 * place & 31] for place in reversed(range(_CODE_LETTERS)))
    return f"{letters[:4]}-{letters[4:]}"
