"""The British dictionary of a bundle, so that spelling is checked on computers that have none."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from pathlib import Path

from bundling.making import call, emptied
from bundling.papers import Part

NAME, VERSION = "dictionary-en-gb", "3.0.0"
SHA256 = "67b3ac7f78c31408927b9e4e4f55bbd6a338ae6596a5c09bd937e471694fa218"
STEM = "en_GB-ise"
"""What its author calls it: British spelling with -ise."""
PART = Part(NAME, VERSION, "MIT AND BSD", f"pkg:npm/{NAME}@{VERSION}")


def add_dictionary(package: Path, bundle: Path, work: Path) -> None:
    """Put the dictionary among the resources of `package`, which is the folder apq_desktop in the bundle.

    Its licence goes into the bundle. npm fetches it and runs nothing of it; its hash is pinned.
    """
    place = emptied(work / "dictionary")
    npm = shutil.which("npm.cmd" if os.name == "nt" else "npm")
    if npm is None:
        raise SystemExit("The dictionary is fetched by npm: install it.")
    call([npm, "pack", "--silent", "--ignore-scripts", f"{NAME}@{VERSION}"], cwd=place)
    packed = place / f"{NAME}-{VERSION}.tgz"
    if hashlib.sha256(packed.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{packed.name} is not the file expected.")
    with tarfile.open(packed) as archive:
        archive.extractall(place, filter="data")
    dictionaries = package / "_bundled" / "resources" / "dictionaries"
    notices = bundle / "licences" / NAME.replace("-", "_")
    for folder in (dictionaries, notices):
        folder.mkdir(parents=True)
    for end in ("aff", "dic"):
        shutil.copyfile(place / "package" / f"index.{end}", dictionaries / f"{STEM}.{end}")
    shutil.copyfile(place / "package" / "license", notices / "license.txt")
