"""Whose each file of a bundle is: every one belongs to one part, else the build ends."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bundling.making import files_below
from bundling.parts import INSIDE, plain

OWN = "apq-desktop"
PAPERS = re.compile(
    r"(LICENSE\.txt|NOTICES\.md|sbom\.cdx\.json|installed-files\.txt|portable\.txt|uninstall\.exe|licences/.*)"
)
"""What tells of the bundle and is no part of it."""
PYTHONS_OWN = re.compile(r"_internal/(python3\.\d+/|libpython3|base_library\.zip)|program/[^/]+$")


class Inventory:
    """The files of one bundle, by the part that each belongs to."""

    def __init__(self, bundle: Path, packages: Path, metadata: Path) -> None:
        """`packages` is what stands for site-packages in `bundle`; `metadata` holds the dist-info folders."""
        self.bundle = bundle
        self._below = packages.relative_to(bundle).as_posix()
        self._of_packages = recorded(metadata)
        self._placed: dict[str, str] = {}

    def of_copy(self, bundle: Path, metadata: Path) -> Inventory:
        """The same for a copy of the bundle, to which packages are added whose dist-info folders are in `metadata`."""
        copy = Inventory(bundle, bundle / self._below, metadata)
        copy._placed.update(self._placed)
        return copy

    def place(self, paths: Iterable[Path], part: str) -> None:
        """Note whose files are that a step of the build put there."""
        self._placed.update((path.relative_to(self.bundle).as_posix(), part) for path in paths)

    def files(self) -> dict[str, dict[str, str]]:
        """For each part its files, each with its SHA-256. Links are not counted: what they lead to is."""
        found: dict[str, dict[str, str]] = {}
        unknown = []
        for name, digest in digests(self.bundle).items():
            owner = self._owner(name)
            if owner is None:
                unknown.append(name)
            else:
                found.setdefault(owner, {})[name] = digest
        if unknown:
            raise SystemExit("The list of parts does not know whose these are:\n  " + "\n  ".join(unknown))
        return found

    def _owner(self, name: str) -> str | None:
        if name in self._placed:
            return self._placed[name]
        if name.startswith(f"{self._below}/"):
            inner = name.removeprefix(f"{self._below}/")
            for library in INSIDE:
                if re.search(library.files, inner):
                    return library.name
            if inner.startswith(("apq_desktop/", "apq_desktop-")):
                return OWN
            package = self._of_packages.get(source_of(inner))
            if package:
                return package
        for library in INSIDE:
            if re.search(library.files, name):
                return library.name
        return "cpython" if PYTHONS_OWN.match(name) else None


def digests(bundle: Path) -> dict[str, str]:
    """The SHA-256 of every file of a bundle that is no paper and no link."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_below(bundle)
        if not path.is_symlink() and not PAPERS.fullmatch(name := path.relative_to(bundle).as_posix())
    }


def recorded(metadata: Path) -> dict[str, str]:
    """By each package's own record: the files that it installed, with the package's name."""
    found = {}
    for record in metadata.glob("*.dist-info/RECORD"):
        package = plain(record.parent.name.split("-")[0])
        with record.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                found[row[0].replace("\\", "/")] = package
    return found


def source_of(name: str) -> str:
    """The source that a file of byte code was written for; any other file's own name."""
    folder, inside, file = name.rpartition("__pycache__/")
    return f"{folder}{file.partition('.')[0]}.py" if inside else name


def differences(bundle: Path, sbom: Mapping[str, object]) -> list[str]:
    """Where a list of parts and the files of its bundle disagree: one sentence each, none where they agree."""
    listed: dict[str, str] = {}
    pending = [sbom["components"]]
    pending.append(sbom["metadata"]["component"].get("components", []))  # type: ignore[index]
    while pending:
        for component in pending.pop():  # type: ignore[attr-defined]
            if component["type"] == "file":
                listed[component["name"]] = component["hashes"][0]["content"]
            pending.append(component.get("components", []))
    found = digests(bundle)
    said = [f"{name} is in no part" for name in sorted(found.keys() - listed.keys())]
    said += [f"{name} is listed and not there" for name in sorted(listed.keys() - found.keys())]
    return said + [
        f"{name} is another file" for name in sorted(found.keys() & listed.keys()) if found[name] != listed[name]
    ]
