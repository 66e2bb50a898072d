"""The parts of a bundle: packages, and the libraries inside them that their own lists of parts do not name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Part:
    """One part: its name, version, licence, where it comes from (a package URL), its makers, and what it is inside."""

    name: str
    version: str
    licence: str
    origin: str = ""
    supplier: str = ""
    inside: str = ""

    @property
    def reference(self) -> str:
        """What other entries call it: two packages may carry the same library."""
        return (
            f"{self.inside}/{self.name}@{self.version}" if self.inside else self.origin or f"{self.name}@{self.version}"
        )


@dataclass(frozen=True)
class Inside:
    """A library inside a package or Python: of which, its licence and makers, and by which files to know it.

    Its version is asked of the bundle's own Python (library_versions.py). One without files is linked into its package.
    """

    name: str
    of: str
    licence: str
    supplier: str
    files: str = r"(?!)"
    linked: Literal["always", "on Windows", "never"] = "always"
    """Where it is a part without a file of its own, linked into that of which it is part."""


INSIDE = (
    Inside("qt", "pyside6-essentials", "LGPL-3.0-only", "The Qt Company",
           r"PySide6/(Qt/(lib|plugins)/(?!libicu)|Qt6\w+\.dll|plugins/)"),
    Inside("icu", "pyside6-essentials", "Unicode-3.0", "Unicode Consortium", r"PySide6/Qt/lib/libicu", "never"),
    # Linked into Qt's own libraries. licences/Qt-third-party.txt names smaller ones too, which state no version.
    Inside("pcre2", "pyside6-essentials", "BSD-3-Clause", "University of Cambridge"),
    Inside("libpng", "pyside6-essentials", "libpng-2.0", "The PNG Reference Library Authors"),
    Inside("harfbuzz-of-qt", "pyside6-essentials", "MIT-Modern-Variant", "HarfBuzz"),
    Inside("freetype", "pyside6-essentials", "FTL", "FreeType", linked="on Windows"),
    Inside("zlib-of-qt", "pyside6-essentials", "Zlib", "zlib", linked="on Windows"),
    # qpdf enciphers with it; it opens no connection.
    Inside("openssl-of-qpdf", "pikepdf", "Apache-2.0", "OpenSSL", linked="on Windows"),
    Inside("zlib-of-qpdf", "pikepdf", "Zlib", "zlib", linked="on Windows"),
    Inside("qpdf", "pikepdf", "Apache-2.0", "qpdf", r"pikepdf\.libs/(lib)?qpdf|pikepdf/\.dylibs/libqpdf"),
    Inside("libjpeg-turbo", "pikepdf", "IJG AND BSD-3-Clause AND Zlib", "libjpeg-turbo",
           r"pikepdf(\.libs|/\.dylibs)/libjpeg"),
    Inside("libxml2", "lxml", "MIT", "GNOME"),
    Inside("libxslt", "lxml", "MIT", "GNOME"),
    Inside("libiconv", "lxml", "LGPL-2.1-or-later", "GNU"),
    Inside("zlib-of-lxml", "lxml", "Zlib", "zlib"),
    Inside("libpq", "psycopg-binary", "PostgreSQL", "PostgreSQL Global Development Group",
           r"psycopg_binary\.libs/libpq-", "never"),
    Inside("openssl", "psycopg-binary", "Apache-2.0", "OpenSSL", r"psycopg_binary\.libs/lib(crypto|ssl)-", "never"),
    Inside("openssl-of-python", "cpython", "Apache-2.0", "OpenSSL", r"program/lib(crypto|ssl)-\d+\.dll", "never"),
    Inside("harfbuzz", "uharfbuzz", "MIT-Modern-Variant", "HarfBuzz"),
    Inside("hunspell", "chunspell", "MPL-1.1", "Hunspell", r"hunspell/libhunspell|hunspell/\.dylibs/"),
    Inside("microsoft-visual-cpp-runtime", "", "LicenseRef-Microsoft-redistributable", "Microsoft",
           r"(^|/)(concrt140|msvcp140|vcruntime140)[\w-]*\.dll$", "never"),
    Inside("expat", "cpython", "MIT", "Expat"),
    Inside("mpdecimal", "cpython", "BSD-2-Clause", "Stefan Krah"),
    Inside("bzip2", "cpython", "bzip2-1.0.6", "bzip2", linked="on Windows"),
    Inside("libffi", "cpython", "MIT", "libffi", r"program/libffi-\d+\.dll", "never"),
    Inside("xz", "cpython", "0BSD", "Tukaani", linked="on Windows"),
    Inside("zlib", "cpython", "Zlib", "zlib", linked="on Windows"),
    Inside("zstd", "cpython", "BSD-3-Clause", "Meta", linked="on Windows"),
    Inside("atkinson-hyperlegible-next", "", "OFL-1.1", "The Atkinson Hyperlegible Next Project Authors",
           r"apq_desktop/_bundled/resources/fonts/", "never"),
    Inside("sqlite", "", "blessing", "SQLite", r"(^|/)(sqlite3\.dll|libsqlite3\.so\.0)$", "never"),
)  # fmt: skip


def packages(metadata: Path) -> list[Part]:
    """Every package whose dist-info folder stands in `metadata`, but the program itself."""
    found = []
    for path in sorted(metadata.glob("*.dist-info/METADATA")):
        about = Parser().parsestr(path.read_text("utf-8"), headersonly=True)
        name = plain(about["Name"])
        if name != "apq-desktop":
            origin = f"pkg:pypi/{name}@{about['Version']}"
            found.append(Part(name, about["Version"], _licence(about), origin, _supplier(about)))
    return found


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(about: Message) -> str:
    """The licence as the metadata states it: an expression, a short text, or classifiers."""
    said = about["License-Expression"] or about["License"] or ""
    classes = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return str(said) if said and "\n" not in said else "; ".join(classes) or "see its licence files"


def _supplier(about: Message) -> str:
    """Who the metadata says makes it, without addresses."""
    said = about["Author"] or about["Maintainer"] or about["Author-email"] or about["Maintainer-email"] or ""
    return without_addresses(str(said)) or f"the makers of {about['Name']}"


def without_addresses(names: str) -> str:
    """The names of makers without their email addresses."""
    return re.sub(r",?\s*(<[^>]*>|[^\s,]+@[^\s,]+)|\"", "", names).strip()


def declared(metadata: Path) -> Iterator[Part]:
    """What the packages' own lists of parts (CycloneDX files in their dist-info folders) say that they carry."""
    for path in sorted(metadata.glob("*.dist-info/sboms/*.json")):
        package = plain(path.parent.parent.name.split("-")[0])
        document = json.loads(path.read_text("utf-8"))
        for component in document.get("components", ()):
            name, version = component.get("name", ""), component.get("version") or "not stated"
            origin = component.get("purl", "").partition("?")[0]
            # Its own modules, under the package's own name, are no parts of their own.
            own = not name or origin.startswith(f"pkg:pypi/{package}@")
            if not own:
                yield Part(name, version, _stated(component), origin, _maker(component, package), package)


def _stated(component: dict[str, object]) -> str:
    """The licence that a component of somebody else's list states."""
    stated = component.get("licenses")
    found = []
    for entry in stated if isinstance(stated, list) else ():
        licence = entry.get("license", {})
        found.append(entry.get("expression") or licence.get("id") or licence.get("name") or "")
    return " AND ".join(filter(None, found)) or "see the licence files of the package"


def _maker(component: dict[str, object], package: str) -> str:
    """Who a component of somebody else's list is from."""
    supplier = component.get("supplier")
    named = supplier.get("name") if isinstance(supplier, dict) else None
    maker = named or component.get("publisher") or component.get("author") or ""
    return without_addresses(str(maker)) or f"brought by {package}"
