#!/usr/bin/env python3
"""Builds the macOS bundle: an .app in a disk image. It was never run: no Mac was at hand when it was written.

    python3 packaging/build_macos.py [--to FOLDER] [--work FOLDER]

Needs macOS 14 or newer; the bundle is for the processor of the machine that builds it, with the Python that runs this.
APQ_SIGN_AS names the identity with which codesign signs it; without one it is not signed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from pathlib import Path

from bundling import dictionary, needs
from bundling.frozen import copy_licence_of_python, freeze, loader_part
from bundling.inventory import Inventory
from bundling.making import CHECKOUT, PACKAGING, call, emptied, megabytes, settle, version, write_sums
from bundling.papers import versions_inside, write_papers

APP = "APQ Desktop.app"


def main() -> int:
    """Build it. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the macOS bundle of APQ Desktop.")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "dist" / "macos")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "macos")
    chosen = parser.parse_args()
    needs.see_to(needs.FOR_MACOS)
    target, work = emptied(chosen.to.absolute()), emptied(chosen.work.absolute())
    python, metadata = freeze(work, PACKAGING / "macos" / "apq_desktop.spec", Path(sys.executable))
    image = emptied(work / "image")
    (work / APP).rename(image / APP)
    (package,) = (image / APP).glob("Contents/*/apq_desktop/_bundled")
    inventory = Inventory(image, package.parent.parent, metadata)
    inventory.place(dictionary.add_dictionary(package.parent, image, work), dictionary.PACKAGE.name)
    identity = os.environ.get("APQ_SIGN_AS")
    if identity:
        words = ["codesign", "--force", "--deep", "--options", "runtime", "--timestamp", "--sign", identity]
        call([*words, image / APP])
        call(["codesign", "--verify", "--deep", "--strict", image / APP])
    else:
        print("Not signed: there is no certificate.")
    inventory.place((image / APP).glob("Contents/MacOS/*"), "pyinstaller-boot-loader")
    copy_licence_of_python(python, image)
    parts = [dictionary.part(), loader_part(python, image)]
    write_papers(inventory, metadata, versions_inside([python, "-B"]), parts)
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
