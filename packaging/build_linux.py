#!/usr/bin/env python3
"""Builds the Linux bundles: a folder that needs neither Python nor Qt, packed as .tar.gz and as .deb.

    python3 packaging/build_linux.py --python FILE [--to FOLDER] [--work FOLDER]

FILE is the Python that goes into the bundle: one that its makers still mend, with its shared library, and not just the
one that happens to run this. packaging/make_python.py makes one from Debian's source package. What else the build needs
and does not find, it names before it begins.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import dictionary, needs, sqlite
from bundling.floors import FLOORS, numbers
from bundling.frozen import LOADER, copy_licence_of_python, freeze, lay_down_support, loader_part
from bundling.inventory import Inventory
from bundling.linux import deb, dpkg, elf
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
from bundling.papers import versions_inside, write_papers
from bundling.parts import Part


def main() -> int:
    """Build everything. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the Linux bundles of APQ Desktop.")
    parser.add_argument("--python", type=Path, required=True, metavar="FILE")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "dist" / "linux")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "linux")
    chosen = parser.parse_args()
    needs.see_to(needs.FOR_LINUX)
    see_to_python(chosen.python)
    target, work = emptied(chosen.to.absolute()), emptied(chosen.work.absolute())
    progress = needs.Progress(6)
    bundle = build_bundle(work, chosen.python, progress)
    name = f"apq-desktop-{version()}-linux-x86_64"
    packed = bundle.rename(work / name)
    with progress.step("Pack the folder"):
        tar_gz(packed, target / f"{name}.tar.gz")
    with progress.step("Pack the .deb"):
        tree = work / "deb"
        deb.lay_out(packed, tree)
        found = elf.libraries(packed)
        needed = dpkg.depends(elf.asked_of_the_system(found), elf.newest_glibc(found))
        deb.pack(tree, target / f"apq-desktop_{version()}_amd64.deb", needed)
    shutil.copyfile(packed / "sbom.cdx.json", target / f"{name}.sbom.cdx.json")
    write_sums(target)
    if deb.maintainer() == deb.NO_ADDRESS:
        print("The .deb names nobody who answers for it: set APQ_MAINTAINER for a release (packaging/RELEASE.md).")
    print(f"The folder takes {megabytes(packed)}.")
    for path in sorted(target.iterdir()):
        print(f"    {path.name}  {megabytes(path)}")
    progress.end()
    return 0


def see_to_python(python: Path) -> None:
    """Say which Python goes into the bundle; end where it is too old for one."""
    ask = "import platform, sysconfig; print(platform.python_version(), sysconfig.get_config_var('Py_ENABLE_SHARED'))"
    said = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.split()
    print(f"Python {said[0]} goes into the bundle.")
    if numbers(said[0]) < numbers(FLOORS["cpython"]) or said[1] != "1":
        raise SystemExit(
            f"It has to be {FLOORS['cpython']} or later, with its shared library. This makes one:\n"
            "    python3 packaging/make_python.py build/python"
        )


def build_bundle(work: Path, python: Path, progress: needs.Progress) -> Path:
    """The folder with the program, from the wheel, in a clean environment."""
    with progress.step("Build the wheel, install what is pinned, freeze it"):
        own, metadata = freeze(work, PACKAGING / "linux" / "apq_desktop.spec", python)
    bundle = work / "apq-desktop"
    inside = bundle / "_internal"
    if not (inside / "apq_desktop" / "_bundled" / "forms" / "catalogue.toml").is_file():
        raise SystemExit("The bundle was not made from the wheel: its forms are missing.")
    inventory = Inventory(bundle, inside, metadata)
    inventory.place(lay_down_support(own, inside), "shiboken6")
    with progress.step("Compile SQLite, add the dictionary"):
        sqlite.compile_sqlite(inside / "libsqlite3.so.0", "gcc", work)
        inventory.place(dictionary.add_dictionary(inside / "apq_desktop", bundle, work), dictionary.PACKAGE.name)
    with progress.step("Take out symbols, and the folders of this machine"):
        strip(inside)
        elf.forget_the_building_machine(bundle)
    with progress.step("Write the list of parts, and the licences"):
        inventory.place([bundle / "apq-desktop"], LOADER)
        parts = [*system_parts(inventory), dictionary.part(), loader_part(own, bundle)]
        copy_licence_of_python(own, bundle)
        asked = versions_inside([own, "-B"], LD_LIBRARY_PATH=str(inside))
        write_papers(inventory, metadata, asked, parts)
    settle(bundle)
    return bundle


def strip(folder: Path) -> None:
    """Take the symbols out of all libraries: Python's carries 15 MB where it was built by hand, the wheels' as much."""
    libraries = [path for path in files_below(folder) if ".so" in path.suffixes and not path.is_symlink()]
    for library in libraries:
        elf.close_gaps(library)
    call(["strip", "--strip-unneeded", *libraries])


def system_parts(inventory: Inventory) -> list[Part]:
    """The libraries that were taken from the building system, by Debian package; their licences are copied."""
    bundle = inventory.bundle
    found: dict[str, Part] = {}
    for library in sorted((bundle / "_internal").glob("lib*.so*")):
        if library.is_symlink() or library.name.startswith(("libpython", "libsqlite3.")):
            continue
        place = dpkg.place_of(library.name)
        if place is None:
            raise SystemExit(f"Nobody knows where {library.name} comes from.")
        package = dpkg.package_of(place)
        inventory.place([library], package)
        if package not in found:
            newest = dpkg.version_of(package)
            notice = bundle / "licences" / package / "copyright"
            notice.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path("/usr/share/doc", package, "copyright"), notice)
            origin = f"pkg:deb/debian/{package}@{newest}"
            found[package] = Part(package, newest, f"see licences/{package}", origin, "Debian")
    return list(found.values())


if __name__ == "__main__":
    sys.exit(main())
