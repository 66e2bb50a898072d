"""The papers that travel in every bundle: its list of parts (SBOM, CycloneDX 1.6 as JSON) and all licences."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from bundling.making import CHECKOUT, PACKAGING, stamp, version

LICENCE_FILES = re.compile(r"licen[cs]e|copying|notice|authors|third-party", re.IGNORECASE)
QT_VERSION_FROM = "pyside6-essentials"


@dataclass(frozen=True)
class Part:
    """One part of a bundle: name, version, licence in its own words, and where it comes from (a package URL)."""

    name: str
    version: str
    licence: str
    origin: str = ""

    def as_component(self) -> dict[str, object]:
        """The part in CycloneDX's words."""
        component: dict[str, object] = {
            "type": "library",
            "bom-ref": self.origin or f"{self.name}@{self.version}",
            "name": self.name,
            "version": self.version,
            "licenses": [{"license": {"name": self.licence}}],
        }
        return {**component, "purl": self.origin} if self.origin else component


def installed_parts(site_packages: Path) -> list[Part]:
    """Every package installed below a folder, from its own metadata, but the program itself."""
    found = []
    for metadata in sorted(site_packages.glob("*.dist-info/METADATA")):
        about = BytesParser().parsebytes(metadata.read_bytes(), headersonly=True)
        name = re.sub(r"[-_.]+", "-", about["Name"]).lower()
        if name != "apq-desktop":
            found.append(Part(name, about["Version"], _licence(about), f"pkg:pypi/{name}@{about['Version']}"))
    return found


def _licence(about: Message) -> str:
    """The licence as the metadata states it: an expression, a short text, or classifiers."""
    said = about["License-Expression"] or about["License"] or ""
    classes = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return str(said) if said and "\n" not in said else "; ".join(classes) or "see its licence files"


def python_parts(python: str = "", sqlite: str = "") -> list[Part]:
    """Python itself and SQLite; the versions of the running ones where none are given."""
    python, sqlite = python or platform.python_version(), sqlite or sqlite3.sqlite_version
    return [
        Part("cpython", python, "PSF-2.0", f"pkg:generic/cpython@{python}"),
        Part("sqlite", sqlite, "blessing (public domain)", f"pkg:generic/sqlite@{sqlite}"),
    ]


def write_papers(bundle: Path, site_packages: Path, more: Iterable[Part]) -> None:
    """Put sbom.cdx.json, LICENSE.txt, NOTICES.md and the folder licences/ into a bundle.

    `site_packages` is where the dist-info folders of the packages stand.
    """
    packages = installed_parts(site_packages)
    (qt,) = [part.version for part in packages if part.name == QT_VERSION_FROM]
    parts = [*packages, *more, Part("qt", qt, "LGPL-3.0-only", f"pkg:generic/qt@{qt}")]
    (bundle / "sbom.cdx.json").write_bytes(sbom(parts))
    shutil.copyfile(CHECKOUT / "LICENSE", bundle / "LICENSE.txt")
    shutil.copyfile(PACKAGING / "NOTICES.md", bundle / "NOTICES.md")
    for folder in sorted(site_packages.glob("*.dist-info")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and LICENCE_FILES.search(path.relative_to(folder).as_posix()):
                target = bundle / "licences" / folder.name.split("-")[0] / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    for text in sorted((PACKAGING / "licences").iterdir()):
        shutil.copyfile(text, bundle / "licences" / text.name)


def sbom(parts: Iterable[Part]) -> bytes:
    """The list of parts. Its serial number comes from its content, its time from the commit."""
    components = [part.as_component() for part in sorted(parts, key=lambda part: part.name)]
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(stamp())),
            "component": {
                "type": "application",
                "bom-ref": "apq-desktop",
                "name": "APQ Desktop",
                "version": version(),
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": components,
        "dependencies": [
            {"ref": "apq-desktop", "dependsOn": [component["bom-ref"] for component in components]},
            *({"ref": component["bom-ref"]} for component in components),
        ],
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
