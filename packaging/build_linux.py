#!/usr/bin/env python3
"""Builds the Linux bundles: a folder that needs neither Python nor Qt, packed as .tar.gz and as .deb.

    python3 packaging/build_linux.py [--to FOLDER] [--work FOLDER]

Needs Linux, a Python with its shared library, dpkg-deb and strip (Debian's binutils).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import deb, dictionary
from bundling.frozen import freeze
from bundling.making import (
    CHECKOUT,
    PACKAGING,
    call,
    emptied,
    files_below,
    megabytes,
    settle,
    tar_gz,
    version,
    write_sums,
)
from bundling.papers import Part, python_parts, write_papers


def main() -> int:
    """Build everything. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the Linux bundles of APQ Desktop.")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "dist" / "linux")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "linux")
    chosen = parser.parse_args()
    target, work = emptied(chosen.to.absolute()), emptied(chosen.work.absolute())
    bundle = build_bundle(work)
    name = f"apq-desktop-{version()}-linux-x86_64"
    packed = bundle.rename(work / name)
    tar_gz(packed, target / f"{name}.tar.gz")
    tree = work / "deb"
    deb.lay_out(packed, tree)
    deb.pack(tree, target / f"apq-desktop_{version()}_amd64.deb")
    shutil.copyfile(packed / "sbom.cdx.json", target / f"{name}.sbom.cdx.json")
    write_sums(target)
    print(f"The folder takes {megabytes(packed)}.")
    for path in sorted(target.iterdir()):
        print(f"    {path.name}  {megabytes(path)}")
    return 0


def build_bundle(work: Path) -> Path:
    """The folder with the program, from the wheel, in a clean environment."""
    metadata = freeze(work, PACKAGING / "linux" / "apq_desktop.spec")
    bundle = work / "apq-desktop"
    inside = bundle / "_internal"
    if not (inside / "apq_desktop" / "_bundled" / "forms" / "catalogue.toml").is_file():
        raise SystemExit("The bundle was not made from the wheel: its forms are missing.")
    strip(inside)
    write_papers(bundle, metadata, [*python_parts(), *system_parts(bundle), dictionary.PART])
    dictionary.add_dictionary(inside / "apq_desktop", bundle, work)
    settle(bundle)
    return bundle


def strip(folder: Path) -> None:
    """Take the symbols out of all libraries: Python's carries 15 MB where it was built by hand, the wheels' as much."""
    libraries = [path for path in files_below(folder) if ".so" in path.suffixes and not path.is_symlink()]
    call(["strip", "--strip-unneeded", *libraries])


def system_parts(bundle: Path) -> list[Part]:
    """The libraries that were taken from the building system, by Debian package; their licences are copied."""
    found: dict[str, Part] = {}
    for library in sorted((bundle / "_internal").glob("lib*.so*")):
        path = _of_the_system(library)
        if path is None:
            continue
        words: list[str | Path] = ["dpkg-query", "--search", path]
        package = subprocess.run(words, check=False, capture_output=True, text=True).stdout.split(":")[0]
        if not package or package in found:
            continue
        words = ["dpkg-query", "--show", "--showformat", "${Version}\n", package]
        newest = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()[0]
        notice = bundle / "licences" / package / "copyright"
        notice.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path("/usr/share/doc", package, "copyright"), notice)
        found[package] = Part(package, newest, f"see licences/{package}", f"pkg:deb/debian/{package}@{newest}")
    return list(found.values())


def _of_the_system(library: Path) -> Path | None:
    """Where a bundled library stands on the building system, or None where it came with a wheel or with Python."""
    if library.is_symlink() or library.name.startswith("libpython"):
        return None
    for folder in (Path("/usr/lib/x86_64-linux-gnu"), Path("/lib/x86_64-linux-gnu")):
        if (folder / library.name).exists():
            return (folder / library.name).resolve()
    return None


if __name__ == "__main__":
    sys.exit(main())
