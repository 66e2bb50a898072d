"""Prints which versions of other people's libraries the Python that runs this carries, as JSON.

The bundle's own Python runs it, with the bundle's own packages: what is asked is what is there.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def module(name: str) -> Any:
    """A module by its name: mypy has no types for most of these."""
    return importlib.import_module(name)


def dotted(numbers: tuple[int, ...]) -> str:
    """A version from its numbers."""
    return ".".join(map(str, numbers))


def inside(name: str, pattern: bytes) -> str:
    """What the compiled file of a module says, where no function does."""
    file = module(name).__file__
    return stated([Path(file)], pattern) if file else ""


def stated(paths: Iterable[Path], pattern: bytes) -> str:
    """What the first of some files says; nothing where there is none, or where it does not say it."""
    for path in paths:
        found = re.search(pattern, path.read_bytes())
        return found[1].decode() if found else ""
    return ""


def beside(name: str, files: str) -> list[Path]:
    """The files in the folder of a package, or below it, that have such names."""
    return sorted(Path(module(name).__file__).parent.glob(files))


def icu() -> str:
    """The version of ICU that Qt brings on Linux: the name of its function holds the first number of it."""
    folder = Path(module("PySide6").__file__).parent / "Qt" / "lib"
    for path in folder.glob("libicuuc.so.*"):
        numbers = (ctypes.c_uint8 * 4)()
        getattr(ctypes.CDLL(str(path)), f"u_getVersion_{path.suffix[1:]}")(numbers)
        return dotted(tuple(numbers[:2]))
    return ""


def openssl() -> str:
    """The version of OpenSSL that psycopg brings, which its library states."""
    return stated(beside("psycopg_binary", "../psycopg_binary.libs/libcrypto-*"), rb"OpenSSL (\d+\.\d+\.\d+) \d")


def libpq() -> str:
    """The version of PostgreSQL's client library that psycopg brings."""
    number = module("psycopg").pq.version()
    return dotted((number // 10_000, number % 10_000))


def qpdf_on_windows(pattern: bytes) -> str:
    """What qpdf's library says on Windows, where others are linked into it."""
    return stated(beside("pikepdf", "../pikepdf.libs/qpdf*.dll"), pattern)


def filled(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Nothing where a library says no more of its version than noughts."""
    return numbers if any(numbers) else ()


def font() -> str:
    """The version that the window's font states, in letters of two bytes."""
    fonts = beside("apq_desktop", "_bundled/resources/fonts/*.ttf")
    return stated(fonts, rb"V\0e\0r\0s\0i\0o\0n\0 \0(\d\0\.\0\d\0\d\0\d)").replace("\0", "")


def on_windows(version: str) -> str:
    """What is there on Windows only."""
    return version if os.name == "nt" else ""


QT_CORE, QT_GUI = "**/*Qt6Core.[ds]*", "**/*Qt6Gui.[ds]*"
ZLIB = rb" inflate (\d+\.\d+(?:\.\d+)*) Copyright"
ASKED: dict[str, Callable[[], str]] = {
    "cpython": lambda: sys.version.split()[0],
    "sqlite": lambda: str(module("sqlite3").sqlite_version),
    "expat": lambda: module("pyexpat").EXPAT_VERSION.removeprefix("expat_"),
    "zlib": lambda: str(module("zlib").ZLIB_RUNTIME_VERSION),
    "mpdecimal": lambda: str(module("_decimal").__libmpdec_version__),
    "bzip2": lambda: inside("_bz2", rb"(\d\.\d\.\d+), \d{1,2}-[A-Z][a-z]{2}-\d{4}"),
    "zstd": lambda: dotted(module("compression.zstd").zstd_version_info),
    "icu": icu,
    "qpdf": lambda: str(module("pikepdf").__libqpdf_version__),
    "libxml2": lambda: dotted(module("lxml.etree").LIBXML_VERSION),
    "libiconv": lambda: dotted(filled(module("lxml.etree").ICONV_COMPILED_VERSION)),
    "libjpeg-turbo": lambda: qpdf_on_windows(rb"libjpeg-turbo version (\d+\.\d+\.\d+)"),
    "libxslt": lambda: dotted(module("lxml.etree").LIBXSLT_VERSION),
    "libpq": libpq,
    "openssl": openssl,
    "openssl-of-python": lambda: module("ssl").OPENSSL_VERSION.split()[1],
    "pcre2": lambda: stated(beside("PySide6", QT_CORE), rb"(\d+\.\d+) \d{4}-\d\d-\d\d"),
    "libpng": lambda: (
        stated(beside("PySide6", QT_GUI), rb"libpng version (\d+\.\d+\.\d+)")
        or on_windows(stated(beside("PySide6", QT_GUI), rb"\0(1\.6\.\d+)\0"))
    ),
    # Of these two no file of Qt's says the version.
    "freetype": lambda: on_windows("not stated"),
    "zlib-of-qt": lambda: on_windows("not stated"),
    "openssl-of-qpdf": lambda: qpdf_on_windows(rb"\0(3\.\d+\.\d+)\0"),
    "zlib-of-qpdf": lambda: qpdf_on_windows(ZLIB),
    "zlib-of-lxml": lambda: inside("lxml.etree", ZLIB),
    "atkinson-hyperlegible-next": font,
    "harfbuzz": lambda: str(module("uharfbuzz").version_string()),
}


def main() -> int:
    """Print them. Returns the exit status."""
    answers = {}
    for name, ask in ASKED.items():
        try:
            answers[name] = ask()
        except (AttributeError, ImportError, OSError):
            answers[name] = ""
    print(json.dumps({name: answer for name, answer in answers.items() if answer}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
