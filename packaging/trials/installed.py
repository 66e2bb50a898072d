"""The program as an installer lays it out under Wine, what a person does with it, and how its files are opened."""

from __future__ import annotations

import shutil
from pathlib import Path

from bundling.making import emptied, version
from bundling.windows.launcher import COMMAND, WINDOW

from trials.steps import entries, expect, expect_its_list_of_parts, files_of, step, wait_until
from trials.wine import Wine, windows_path

UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\APQ Desktop"
CLASSES = r"Software\Classes"
PERSONS_OWN = ("program/mine.txt", "licences/dog licence.txt", "Łódź.txt")
STALE = "program/of-the-version-before.txt"


class Installed:
    """The program as an installer lays it out, and what is the same for each of them."""

    root = "HKCU"

    def __init__(self, wine: Wine, setup: Path) -> None:
        self.wine = wine
        self.setup = setup
        self.place = wine.person() / "AppData/Local/Programs/APQ Desktop"
        self.file = wine.person() / "Documents" / type(self).__name__ / "The Lodge.apq"
        self.settings = wine.person() / "AppData/Local/APQ Desktop/settings.ini"
        self.menu = wine.person() / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"

    def program(self, *words: str | Path) -> str:
        """Run it by its command; returns what it printed."""
        return self.wine.run(self.place / COMMAND, *words)

    def another(self, number: str) -> Path:
        """A bundle of another version, with few files, one of which this version does not have."""
        folder = emptied(self.wine.work / f"bundle-{number}")
        (folder / "program").mkdir()
        (folder / STALE).write_text("old")
        for name in (WINDOW, COMMAND):
            shutil.copyfile(self.wine.drive / "windows" / "notepad.exe", folder / name)
        return folder

    def expect_installed(self, stated: str) -> None:
        """See that files, shortcut and registry are as they should be."""
        value = self.wine.value
        expect((self.place / WINDOW).is_file(), "the program is not there")
        shortcut = (self.menu / "APQ Desktop.lnk").read_bytes()
        expect(WINDOW.encode("utf-16-le") in shortcut, "the shortcut leads elsewhere")
        command = value(rf"{self.root}\{CLASSES}\APQDesktop.Evaluation\shell\open\command")
        expect(WINDOW in command and '"%1"' in command, f"files are opened by {command!r}")
        if self.root == "HKCU":
            shown = value(rf"{self.root}\{UNINSTALL_KEY}", "DisplayVersion")
            expect(shown == stated, f"the version shown is {shown!r}")
        if stated == version():
            expect_its_list_of_parts(self.place)

    def expect_gone(self) -> None:
        """See that what was laid down is gone, and that what is the person's own is there."""
        wait_until(lambda: not (self.place / WINDOW).exists(), "the program is still there")
        expect(not (self.menu / "APQ Desktop.lnk").exists(), "the shortcut is still there")
        for key in (UNINSTALL_KEY, rf"{CLASSES}\.apq", rf"{CLASSES}\APQDesktop.Evaluation"):
            text = self.wine.run("reg", "query", rf"{self.root}\{key}", allowed=(0, 1))
            expect("REG_" not in text, f"{key} is still there: {text}")
        left = set(files_of(self.place)) if self.place.exists() else set()
        expect(left == set(PERSONS_OWN), f"these are left: {sorted(left)}")

    def put_in_own_files(self) -> None:
        """A person keeps files of their own in the program's folder."""
        for name in PERSONS_OWN:
            path = self.place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("mine")

    def without_wmi(self) -> None:
        """Take out what Wine cannot serve; Python goes on without it."""
        (self.place / "program" / "_wmi.pyd").unlink()

    def use(self) -> None:
        """Everything that a person does with it."""
        self.without_wmi()
        before = entries(self.wine.person())
        step("Self-test", lambda: self.program("self-test"))
        step("Self-test by the window's own launcher", lambda: self.wine.run(self.place / WINDOW, "self-test"))
        new = entries(self.wine.person()) - before
        expect(new == set(), f"the self-test left these among the person's own: {sorted(new)}")
        step("Start", lambda: self.program("--exit-after-paint"))
        self.file.parent.mkdir(parents=True, exist_ok=True)
        step("Write a file", lambda: self.program("example", windows_path(self.file)))
        made = windows_path(self.file.parent)
        step("Write its web page", lambda: self.program("export", windows_path(self.file), "--to", made, "--web"))
        step("Write the template to fill in", lambda: self.program("template", "--to", made, "--fillable"))
        step("Check it", lambda: self.program("check", windows_path(self.file)))
        packs, library = (windows_path(self.file.parent / name) for name in ("Pecynnau ŷ", "Llyfrgell Ŵyn"))
        step("Make a pack", lambda: self.program("export", windows_path(self.file), "--to", packs))
        step("Make a library", lambda: self.program("library", "create", library))
        step("Receive the pack", lambda: self.program("library", "add", library, packs))
        step("Take tables out", lambda: self.program("library", "export", library, "--to", made))

    def open_by_association(self) -> None:
        """Run what is registered for a double click, and wait until the file is open.

        Wine itself looks for such commands only among those for all people.
        """
        kind = self.wine.value(rf"{self.root}\{CLASSES}\.apq")
        command = self.wine.value(rf"{self.root}\{CLASSES}\{kind}\shell\open\command")
        # What reg prints has lost the signs that are not in its code page: the program is found by its own path.
        expect(command.endswith(f'\\{WINDOW}" "%1"'), f"files are opened by {command!r}")
        self.open_by(WINDOW)

    def open_by_command(self) -> None:
        """Open the same window by the other launcher."""
        self.open_by(COMMAND)

    def open_by(self, name: str) -> None:
        """Open the person's file and wait for the sign beside it by which other computers know that it is open."""
        sign = self.file.with_name(f"{self.file.name}.lock")
        sign.unlink(missing_ok=True)
        self.wine.start(self.place / name, windows_path(self.file))
        wait_until(sign.is_file, "the file was not opened")

    def close(self, name: str) -> None:
        """End the program that was left open."""
        self.wine.run("taskkill", "/f", "/im", name)
        self.wine.wait()


def expect_of_a_server(wine: Wine, place: Path, sentence: str) -> None:
    """See what the program says where a library is on a server that is not there."""
    said = wine.run(place / COMMAND, "library", "list", "postgresql://officer@127.0.0.1:9/apq", allowed=(1,))
    expect(sentence in said, f"it said: {said}")
