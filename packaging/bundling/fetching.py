"""What a bundle or a test takes from npm: a package by name and version, with its hash; no script of it is run."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from bundling.making import emptied


@dataclass(frozen=True)
class NpmPackage:
    """A package of the npm registry, pinned."""

    name: str
    version: str
    sha256: str

    @property
    def origin(self) -> str:
        """Its package URL."""
        return f"pkg:npm/{self.name.replace('@', '%40')}@{self.version}"


def fetch(package: NpmPackage, work: Path) -> Path:
    """The unpacked files of a package."""
    place = emptied(work / "npm" / package.name.replace("/", "-").lstrip("@"))
    npm = shutil.which("npm") or "npm"
    words = [npm, "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
    subprocess.run(words, cwd=place, check=True, stdout=subprocess.DEVNULL)
    (packed,) = place.glob("*.tgz")
    with tarfile.open(checked(packed, package.sha256)) as archive:
        archive.extractall(place, filter="data")
    return place / "package"


def checked(file: Path, sha256: str) -> Path:
    """The file, when it has the hash expected; else the build ends."""
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != sha256:
        raise SystemExit(f"{file.name} is not the file expected: its SHA-256 is {found}.")
    return file
