#!/usr/bin/env python3
"""Tries .deb and .tar.gz in a bare Debian root that has neither Python nor Qt: install, self-test, start, remove.

    python3 packaging/try_linux.py dist/linux/apq-desktop_VERSION_amd64.deb --root FOLDER

The .tar.gz is the one beside it. Needs Debian, its debootstrap and xvfb, and root's rights. FOLDER is made where it is
missing (`debootstrap` with the mirror that apt uses here), and used again where it is there.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUITE = "bookworm"
DISPLAY = ":97"
INSTALL = ("apt-get", "install", "-qq", "-y", "--no-install-recommends")
OWN_FILE = "/root/The Lodge.apq"
LEFT_BEHIND = ("usr/lib/apq-desktop", "usr/bin/apq-desktop", "usr/share/mime/packages/apq-desktop.xml")


def main() -> int:
    """Try it. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Try the .deb in a bare root.")
    parser.add_argument("deb", type=Path)
    parser.add_argument("--root", type=Path, required=True)
    chosen = parser.parse_args()
    (packed,) = chosen.deb.parent.glob("*.tar.gz")
    root = Root(chosen.root.absolute())
    root.make()
    shutil.copyfile(chosen.deb, root.folder / "apq-desktop.deb")
    (root.folder / OWN_FILE.lstrip("/")).unlink(missing_ok=True)
    step("No Python and no Qt here", root.refuse_python_and_qt)
    step("Install", lambda: root.run(*INSTALL, "/apq-desktop.deb"))
    step("Still no Python and no Qt of the system's", root.refuse_python_and_qt)
    step("Self-test without a screen", lambda: root.run("apq-desktop", "self-test"))
    step("Version", lambda: root.run("apq-desktop", "--version"))
    step("The man page is there", lambda: expect((root.folder / "usr/share/man/man1/apq-desktop.1.gz").is_file()))
    with screen():
        step("Start in a real window on X", lambda: root.run("apq-desktop", "--exit-after-paint", DISPLAY=DISPLAY))
        step("Self-test in a real window on X", lambda: root.run("apq-desktop", "self-test", DISPLAY=DISPLAY))
    step("Write a file", lambda: root.run("apq-desktop", "example", OWN_FILE))
    step("Write its web page", lambda: root.run("apq-desktop", "export", OWN_FILE, "--to", "/root", "--web"))
    step("Write the template to fill in", lambda: root.run("apq-desktop", "template", "--to", "/root", "--fillable"))
    step("Unpack the folder of the .tar.gz, and its self-test", lambda: root.try_folder(packed))
    step("Remove", lambda: root.run("apt-get", "purge", "-qq", "-y", "apq-desktop"))
    step("Nothing is left", lambda: expect(not any((root.folder / place).exists() for place in LEFT_BEHIND)))
    step("The person's own file is still there", lambda: expect((root.folder / OWN_FILE.lstrip("/")).is_file()))
    print("All steps are OK.")
    return 0


def step(sentence: str, do: object) -> None:
    """Do one step, and say how long it took."""
    assert callable(do)
    print(f"--- {sentence}", flush=True)
    began = time.monotonic()
    do()
    print(f"    OK, {time.monotonic() - began:.1f} s", flush=True)


def expect(fulfilled: bool) -> None:
    """End where something is not as it should be."""
    if not fulfilled:
        raise SystemExit("This is not so.")


class Root:
    """A bare Debian system in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make it where it is missing, with the mirror that apt uses on this machine."""
        if not (self.folder / "var/lib/dpkg/status").is_file():
            sources = [*Path("/etc/apt").glob("sources.list*"), *Path("/etc/apt/sources.list.d").glob("*.sources")]
            text = "".join(path.read_text() for path in sources if path.is_file())
            (mirror, *_) = re.findall(r"^URIs: (\S+/debian)/?$|^deb (\S+/debian)/? ", text, re.MULTILINE)
            words = ["debootstrap", "--variant=minbase", SUITE, self.folder, next(filter(None, mirror))]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(Path("/etc", name), self.folder / "etc" / name)
        shutil.copytree("/etc/apt/apt.conf.d", self.folder / "etc/apt/apt.conf.d", dirs_exist_ok=True)
        self.run("apt-get", "update", "-qq")

    def run(self, *words: str, **more: str) -> None:
        """Run a command inside, with an environment of its own."""
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
        own["DEBIAN_FRONTEND"] = "noninteractive"
        proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        inside: list[str | Path] = ["chroot", self.folder, *words]
        subprocess.run(inside, check=True, env={**proxies, **own, **more})

    def try_folder(self, packed: Path) -> None:
        """Unpack the folder, take it through its self-test, and delete it."""
        place = self.folder / "opt" / "trial"
        shutil.unpack_archive(packed, place, filter="data")
        (bundle,) = place.iterdir()
        self.run(f"/{bundle.relative_to(self.folder)}/apq-desktop", "self-test")
        shutil.rmtree(place)

    def refuse_python_and_qt(self) -> None:
        """See that the system has no Python and no Qt of its own."""
        found = [*self.folder.glob("usr/bin/python*"), *self.folder.glob("usr/lib/*/libQt*")]
        expect(not found)


@contextmanager
def screen() -> Iterator[None]:
    """A screen that nobody sees; programs in the root reach it by its abstract socket."""
    words = ["Xvfb", DISPLAY, "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with tempfile.TemporaryFile() as quiet, subprocess.Popen(words, stderr=quiet) as server:
        try:
            for _ in range(100):
                if Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists():  # noqa: S108
                    break
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
