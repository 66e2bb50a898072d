#!/usr/bin/env python3
"""Tries the Windows bundles on Debian under Wine: install, use, upgrade, downgrade, remove, for one person and for all.

    python3 packaging/try_windows.py dist/windows [--work FOLDER] [--only per-user|all-users|portable]

Needs Debian's nsis, wixl, msitools, wine64, xvfb and gcc-mingw-w64-x86-64; and as with every trial under Wine: Windows
may differ. Debian's Wine lacks two libraries that Windows 10 and later bring, icuuc.dll and bcryptprimitives.dll: small
ones are made for the trial. Nor can it answer Python's question about the system by WMI: _wmi.pyd is taken out of what
was installed. Folders and files have names that are not ASCII. The versions before and after are made for the trial,
with a handful of files.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import zipfile
from pathlib import Path

from bundling.making import CHECKOUT, emptied, version
from bundling.windows import installers
from bundling.windows.launcher import COMMAND, WINDOW
from trials.installed import PERSONS_OWN, STALE, UNINSTALL_KEY, Installed, expect_of_a_server
from trials.steps import entries, expect, expect_its_list_of_parts, files_of, screen, step
from trials.wine import Wine, windows_path

BEFORE, AFTER = "0.0.1", "99.0.0"
ANOTHER = "Siân Ŵyn"
IS_OPEN, IS_FOREIGN, IS_OLDER = 2, 3, 4


def main() -> int:
    """Try them. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Try the Windows bundles under Wine.")
    parser.add_argument("bundles", type=Path)
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "try-windows")
    parser.add_argument("--only", choices=("per-user", "all-users", "portable"))
    chosen = parser.parse_args()
    bundles = chosen.bundles.absolute()
    with screen() as display:
        wine = Wine(emptied(chosen.work.absolute()), display)
        try:
            step("Make a Windows for the trial", wine.make)
            if chosen.only in {None, "per-user"}:
                PerUser(wine, next(bundles.glob("*-setup.exe"))).play()
            if chosen.only in {None, "all-users"}:
                AllUsers(wine, next(bundles.glob("*-all-users.msi"))).play()
            if chosen.only in {None, "portable"}:
                try_portable(wine, next(bundles.glob("*-portable.zip")))
        finally:
            wine.stop()
    print("All steps are OK.")
    return 0


class PerUser(Installed):
    """The installer for one person."""

    def play(self) -> None:
        """Refuse, install, use, upgrade, downgrade, remove."""
        wine, setup = self.wine, self.setup
        # Without a space, in whose presence Wine puts quotation marks around the word, which NSIS does not read.
        foreign = wine.drive / "TŷŴyn"
        self.place = foreign
        self.put_in_own_files()
        was = files_of(foreign)
        into = f"/D={self.windows(foreign)}"
        step("A folder with other files is refused", lambda: wine.run(setup, "/S", into, allowed=(IS_FOREIGN,)))
        expect(files_of(foreign) == was, "a person's files were touched")
        shutil.rmtree(foreign)

        older = self.write(BEFORE)
        step("Install the version before, in a folder of that name", lambda: wine.run(older, "/S", into))
        step("Everything is in its place", lambda: self.expect_installed(BEFORE))
        self.put_in_own_files()
        step("Upgrade silently", lambda: wine.run(setup, "/S"))
        step("Everything is in its place", self.expect_installed_beside_own_files)
        self.use()
        content = self.file.read_bytes()
        for name, open_it in ((WINDOW, self.open_by_association), (COMMAND, self.open_by_command)):
            step(f"Open a file by {name}", open_it)
            step("Upgrade and removal are refused while it is open", self.expect_refused_while_open)
            self.close(name)
        settings = self.settings.read_bytes()

        newer = self.write(AFTER)
        step("Install a version after", lambda: wine.run(newer, "/S"))
        step("Going back is refused", lambda: wine.run(setup, "/S", allowed=(IS_OLDER,)))
        expect(wine.value(rf"HKCU\{UNINSTALL_KEY}", "DisplayVersion") == AFTER, "something was changed")
        step("Going back on purpose", lambda: wine.run(setup, "/S", "/DOWNGRADE"))
        step("Everything is in its place", self.expect_installed_beside_own_files)
        step("Remove silently", lambda: wine.run(self.place / "uninstall.exe", "/S"))
        step("Nothing of the program is left", self.expect_gone)
        expect(self.file.read_bytes() == content, "the person's file was changed")
        expect(self.settings.read_bytes() == settings, "the person's settings were changed")

    def expect_refused_while_open(self) -> None:
        """See that neither does anything."""
        self.wine.run(self.setup, "/S", allowed=(IS_OPEN,))
        here = f"_?={self.windows(self.place)}"
        self.wine.run(self.place / "uninstall.exe", "/S", here, allowed=(IS_OPEN,))
        expect((self.place / "program" / "start.py").is_file(), "something was changed")

    def write(self, number: str) -> Path:
        """The installer of another version."""
        target = self.wine.work / f"{number}-setup.exe"
        installers.write_setup(self.another(number), target, self.wine.work / "making", number)
        return target

    def windows(self, path: Path) -> str:
        """A path on the drive of the trial's Windows."""
        return "C:\\" + str(path.relative_to(self.wine.drive)).replace("/", "\\")

    def expect_installed_beside_own_files(self) -> None:
        """The whole program, nothing of the other version, and the person's files."""
        expect(not (self.place / STALE).exists(), "a file of the other version is still there")
        own = {name: (self.place / name).read_bytes() for name in PERSONS_OWN}
        expect(set(own.values()) == {b"mine"}, "a person's files were touched")
        for name in PERSONS_OWN:
            (self.place / name).unlink()
        self.expect_installed(version())
        self.put_in_own_files()


class AllUsers(Installed):
    """The MSI."""

    root = "HKLM"

    def __init__(self, wine: Wine, setup: Path) -> None:
        super().__init__(wine, setup)
        self.place = wine.drive / "Program Files" / "APQ Desktop"
        # Wine writes shortcuts for everybody into the one person's Start menu, where Windows has a folder for all.

    def play(self) -> None:
        """Install, use, upgrade, refuse, remove."""
        wine = self.wine
        older, newer = self.write(BEFORE), self.write(AFTER)
        step("MSI: install the version before", lambda: self.msi("/i", older))
        self.put_in_own_files()
        step("MSI: upgrade", lambda: self.msi("/i", self.setup))
        expect(not (self.place / STALE).exists(), "a file of the version before is still there")
        expect(all((self.place / name).read_text() == "mine" for name in PERSONS_OWN), "a person's files were touched")
        for name in PERSONS_OWN:
            (self.place / name).unlink()
        step("Everything is in its place", lambda: self.expect_installed(version()))
        self.put_in_own_files()
        self.use()
        step("A library on a server that is away", lambda: expect_of_a_server(wine, self.place, "cannot be reached"))
        content = self.file.read_bytes()
        another = AllUsers(wine.used_by(ANOTHER), self.setup)
        step("Another person starts it", lambda: another.program("--exit-after-paint"))
        expect(another.settings.is_file(), "another person has no settings of their own")
        another.file.parent.mkdir(parents=True, exist_ok=True)
        step("Another person writes a file", lambda: another.program("example", windows_path(another.file)))
        for who in (another, self):
            step(f"Open a file by a double click, as {who.wine.name}", who.open_by_association)
            step("MSI: an upgrade is refused while it is open", lambda: self.msi("/i", newer, refused=True))
            expect((self.place / "program" / "start.py").is_file(), "something was changed")
            step("MSI: removing is refused while it is open", lambda: self.msi("/x", self.setup, refused=True))
            expect((self.place / "program" / "start.py").is_file(), "something was changed")
            step("Close it", lambda: self.close(WINDOW))
        settings = self.settings.read_bytes()
        step("MSI: install a version after", lambda: self.msi("/i", newer))
        step("MSI: going back is refused", lambda: self.msi("/i", self.setup, refused=True))
        step("MSI: remove", lambda: self.msi("/x", newer))
        step("Nothing of the program is left", self.expect_gone)
        expect(self.file.read_bytes() == content, "the person's file was changed")
        expect(self.settings.read_bytes() == settings, "the person's settings were changed")
        expect(another.file.is_file() and another.settings.is_file(), "another person's files are gone")

    def write(self, number: str) -> Path:
        """The MSI of another version."""
        target = self.wine.work / f"{number}.msi"
        installers.write_msi(self.another(number), target, self.wine.work / "making", number)
        return target

    def msi(self, what: str, package: Path, *, refused: bool = False) -> None:
        """Let Windows Installer do its work without a word."""
        allowed = tuple(range(1, 256)) if refused else (0,)
        self.wine.run("msiexec", what, windows_path(package), "/qn", allowed=allowed)


def try_portable(wine: Wine, portable: Path) -> None:
    """Unpack the zip where a stick might be, and see that everything stays there."""
    stick = wine.work / "USB Ŵŷ"
    with zipfile.ZipFile(portable) as packed:
        packed.extractall(stick)
    (folder,) = stick.iterdir()
    step("Portable: the list of parts fits", lambda: expect_its_list_of_parts(folder))
    (folder / "program" / "_wmi.pyd").unlink()
    before = entries(wine.person())
    step("Portable: self-test", lambda: wine.run(folder / COMMAND, "self-test"))
    expect(not files_of(folder / "APQ Desktop data"), "the self-test left files behind")
    step("Portable: start", lambda: wine.run(folder / WINDOW, "--exit-after-paint"))
    expect((folder / "APQ Desktop data/config/settings.ini").is_file(), "the settings are not beside the program")
    new = entries(wine.person()) - before
    expect(new == set(), f"these were written elsewhere: {new}")
    step("Portable: no library on a server", lambda: expect_of_a_server(wine, folder, "no part for servers"))


if __name__ == "__main__":
    sys.exit(main())
