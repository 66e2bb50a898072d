"""The British dictionary of a bundle, so that spelling is checked on computers that have none."""

from __future__ import annotations

import shutil
from pathlib import Path

from bundling.fetching import NpmPackage, fetch
from bundling.parts import Part

PACKAGE = NpmPackage("dictionary-en-gb", "3.0.0", "67b3ac7f78c31408927b9e4e4f55bbd6a338ae6596a5c09bd937e471694fa218")
LICENCE = "MIT AND BSD-3-Clause"
STEM = "en_GB-ise"
"""What its author calls it: British spelling with -ise."""


def add_dictionary(package: Path, bundle: Path, work: Path) -> list[Path]:
    """Put the dictionary among the resources of `package`, which is the folder apq_desktop in the bundle.

    Its licence goes into the bundle. Returns the files that were put there.
    """
    fetched = fetch(PACKAGE, work)
    dictionaries = package / "_bundled" / "resources" / "dictionaries"
    notices = bundle / "licences" / PACKAGE.name
    for folder in (dictionaries, notices):
        folder.mkdir(parents=True)
    shutil.copyfile(fetched / "license", notices / "license.txt")
    return [Path(shutil.copyfile(fetched / f"index.{end}", dictionaries / f"{STEM}.{end}")) for end in ("aff", "dic")]


def part() -> Part:
    """The dictionary in the list of parts."""
    return Part(PACKAGE.name, PACKAGE.version, LICENCE, PACKAGE.origin, "the makers of SCOWL")
