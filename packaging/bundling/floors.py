"""The oldest versions that a bundle may carry of what reads files from strangers. A build with older ones ends.

Raise a floor as soon as a fault mended upstream concerns the program: packaging/RELEASE.md says when that is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bundling.parts import Part

FLOORS = {
    # For Windows the newest that a package index has, which serves for trials; a release is made with a later one.
    "cpython": "3.13.2",
    # Before 3.50.2 a document with prepared sums could write beyond memory (CVE-2025-6965).
    "sqlite": "3.50.2",
    # The one that pyproject.toml names as sound.
    "qt": "6.11.3",
}


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def too_old(parts: Iterable[Part]) -> list[str]:
    """One sentence for each part below its floor, and for each that a floor names and the bundle does not have."""
    found = {part.name: part.version for part in parts}
    missing = [f"{name} is not in the list of parts" for name in FLOORS if name not in found]
    return missing + [
        f"{name} {found[name]} is older than {floor}"
        for name, floor in FLOORS.items()
        if name in found and numbers(found[name]) < numbers(floor)
    ]


def refuse_what_is_too_old(parts: Iterable[Part]) -> None:
    """End the build where a part is below its floor."""
    said = too_old(parts)
    if said:
        raise SystemExit("This bundle may not go out: " + "; ".join(said) + ".")
