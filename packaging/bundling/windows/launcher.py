"""The two launchers of the Windows bundle and the part of the MSI that looks whether the program is open, compiled."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bundling.making import CHECKOUT, PACKAGING, call, emptied, version

SOURCES = PACKAGING / "windows"
WINDOW, COMMAND = "APQ Desktop.exe", "apq-desktop.exe"
# Small, the same at every build, and with the guards that Windows knows: no fixed addresses, no data that runs.
OPTIONS = (
    *("-Os", "-s", "-municode", "-Wall", "-Wextra", "-Werror", "-ffunction-sections", "-Wl,--gc-sections"),
    *("-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat,--high-entropy-va", "-static"),
)


def tool(name: str) -> str:
    """A tool of mingw-w64: under its plain name on Windows, as Debian names it elsewhere."""
    return name if os.name == "nt" else f"x86_64-w64-mingw32-{name}"


def compile_launchers(bundle: Path, library: str, work: Path) -> None:
    """Put both launchers into `bundle`; they load `library` (such as python314.dll) from its folder program."""
    place = emptied(work / "launcher")
    for name in ("launcher.c", "launcher.rc", "launcher.manifest"):
        shutil.copyfile(SOURCES / name, place / name)
    shutil.copyfile(CHECKOUT / "resources" / "icons" / "apq-desktop.ico", place / "icon.ico")
    for name, description, more in (
        (WINDOW, "APQ Desktop", ["-mwindows"]),
        (COMMAND, "APQ Desktop (command line)", ["-DCONSOLE"]),
    ):
        numbers = ",".join([*version().split("."), "0"])
        texts = {"VERSION": version(), "DESCRIPTION": description, "FILE_NAME": name}
        lines = [f'#define {key} "{text}"' for key, text in texts.items()]
        lines += [f"#define VERSION_OF_FOUR {numbers}", '#define ICON_FILE "icon.ico"']
        lines += ['#define MANIFEST_FILE "launcher.manifest"', '#include "launcher.rc"']
        (place / "own.rc").write_text("\n".join(lines) + "\n", "ascii")
        call([tool("windres"), "--codepage", "65001", "own.rc", "own.o"], cwd=place)
        words: list[str | Path] = [tool("gcc"), *OPTIONS, *more, f'-DPYTHON_LIBRARY=L"{library}"', "-o", bundle / name]
        call([*words, "launcher.c", "own.o"], cwd=place)


def compile_open_check(work: Path) -> Path:
    """The DLL with which the MSI stops where the program is open."""
    place = emptied(work / "open-check")
    made = place / "open_check.dll"
    call([tool("gcc"), *OPTIONS, "-shared", "-o", made, SOURCES / "open_check.c", "-lmsi"], cwd=place)
    return made
