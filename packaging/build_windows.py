#!/usr/bin/env python3
"""Builds the Windows bundles: an installer for one person, one for everybody (MSI), and a portable zip.

    python3 packaging/build_windows.py [--to FOLDER] [--work FOLDER] [--python-zip FILE] [--sign COMMAND]

Runs on Debian, and on Windows but for the MSI; what it needs and does not find, it names before it begins.
--python-zip names Python's own embeddable package, with which a release is made; without it an older one is taken from
a package index, for trials (packaging/windows/README.md). COMMAND is run with each file that is to be signed added.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bundling import dictionary, needs, sqlite
from bundling.inventory import OWN, Inventory
from bundling.making import (
    CHECKOUT,
    PACKAGING,
    call,
    emptied,
    environment,
    files_below,
    install,
    megabytes,
    remove_unwanted,
    settle,
    version,
    wheel,
    write_sums,
    zipped,
)
from bundling.papers import versions_inside, write_papers
from bundling.parts import Part
from bundling.trimming import PYTHON_MODULES_LEFT_OUT, is_wanted
from bundling.windows import installers
from bundling.windows.launcher import COMMAND, WINDOW, compile_launchers, tool
from bundling.windows.python import Source, unpack_python

PORTABLE = """This file makes the program portable: its settings, its log and new evaluations are kept in this folder.
Without it they are kept where Windows keeps them for each person.
"""
SIGNED_KINDS = {".exe", ".dll", ".pyd"}


@dataclass(frozen=True)
class Built:
    """A folder with the program, whose each of its files is, its packages' metadata, and the Python that installs."""

    bundle: Path
    inventory: Inventory
    metadata: Path
    source: Source
    python: Path

    @property
    def program(self) -> Path:
        """Where Python, the program and its parts lie."""
        return self.bundle / "program"

    @property
    def packages(self) -> Path:
        """Where the wheels lie."""
        return self.program / "site-packages"


def main() -> int:
    """Build everything. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the Windows bundles of APQ Desktop.")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "dist" / "windows")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "windows")
    parser.add_argument("--python-zip", type=Path)
    parser.add_argument("--sign", type=shlex.split, default=[], metavar="COMMAND")
    chosen = parser.parse_args()
    needs.see_to(needs.FOR_WINDOWS if os.name == "nt" else needs.FOR_WINDOWS_ON_DEBIAN)
    target, work = emptied(chosen.to.absolute()), emptied(chosen.work.absolute())
    progress = needs.Progress(9)
    built = build_bundle(work, chosen.python_zip, progress, chosen.sign)
    bundle = built.bundle
    name = f"apq-desktop-{version()}-windows-x64"
    shutil.copyfile(bundle / "sbom.cdx.json", target / f"{name}.sbom.cdx.json")
    with progress.step("Add the part for servers, and write the installer for everybody"):
        if os.name == "nt":
            print("        Left out: its tools are Debian's. Build it there.")
        else:
            everybody = with_server_part(built, work, chosen.sign)
            shutil.copyfile(everybody / "sbom.cdx.json", target / f"{name}-all-users.sbom.cdx.json")
            installers.write_msi(everybody, target / f"{name}-all-users.msi", work)
    with progress.step("Write the installer for one person"):
        installers.write_setup(bundle, target / f"{name}-setup.exe", work)
        sign([target / f"{name}-setup.exe"], chosen.sign)
    with progress.step("Pack the portable zip"):
        (bundle / installers.LIST).unlink()
        (bundle / "portable.txt").write_text(PORTABLE, "utf-8", newline="\r\n")
        settle(bundle)
        zipped(bundle, target / f"{name}-portable.zip")
    write_sums(target)
    print(f"The folder takes {megabytes(bundle)}.")
    for path in sorted(target.iterdir()):
        print(f"    {path.name}  {megabytes(path)}")
    progress.end()
    return 0


def build_bundle(work: Path, python_zip: Path | None, progress: needs.Progress, signing: list[str]) -> Built:
    """The folder with Python, the program and its parts, from the wheel."""
    bundle, metadata = work / "APQ Desktop", work / "metadata"
    program = bundle / "program"
    packages = program / "site-packages"
    with progress.step("Fetch Python and see who signed it"):
        source = unpack_python(program, work, python_zip)
    with progress.step("Build the wheel and install what is pinned"):
        python = environment(work / "environment", "requirements-build.txt")
        install_pinned(python, packages, "requirements.txt", source)
        install(python, *for_windows(packages, source), wheel(python, work / "wheel"))
    keep_metadata(packages, metadata)
    built = Built(bundle, Inventory(bundle, packages, metadata), metadata, source, python)
    with progress.step("Add the dictionary, compile SQLite and the launchers"):
        placed = dictionary.add_dictionary(packages / "apq_desktop", bundle, work)
        built.inventory.place(placed, dictionary.PACKAGE.name)
        sqlite.compile_sqlite(program / "sqlite3.dll", tool("gcc"), work)
        shutil.copyfile(PACKAGING / "bundling" / "start.py", program / "start.py")
        compile_launchers(bundle, source.library, work)
        built.inventory.place([program / "start.py", bundle / WINDOW, bundle / COMMAND], OWN)
    with progress.step("Write the byte code, and sign what is not signed"):
        make_ready(built, work, signing)
    with progress.step("Write the list of parts, and the licences"):
        licence = bundle / "licences" / "cpython" / "LICENSE.txt"
        licence.parent.mkdir(parents=True)
        shutil.copyfile(work / "python" / "LICENSE.txt", licence)
        write_all_papers(built, work)
    return built


def with_server_part(built: Built, work: Path, signing: list[str]) -> Path:
    """A copy of the bundle with what a library on a server needs: the one for everybody has it."""
    bundle = work / "for everybody" / built.bundle.name
    shutil.copytree(built.bundle, bundle)
    metadata = shutil.copytree(built.metadata, work / "metadata-for-everybody")
    packages = bundle / built.packages.relative_to(built.bundle)
    install_pinned(built.python, packages, "requirements-server.txt", built.source)
    # psycopg imports Python's ssl, though it connects by libpq with an OpenSSL of its own.
    for pattern in ("_ssl.pyd", "libcrypto-*.dll", "libssl-*.dll"):
        for library in (work / "python").glob(pattern):
            shutil.copyfile(library, bundle / "program" / library.name)
    keep_metadata(packages, metadata)
    more = Built(bundle, built.inventory.of_copy(bundle, metadata), metadata, built.source, built.python)
    make_ready(more, work, signing)
    write_all_papers(more, work)
    return bundle


def install_pinned(python: Path, packages: Path, name: str, source: Source) -> None:
    """Let pip lay out the wheels for Windows that a file of pins names; what is there already stays."""
    pins = python.parent.parent / name
    script = PACKAGING / "bundling" / "windows" / "pins.py"
    words: list[str | Path] = [python, script, PACKAGING / name, source.version]
    pins.write_bytes(subprocess.run(words, check=True, capture_output=True).stdout)
    install(python, *for_windows(packages, source), "--require-hashes", "--requirement", pins)


def for_windows(packages: Path, source: Source) -> list[str | Path]:
    """The options by which pip lays out wheels for Windows."""
    there: list[str | Path] = ["--target", packages, "--no-compile", "--no-deps", "--only-binary", ":all:"]
    return [*there, "--platform", "win_amd64", "--python-version", source.minor, "--implementation", "cp"]


def keep_metadata(packages: Path, metadata: Path) -> None:
    """Keep the metadata of packages, of which a bundle has less; what was kept before stays."""
    for folder in packages.glob("*.dist-info"):
        if is_wanted(f"{folder.name}/METADATA") and not (metadata / folder.name).exists():
            shutil.copytree(folder, metadata / folder.name)


def make_ready(built: Built, work: Path, signing: list[str]) -> None:
    """Take out what nobody needs, write the byte code, and sign."""
    remove_unwanted(built.packages, belongs)
    compile_all(built.program, work / "python", work)
    sign([path for path in files_below(built.bundle) if path.suffix in SIGNED_KINDS], signing)


def write_all_papers(built: Built, work: Path) -> None:
    """Write the list of parts and the licences, with what the bundle's own Python says."""
    versions = {**built.source.linked, **ask_versions(built.program, work)}
    if (built.packages / "psycopg").is_dir() and "libpq" not in versions:
        raise SystemExit("The part for libraries on a server cannot be loaded.")
    write_papers(built.inventory, built.metadata, versions, [dictionary.part(), runtime_part(built.program)])
    settle(built.bundle)


def belongs(name: str) -> bool:
    """Whether a file of site-packages stays: PyInstaller leaves modules out by name, and here they are files."""
    plain = name.partition(".")[0].replace("/", ".")
    left_out = any(plain == module or plain.startswith(f"{module}.") for module in PYTHON_MODULES_LEFT_OUT)
    return is_wanted(name) and not left_out and not name.startswith("pydantic/v1/")


def compile_all(program: Path, python: Path, work: Path) -> None:
    """Write the byte code with the bundle's own Python, valid whatever time the files get later."""
    options = ["-q", "--invalidation-mode", "unchecked-hash", "-s", "site-packages"]
    words = [*runner(), python / "python.exe", "-m", "compileall", *options, "site-packages"]
    # Under Wine Python takes nothing but pipes for its streams.
    done = subprocess.run(
        words,
        cwd=program,
        env=quiet(work),
        input=b"",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"The byte code could not be written:\n{done.stdout.decode('utf-8', 'replace')}")


def ask_versions(program: Path, work: Path) -> dict[str, str]:
    """What the bundle's own Python says of the libraries in it: started by a copy of its own python.exe."""
    starter = shutil.copyfile(work / "python" / "python.exe", program / "python.exe")
    try:
        if os.name != "nt":
            # Python finds out by it on which Windows it runs, which Wine cannot answer.
            (program / "_wmi.pyd").rename(work / "_wmi.pyd")
        return versions_inside([*runner(), starter, "-B"], **quiet(work))
    finally:
        starter.unlink()
        if os.name != "nt":
            (work / "_wmi.pyd").rename(program / "_wmi.pyd")


def runner() -> list[str | Path]:
    """What runs a Windows program here."""
    if os.name == "nt":
        return []
    return [shutil.which("wine64") or shutil.which("wine") or "/usr/lib/wine/wine64"]


def quiet(work: Path) -> dict[str, str]:
    """The environment of what Wine runs: its own Windows, and nothing of the builder's Python."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONHASHSEED": "0", "WINEDEBUG": "-all", "WINEPREFIX": str(work / "wine")}


def runtime_part(program: Path) -> Part:
    """Microsoft's run-time library in the list of parts, with the newest version among its copies."""
    numbers = max(file_version(path) for path in program.rglob("*140*.dll"))
    name = "microsoft-visual-cpp-runtime"
    return Part(name, ".".join(map(str, numbers)), "LicenseRef-Microsoft-redistributable", supplier="Microsoft")


def file_version(path: Path) -> tuple[int, ...]:
    """The version that a Windows file states in its fixed part: four numbers after a known signature."""
    content = path.read_bytes()
    at = content.find(b"\xbd\x04\xef\xfe")
    if at < 0:
        return (0, 0, 0, 0)
    low, high = (int.from_bytes(content[at + place : at + place + 4], "little") for place in (12, 8))
    return high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF


def sign(paths: list[Path], command: list[str]) -> None:
    """Sign what nobody has signed yet, with the command given, each file added to it; nothing without one."""
    if not command:
        print("        Not signed: there is no certificate.")
        return
    for path in paths:
        if not is_signed(path):
            call([*command, path])
            if not is_signed(path):
                raise SystemExit(f"{path.name} carries no signature after it was signed.")


def is_signed(path: Path) -> bool:
    """Whether a Windows program carries a signature: its header says where one would be."""
    content = path.read_bytes()
    header = int.from_bytes(content[60:64], "little")
    # The fifth entry of the data directories, which begin at 112 in the optional header of a 64-bit program.
    entry = header + 24 + 112 + 4 * 8
    return int.from_bytes(content[entry + 4 : entry + 8], "little") > 0


if __name__ == "__main__":
    sys.exit(main())
