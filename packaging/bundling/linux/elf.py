"""What the libraries of a bundle ask of the system that they run on, read from the ELF files themselves."""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bundling.making import call, files_below

LOADED, PAGE = 1, 4096
"""What an ELF file calls a part that is loaded; and the bytes of a page."""


@dataclass(frozen=True)
class Library:
    """One ELF file: which libraries it loads, where it looks for them, and the newest GLIBC that it needs."""

    path: Path
    loads: frozenset[str]
    looks_in: tuple[str, ...]
    glibc: tuple[int, ...]


def libraries(bundle: Path) -> list[Library]:
    """Every ELF file of a bundle."""
    return [read(path) for path in files_below(bundle) if not path.is_symlink() and is_elf(path)]


def is_elf(path: Path) -> bool:
    """Whether a file is a program or library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def read(path: Path) -> Library:
    """What readelf says of a file."""
    words: list[str | Path] = ["readelf", "--wide", "--dynamic", "--version-info", path]
    said = subprocess.run(words, check=True, capture_output=True, text=True, errors="replace").stdout
    loads = re.findall(r"\(NEEDED\).*\[(.+)\]", said)
    looks_in = re.findall(r"\((?:RUNPATH|RPATH)\).*\[(.*)\]", said)
    needed = [tuple(map(int, found.split("."))) for found in re.findall(r"Name: GLIBC_([\d.]+)", said)]
    places = tuple(place for found in looks_in for place in found.split(":") if place)
    return Library(path, frozenset(loads), places, max(needed, default=(0,)))


def close_gaps(path: Path) -> None:
    """Let the parts of a library lie a page apart from now on: ``strip`` then closes gaps of up to 2 MB between them.

    Some were linked for pages of 2 MB, which no system that the bundle runs on loads libraries into.
    """
    content = bytearray(path.read_bytes())
    first, number = *struct.unpack_from("<Q", content, 32), *struct.unpack_from("<H", content, 56)
    for header in range(first, first + 56 * number, 56):
        (kind,), (apart,) = struct.unpack_from("<I", content, header), struct.unpack_from("<Q", content, header + 48)
        if kind == LOADED and apart > PAGE:
            struct.pack_into("<Q", content, header + 48, PAGE)
    path.write_bytes(content)


def forget_the_building_machine(bundle: Path) -> None:
    """Take out of every file the folders of the machine that built it, where others could put a library of theirs."""
    for library in libraries(bundle):
        kept = [place for place in library.looks_in if place.startswith("$ORIGIN")]
        if len(kept) < len(library.looks_in):
            words = ["--set-rpath", ":".join(kept)] if kept else ["--remove-rpath"]
            call(["patchelf", *words, library.path])


def asked_of_the_system(found: Iterable[Library]) -> set[str]:
    """The libraries that are loaded and not in the bundle."""
    known = list(found)
    own = {library.path.name for library in known}
    return {name for library in known for name in library.loads} - own


def newest_glibc(found: Iterable[Library]) -> str:
    """The oldest GLIBC with which all of them load."""
    return ".".join(map(str, max(library.glibc for library in found)))
