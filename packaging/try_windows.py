#!/usr/bin/env python3
"""Tries the Windows bundles on Debian under Wine: install, self-test, open a file, upgrade, uninstall, portable.

    python3 packaging/try_windows.py dist/windows [--before OLDER-setup.exe] [--work FOLDER]

Needs Debian's wine64, xvfb and binutils-mingw-w64-x86-64, and as with every trial under Wine: Windows may differ.
Debian's Wine lacks two libraries that Windows 10 and later bring, icuuc.dll and bcryptprimitives.dll: small ones are
made for the trial. Nor can it answer Python's question about the system by WMI: _wmi.pyd is taken out of what was
installed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from bundling.making import CHECKOUT, emptied, version
from try_linux import DISPLAY, screen, step

UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\APQ Desktop"
PATIENCE_S = 120
ICU_FUNCTIONS = (
    *("UCNV_FROM_U_CALLBACK_SUBSTITUTE", "UCNV_TO_U_CALLBACK_SUBSTITUTE", "ucnv_cbFromUWriteUChars"),
    *("ucnv_cbToUWriteUChars", "ucnv_close", "ucnv_countAvailable", "ucnv_fromUCountPending", "ucnv_fromUnicode"),
    *("ucnv_getAvailableName", "ucnv_getFromUCallBack", "ucnv_getMaxCharSize", "ucnv_getName"),
    *("ucnv_getStandardName", "ucnv_getToUCallBack", "ucnv_open", "ucnv_reset", "ucnv_setFromUCallBack"),
    *("ucnv_setToUCallBack", "ucnv_toUCountPending", "ucnv_toUnicode"),
)


def main() -> int:
    """Try them. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Try the Windows bundles under Wine.")
    parser.add_argument("bundles", type=Path)
    parser.add_argument("--before", type=Path, help="the installer of an earlier version, to upgrade from")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "try-windows")
    chosen = parser.parse_args()
    (setup,) = chosen.bundles.absolute().glob("*-setup.exe")
    (portable,) = chosen.bundles.absolute().glob("*-portable.zip")
    with screen():
        wine = Wine(emptied(chosen.work.absolute()))
        try:
            step("Make a Windows for the trial", wine.make)
            try_installer(Installed(wine), setup, chosen.before or setup)
            try_portable(wine, portable)
        finally:
            wine.stop()
    print("All steps are OK.")
    return 0


class Wine:
    """A Windows of its own in a folder."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.drive = work / "prefix" / "drive_c"
        self.started: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))},
            "WINEPREFIX": str(work / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "DISPLAY": DISPLAY,
            # Wine takes the person's documents from here.
            "HOME": str(work / "home"),
        }

    def make(self) -> None:
        """Let Wine lay out its folders; then add the libraries that it lacks."""
        (self.work / "home").mkdir()
        self.run("wineboot", "--init")
        self.wait()
        system = self.drive / "windows" / "system32"
        write_library(system / "icuuc.dll", empty_icu())
        write_library(system / "bcryptprimitives.dll", random_bytes())

    def run(self, *words: str | Path, allowed: tuple[int, ...] = (0,)) -> str:
        """Run a Windows program and wait for it; returns what it printed."""
        done = subprocess.run(
            ["/usr/lib/wine/wine64", *map(str, words)],
            check=False,
            env=self.environment,
            input=b"",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        text = done.stdout.decode("utf-8", "replace").replace("\r", "")
        if done.returncode not in allowed:
            raise SystemExit(f"{words} ended with {done.returncode}:\n{text}")
        return text

    def start(self, *words: str | Path) -> None:
        """Start a Windows program and let it go on."""
        command = ["/usr/lib/wine/wine64", *map(str, words)]
        # Under Wine Python takes nothing but pipes for its streams.
        ends = subprocess.PIPE
        self.started.append(subprocess.Popen(command, env=self.environment, stdin=ends, stdout=ends, stderr=ends))

    def wait(self) -> None:
        """Wait until no program runs in it any more."""
        subprocess.run(["/usr/lib/wine/wineserver", "--wait"], check=True, env=self.environment, timeout=300)

    def stop(self) -> None:
        """End what runs in it."""
        subprocess.run(["/usr/lib/wine/wineserver", "--kill"], check=False, env=self.environment)

    def value(self, key: str, name: str = "") -> str:
        """A value of the registry, or nothing."""
        text = self.run("reg", "query", key, *(("/v", name) if name else ("/ve",)), allowed=(0, 1))
        found = re.search(r"REG_\w+\s+(.*)", text)
        return found[1].strip() if found else ""

    def person(self) -> Path:
        """The folder of the one person."""
        (found,) = [path for path in (self.drive / "users").iterdir() if path.name != "Public"]
        return found


class Installed:
    """The program as its installer lays it out."""

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        self.python = "python.exe"

    @property
    def place(self) -> Path:
        """Where it is installed."""
        return self.wine.person() / "AppData/Local/Programs/APQ Desktop"

    @property
    def settings(self) -> Path:
        """Where it keeps the person's settings."""
        return self.wine.person() / "AppData/Local/APQ Desktop/settings.ini"

    @property
    def shortcut(self) -> Path:
        """Its place in the Start menu."""
        return self.wine.person() / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/APQ Desktop.lnk"

    def program(self, *words: str | Path) -> str:
        """Run it; returns what it printed."""
        return self.wine.run(self.place / "program" / self.python, "-m", "apq_desktop", *words)


def try_installer(installed: Installed, setup: Path, before: Path) -> None:
    """Install, use, upgrade, uninstall."""
    wine = installed.wine
    file = wine.person() / "Documents" / "The Lodge.apq"
    step("Install silently", lambda: wine.run(before, "/S"))
    step("Everything is in its place", lambda: expect_installed(installed))
    without_wmi(installed.place)
    step("Self-test", lambda: print(indented(installed.program("self-test"))))
    step("Start", lambda: print(indented(installed.program("--exit-after-paint"))))
    step("Write a file", lambda: installed.program("example", windows_path(file)))
    content = file.read_bytes()
    step("Open it by a double click", lambda: open_by_association(installed, file))
    step("An upgrade is refused while it is open", lambda: wine.run(setup, "/S", allowed=(2,)))
    step("Nothing was changed by that", lambda: expect_installed(installed))
    step("Close it", lambda: close(wine))
    stale = installed.place / "program" / "of-the-version-before.txt"
    stale.write_text("old")
    settings = installed.settings.read_bytes()
    step("Upgrade silently", lambda: wine.run(setup, "/S"))
    step("The upgrade is whole", lambda: expect_installed(installed, version()))
    expect(not stale.exists(), "a file of the version before is still there")
    expect(file.read_bytes() == content, "the person's file was changed")
    expect(installed.settings.read_bytes() == settings, "the person's settings were changed")
    without_wmi(installed.place)
    again = shutil.copyfile(file, file.with_stem("The Lodge again"))
    step("The new version opens the file of the old one", lambda: open_again(installed, again))
    # As a double click starts it: without a console, also for the process that makes a pack.
    installed.python = "pythonw.exe"
    step("Self-test after the upgrade", lambda: print(indented(installed.program("self-test"))))
    made = windows_path(file.parent)
    step("Write its web page", lambda: installed.program("export", windows_path(again), "--to", made, "--web"))
    step("Write the template to fill in", lambda: installed.program("template", "--to", made, "--fillable"))
    settings = installed.settings.read_bytes()
    step("Uninstall silently", lambda: wine.run(installed.place / "uninstall.exe", "/S"))
    wait_until(lambda: not installed.place.exists(), "the program's folder is still there")
    step("Nothing of the program is left", lambda: expect_gone(installed))
    expect(file.read_bytes() == content, "the person's file was changed")
    expect(installed.settings.read_bytes() == settings, "the person's settings were changed")


def without_wmi(place: Path) -> None:
    """Take out what Wine cannot serve; Python goes on without it."""
    (place / "program" / "_wmi.pyd").unlink()


def expect_installed(installed: Installed, stated: str = "") -> None:
    """See that files, shortcut and registry are as they should be."""
    expect((installed.place / "program/pythonw.exe").is_file(), "the program is not there")
    expect(installed.shortcut.is_file(), "there is no shortcut in the Start menu")
    command = installed.wine.value(r"HKCU\Software\Classes\APQDesktop.Evaluation\shell\open\command")
    expect("pythonw.exe" in command and '"%1"' in command, f"files are opened by {command!r}")
    shown = installed.wine.value(UNINSTALL_KEY, "DisplayVersion")
    expect(shown == stated if stated else bool(shown), f"the version shown is {shown!r}")


def expect_gone(installed: Installed) -> None:
    """See that the uninstaller took away what the installer had laid down."""
    wine = installed.wine
    expect(not installed.shortcut.exists(), "the shortcut is still there")
    for key in (UNINSTALL_KEY, r"HKCU\Software\Classes\.apq", r"HKCU\Software\Classes\APQDesktop.Evaluation"):
        text = wine.run("reg", "query", key, allowed=(0, 1))
        expect("REG_" not in text, f"{key} is still there: {text}")


def open_by_association(installed: Installed, file: Path) -> None:
    """Run what is registered for a double click; the program notes which file was open last.

    Wine itself looks for such commands only among those for all people, which an installer without rights cannot write.
    """
    kind = installed.wine.value(r"HKCU\Software\Classes\.apq")
    command = installed.wine.value(rf"HKCU\Software\Classes\{kind}\shell\open\command")
    words = re.findall(r'"([^"]+)"|(\S+)', command.replace("%1", windows_path(file)))
    installed.wine.start(*(quoted or plain for quoted, plain in words))
    settings = installed.settings
    wait_until(lambda: settings.is_file() and file.name in settings.read_text("utf-8"), "the file was not opened")


def open_again(installed: Installed, file: Path) -> None:
    """Open a file that another version wrote, and see that it is whole afterwards."""
    installed.program("--exit-after-paint", windows_path(file))
    print(indented(installed.program("check", windows_path(file))))


def close(wine: Wine) -> None:
    """End the program that was left open."""
    wine.run("taskkill", "/f", "/im", "pythonw.exe")
    wine.wait()


def try_portable(wine: Wine, portable: Path) -> None:
    """Unpack the zip where a stick might be, and see that everything stays there."""
    stick = wine.work / "USB stick"
    with zipfile.ZipFile(portable) as packed:
        packed.extractall(stick)
    (folder,) = stick.iterdir()
    without_wmi(folder)
    before = files_of(wine.person())
    python = folder / "program/python.exe"
    step("Portable: self-test", lambda: print(indented(wine.run(python, "-m", "apq_desktop", "self-test"))))
    step("Portable: start", lambda: wine.run(python, "-m", "apq_desktop", "--exit-after-paint"))
    step("Portable: start by its .cmd", lambda: wine.run("cmd", "/c", folder / "apq-desktop-command.cmd", "--version"))
    expect((folder / "APQ Desktop data/config/settings.ini").is_file(), "the settings are not beside the program")
    new = {path for path in files_of(wine.person()) - before if "Temp" not in path.parts}
    expect(new == set(), f"these were written elsewhere: {new}")


def files_of(folder: Path) -> set[Path]:
    """The files below a folder."""
    return {path for path in folder.rglob("*") if path.is_file()}


def empty_icu() -> list[str]:
    """The library in which Qt looks for converters: every function answers 0."""
    code = ["answer:", "xor %eax, %eax", "ret"]
    return code + [line for name in ICU_FUNCTIONS for line in (f".globl {name}", f".set {name}, answer")]


def random_bytes() -> list[str]:
    """The library of which pydantic's compiled part asks random bytes (in rcx where, in rdx how many)."""
    start = [".globl ProcessPrng", "ProcessPrng:", "test %rdx, %rdx", "jz 2f"]
    each = ["1: rdrand %eax", "jnc 1b", "mov %al, (%rcx)", "inc %rcx", "dec %rdx", "jnz 1b"]
    return [*start, *each, "2: mov $1, %eax", "ret"]


def write_library(target: Path, code: list[str]) -> None:
    """Make a DLL of a few lines of assembly, with mingw's tools."""
    source, compiled = target.with_suffix(".s"), target.with_suffix(".o")
    source.write_text("\n".join((".text", *code)) + "\n")
    tool = "x86_64-w64-mingw32-"
    subprocess.run([f"{tool}as", "-o", compiled, source], check=True)
    words: list[str | Path] = [f"{tool}ld", "-shared", "-e", "0", "--export-all-symbols", "-o", target, compiled]
    subprocess.run(words, check=True)


def windows_path(path: Path) -> str:
    """A path as programs under Wine name it."""
    return "Z:" + str(path).replace("/", "\\")


def indented(text: str) -> str:
    """Lines of another program, set apart."""
    return "\n".join(f"    | {line}" for line in text.strip().splitlines())


def expect(fulfilled: bool, otherwise: str) -> None:
    """End where something is not as it should be."""
    if not fulfilled:
        raise SystemExit(f"Not OK: {otherwise}.")


def wait_until(fulfilled: Callable[[], bool], otherwise: str) -> None:
    """Wait for what another program does."""
    ends = time.monotonic() + PATIENCE_S
    while not fulfilled():
        expect(time.monotonic() < ends, otherwise)
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
