"""A bare Debian system in a folder, with an ordinary person in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from trials.steps import expect


class Root:
    """A bare system of one release of Debian."""

    def __init__(self, folder: Path, suite: str) -> None:
        self.folder = folder
        self.suite = suite

    def make(self) -> None:
        """Make it where it is missing, with the mirror that apt uses on this machine."""
        if not (self.folder / "var/lib/dpkg/status").is_file():
            sources = [*Path("/etc/apt").glob("sources.list*"), *Path("/etc/apt/sources.list.d").glob("*.sources")]
            text = "".join(path.read_text() for path in sources if path.is_file())
            found = re.findall(r"^URIs: (\S+/debian)/?$|^deb (\S+/debian)/? ", text, re.MULTILINE)
            mirror = next(name for names in found for name in names if name)
            words = ["debootstrap", "--variant=minbase", self.suite, self.folder, mirror]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(Path("/etc", name), self.folder / "etc" / name)
        shutil.copytree("/etc/apt/apt.conf.d", self.folder / "etc/apt/apt.conf.d", dirs_exist_ok=True)
        self.run("apt-get", "update", "-qq")

    def add_person(self, name: str) -> None:
        """An ordinary person, with a home that is empty."""
        if not (self.folder / "home" / name).is_dir():
            self.run("useradd", "--create-home", name)

    def run(self, *words: str, by: str = "root", allowed: tuple[int, ...] = (0,), **more: str) -> str:
        """Run a command inside, with an environment of its own; returns what it wrote on standard error."""
        with self.start(*words, by=by, **more) as running:
            said = running.communicate()[1]
        expect(running.returncode in allowed, f"{' '.join(words)} ended with {running.returncode}: {said[-2000:]}")
        return said

    def start(self, *words: str, by: str = "root", **more: str) -> subprocess.Popen[str]:
        """Begin a command inside."""
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        own["HOME"] = "/root" if by == "root" else f"/home/{by}"
        proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        inside = ["chroot", f"--userspec={by}:{by}", str(self.folder), *words]
        return subprocess.Popen(inside, env={**proxies, **own, **more}, stderr=subprocess.PIPE, text=True)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let programs inside see which processes run, and share memory, as on a computer."""
        with ExitStack() as mounted:
            for kind, place, how in (("proc", "proc", "defaults"), ("tmpfs", "dev/shm", "mode=1777")):
                (self.folder / place).mkdir(exist_ok=True)
                subprocess.run(["mount", "-t", kind, "-o", how, kind, self.folder / place], check=True)
                mounted.callback(subprocess.check_call, ["umount", self.folder / place])
            yield

    def refused(self, *words: str, by: str, **more: str) -> str:
        """See that a command ends with 1 and one sentence of ours, and nothing else; returns the sentence."""
        said = self.run(*words, by=by, allowed=(1,), **more)
        expect(
            said.startswith("APQ Desktop cannot open its window") and len(said.splitlines()) == 1, f"it said {said!r}"
        )
        return said

    def refuse_python_and_qt(self) -> None:
        """See that the system has no Python and no Qt of its own."""
        found = [*self.folder.glob("usr/bin/python*"), *self.folder.glob("usr/lib/*/libQt*")]
        expect(not found, f"these are there: {found}")
