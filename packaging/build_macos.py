#!/usr/bin/env python3
"""Builds the macOS bundle: an .app in a disk image. It was never run: no Mac was at hand when it was written.

    python3 packaging/build_macos.py [--to FOLDER] [--work FOLDER]

Needs macOS 14 or newer; the bundle is for the processor of the machine that builds it.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from pathlib import Path

from bundling import dictionary
from bundling.frozen import freeze
from bundling.making import CHECKOUT, PACKAGING, call, emptied, megabytes, settle, version, write_sums
from bundling.papers import python_parts, write_papers


def main() -> int:
    """Build it. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the macOS bundle of APQ Desktop.")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "dist" / "macos")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "macos")
    chosen = parser.parse_args()
    target, work = emptied(chosen.to.absolute()), emptied(chosen.work.absolute())
    metadata = freeze(work, PACKAGING / "macos" / "apq_desktop.spec")
    image = emptied(work / "image")
    (work / "APQ Desktop.app").rename(image / "APQ Desktop.app")
    write_papers(image, metadata, [*python_parts(), dictionary.PART])
    (package,) = (image / "APQ Desktop.app").glob("Contents/*/apq_desktop/_bundled")
    dictionary.add_dictionary(package.parent, image, work)
    settle(image)
    (image / "Applications").symlink_to("/Applications")
    name = f"apq-desktop-{version()}-macos-{platform.machine()}"
    packed = target / f"{name}.dmg"
    call(["hdiutil", "create", "-volname", "APQ Desktop", "-srcfolder", image, "-format", "UDZO", packed])
    shutil.copyfile(image / "sbom.cdx.json", target / f"{name}.sbom.cdx.json")
    write_sums(target)
    print(f"{packed.name}  {megabytes(packed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
