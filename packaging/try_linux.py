#!/usr/bin/env python3
"""Tries .deb and .tar.gz in bare Debian roots that have neither Python nor Qt: install, use, upgrade, remove.

    python3 packaging/try_linux.py dist/linux/apq-desktop_VERSION_amd64.deb --roots FOLDER [--suite bookworm]

The .tar.gz is the one beside it. Needs Debian, its debootstrap, xvfb, appstream and desktop-file-utils, and root's
rights; the program itself is used by ordinary people. Roots of Debian 12 and 13 are made in FOLDER where they are
missing (`debootstrap` with the mirror that apt uses here), and used again where they are there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

from trials.debian_root import Root
from trials.steps import expect, expect_its_list_of_parts, screen, step, wait_until

SUITES = ("bookworm", "trixie")
INSTALL = ("apt-get", "install", "-qq", "-y", "--no-install-recommends")
PERSON, ANOTHER = "person", "another"
FOLDER = f"/home/{PERSON}/Tŷ Ŵyn"
PACKS, LIBRARY, TABLES = (f"/home/{PERSON}/{name}" for name in ("Pecynnau ŷ", "Llyfrgell Ŵyn", "Tablau"))
OWN_FILE = f"{FOLDER}/Łódź.apq"
BUNDLE = "usr/lib/apq-desktop"
STALE = f"{BUNDLE}/of-the-version-before.txt"
NO_SCREEN = ":9999"
IS_OPEN = "APQ Desktop is open on this computer, so nothing was changed."
LEFT_BEHIND = (BUNDLE, "usr/bin/apq-desktop", "usr/share/mime/packages/apq-desktop.xml")


def main() -> int:
    """Try it. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Try the .deb in bare roots.")
    parser.add_argument("deb", type=Path)
    parser.add_argument("--roots", type=Path, required=True)
    parser.add_argument("--suite", choices=SUITES)
    chosen = parser.parse_args()
    (packed,) = chosen.deb.parent.glob("*.tar.gz")
    for suite in [chosen.suite] if chosen.suite else SUITES:
        print(f"=== {suite}")
        Trial(Root(chosen.roots.absolute() / suite, suite), chosen.deb, packed).play()
    print("All steps are OK.")
    return 0


class Trial:
    """What is done in one root."""

    def __init__(self, root: Root, deb: Path, packed: Path) -> None:
        self.root = root
        self.deb = deb
        self.packed = packed

    def play(self) -> None:
        """Everything in order."""
        root = self.root
        step("Make the root", self.prepare)
        step("No Python and no Qt here", root.refuse_python_and_qt)
        folder = self.unpack()
        step(
            "The folder, where libraries for graphics are missing",
            lambda: root.refused(f"{folder}/apq-desktop", by=PERSON, DISPLAY=NO_SCREEN),
        )
        step("Install the version before", lambda: root.run(*INSTALL, "/before.deb"))
        step("Upgrade", lambda: root.run(*INSTALL, "/apq-desktop.deb"))
        expect(not (root.folder / STALE).exists(), "a file of the version before is still there")
        step("Still no Python and no Qt of the system's", root.refuse_python_and_qt)
        step("The list of parts fits", lambda: expect_its_list_of_parts(root.folder / BUNDLE))
        step("What software centres and menus read is right", self.validate)
        with root.running():
            self.use(folder)
        step("Remove", lambda: root.run("apt-get", "purge", "-qq", "-y", "apq-desktop"))
        expect(not any((root.folder / place).exists() for place in LEFT_BEHIND), "something is left")
        expect((root.folder / OWN_FILE.lstrip("/")).is_file(), "the person's own file is gone")

    def prepare(self) -> None:
        """The root, two people in it, and the packages of this version and of one before."""
        root = self.root
        root.make()
        root.run("apt-get", "purge", "-qq", "-y", "apq-desktop", allowed=(0, 100))
        root.run("apt-get", "autoremove", "--purge", "-qq", "-y")
        for name in (PERSON, ANOTHER):
            root.add_person(name)
        for made in (FOLDER, PACKS, LIBRARY, TABLES):
            shutil.rmtree(root.folder / made.lstrip("/"), ignore_errors=True)
        root.run("mkdir", FOLDER, by=PERSON)
        shutil.copyfile(self.deb, root.folder / "apq-desktop.deb")
        # The same package, with a lower number and a file that this version does not have.
        tree = root.folder / "opt" / "before"
        shutil.rmtree(tree, ignore_errors=True)
        subprocess.run(["dpkg-deb", "--raw-extract", self.deb, tree], check=True)
        control = tree / "DEBIAN" / "control"
        control.write_text(re.sub(r"^Version: .*$", "Version: 0.0.1", control.read_text("utf-8"), flags=re.MULTILINE))
        (tree / STALE).write_text("old")
        words: list[str | Path] = [
            "dpkg-deb",
            "--root-owner-group",
            "-Znone",
            "--build",
            tree,
            root.folder / "before.deb",
        ]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(tree)

    def unpack(self) -> str:
        """The folder of the .tar.gz, unpacked in a folder whose name is not ASCII; its place inside."""
        place = self.root.folder / FOLDER.lstrip("/")
        shutil.unpack_archive(self.packed, place, filter="data")
        (bundle,) = place.iterdir()
        return f"{FOLDER}/{bundle.name}"

    def validate(self) -> None:
        """By the tools of those who made the rules."""
        share = self.root.folder / "usr/share"
        about = next((share / "metainfo").glob("*.xml"))
        subprocess.run(["appstreamcli", "validate", "--no-net", about], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["desktop-file-validate", share / "applications/apq-desktop.desktop"], check=True)

    def use(self, folder: str) -> None:
        """What two people do with it."""
        run, root = self.root.run, self.root
        step("No screen", lambda: root.refused("apq-desktop", by=PERSON))
        step("A screen that is not there", lambda: root.refused("apq-desktop", by=PERSON, DISPLAY=NO_SCREEN))
        step("The folder without a screen", lambda: root.refused(f"{folder}/apq-desktop", by=PERSON))
        step("Self-test without a screen", lambda: run("apq-desktop", "self-test", by=PERSON))
        step("Self-test of the folder", lambda: run(f"{folder}/apq-desktop", "self-test", by=PERSON))
        step("Version", lambda: run("apq-desktop", "--version", by=PERSON))
        expect((root.folder / "usr/share/man/man1/apq-desktop.1.gz").is_file(), "there is no man page")
        with screen() as name:
            step("Start on X", lambda: run("apq-desktop", "--exit-after-paint", by=PERSON, DISPLAY=name))
            step("Self-test on X", lambda: run("apq-desktop", "self-test", by=PERSON, DISPLAY=name))
            step("Another person", lambda: run("apq-desktop", "--exit-after-paint", by=ANOTHER, DISPLAY=name))
        step("Write a file", lambda: run("apq-desktop", "example", OWN_FILE, by=PERSON))
        with screen() as name:
            self.refuse_while_open(name)
        step("Going back is refused", lambda: run(*INSTALL, "/before.deb", allowed=(100,)))
        step("Write its web page", lambda: run("apq-desktop", "export", OWN_FILE, "--to", FOLDER, "--web", by=PERSON))
        step("Write the template", lambda: run("apq-desktop", "template", "--to", FOLDER, "--fillable", by=PERSON))
        step("Check the file", lambda: run("apq-desktop", "check", OWN_FILE, by=PERSON))
        step("Make a pack", lambda: run("apq-desktop", "export", OWN_FILE, "--to", PACKS, by=PERSON))
        step("Make a library", lambda: run("apq-desktop", "library", "create", LIBRARY, by=PERSON))
        step("Receive a pack", lambda: run("apq-desktop", "library", "add", LIBRARY, PACKS, by=PERSON))
        step("Take tables out", lambda: run("apq-desktop", "library", "export", LIBRARY, "--to", TABLES, by=PERSON))

    def refuse_while_open(self, screen_name: str) -> None:
        """See that dpkg neither upgrades nor removes it while somebody has it open, and that it goes on."""
        root, lock = self.root, self.root.folder / f"{OWN_FILE}.lock".lstrip("/")
        window = root.start("apq-desktop", OWN_FILE, by=PERSON, DISPLAY=screen_name)
        try:
            step("Open the file", lambda: wait_until(lock.exists, "it does not open"))
            step("An upgrade is refused meanwhile", lambda: self.expect_refused("--install", "/apq-desktop.deb"))
            step("Removing is refused meanwhile", lambda: self.expect_refused("--remove", "apq-desktop"))
            expect(window.poll() is None, "the window is gone")
        finally:
            window.terminate()
            window.communicate()
        lock.unlink()

    def expect_refused(self, *words: str) -> None:
        """See that dpkg says why, and leaves everything as it was."""
        said = self.root.run("dpkg", *words, allowed=(1,))
        expect(IS_OPEN in said, f"it said {said!r}")
        expect_its_list_of_parts(self.root.folder / BUNDLE)


if __name__ == "__main__":
    sys.exit(main())
