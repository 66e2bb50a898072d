"""Which of Debian's packages a file is of, and what a bundle depends on."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

FOLDERS = (Path("/usr/lib/x86_64-linux-gnu"), Path("/lib/x86_64-linux-gnu"), Path("/usr/lib"), Path("/lib"))


def place_of(library: str) -> Path | None:
    """Where the system keeps a library."""
    return next((folder / library for folder in FOLDERS if (folder / library).exists()), None)


def package_of(path: Path) -> str:
    """The package that a file of the system is of. Ends the build where dpkg does not know: nothing goes unnamed.

    Under a merged /usr dpkg may know a file by a name in /lib only, or by that of the file which a link leads to.
    """
    names = [path, path.resolve()]
    names += [Path(str(name).removeprefix("/usr")) for name in names if str(name).startswith("/usr/")]
    for name in names:
        done = subprocess.run(["dpkg-query", "--search", name], check=False, capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    raise SystemExit(f"dpkg does not know which package {path} is of.")


def version_of(package: str) -> str:
    """The version of a package that is installed here."""
    words = ["dpkg-query", "--show", "--showformat", "${Version}\n", package]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()[0]


def depends(libraries: Iterable[str], glibc: str) -> list[str]:
    """The packages that bring these libraries, as a control file names them.

    A name after a bar is the one since Debian 13 and Ubuntu 24.04, which gave many libraries the ending t64.
    """
    found = set()
    for library in libraries:
        place = place_of(library)
        if place is None:
            raise SystemExit(f"{library} is loaded by the bundle, and is neither in it nor on this system.")
        found.add(re.sub(r"t64$", "", package_of(place)))
    found.discard("libc6")
    return [f"libc6 (>= {glibc})", *(f"{name} | {name}t64" if name in RENAMED else name for name in sorted(found))]


RENAMED = {"libglib2.0-0"}
"""Of what the bundle loads."""
