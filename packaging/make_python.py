#!/usr/bin/env python3
"""Makes the Python that goes into the Linux bundle, from Debian's source package of it: signed, and still mended.

    python3 packaging/make_python.py FOLDER

FOLDER/bin/python3 is then what `build_linux.py --python` takes. Needs Debian and a compiler; takes some four minutes on
two idle cores. Nothing of the system is changed: apt keeps its lists of source packages in a folder of their own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from bundling import needs
from bundling.making import call, emptied

PACKAGE, VERSION = "python3.13", "3.13.15-1"
SUITE = "sid"
KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NEEDS = (
    *(needs.Need(package, (f"/usr/include/{header}",)) for package, header in (
        ("libssl-dev", "openssl/ssl.h"),
        ("libsqlite3-dev", "sqlite3.h"),
        ("zlib1g-dev", "zlib.h"),
        ("libbz2-dev", "bzlib.h"),
        ("liblzma-dev", "lzma.h"),
        ("uuid-dev", "uuid/uuid.h"),
    )),
    needs.Need("libffi-dev", ("/usr/include/ffi.h", "/usr/include/x86_64-linux-gnu/ffi.h")),
    needs.Need("dpkg-dev", ("dpkg-source",)),
    needs.Need("build-essential", ("gcc",)),
    needs.Need("make", ("make",)),
    needs.Need("debian-archive-keyring", (str(KEYS),)),
)  # fmt: skip


def main() -> int:
    """Fetch, compile, install. Returns the exit status."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    needs.see_to(NEEDS)
    target = Path(sys.argv[1]).absolute()
    progress = needs.Progress(3)
    work = emptied(target.with_name(f"{target.name}-work"))
    with progress.step(f"Fetch the source of {PACKAGE} {VERSION}"):
        source = fetched(work)
    with progress.step("Compile it"):
        # The launcher of a virtual environment finds the shared library beside its own.
        origin = "LDFLAGS=-Wl,-rpath,'$$ORIGIN/../lib'"
        options = ["-q", "--enable-shared", "--disable-test-modules", "--with-ensurepip=install", origin]
        call(["./configure", f"--prefix={target}", *options], cwd=source)
        call(["make", "--silent", "--jobs=2"], cwd=source)
    with progress.step("Install it"):
        emptied(target)
        # It names each of its thousands of files, silent or not.
        call(["make", "--silent", "install"], cwd=source, quiet=True)
    shutil.rmtree(work)
    call([target / "bin" / "python3", "--version"])
    progress.end()
    return 0


def fetched(work: Path) -> Path:
    """The unpacked source, as Python's makers published it; apt checks Debian's signature of it."""
    sources = [*Path("/etc/apt").glob("sources.list*"), *Path("/etc/apt/sources.list.d").glob("*.sources")]
    text = "".join(path.read_text("utf-8") for path in sources if path.is_file())
    mirror = next(
        filter(None, re.findall(r"(?:^URIs:|^deb(?: \[.*\])?) (\S+/debian)/?(?:\s|$)", text, re.MULTILINE)), None
    )
    if mirror is None:
        raise SystemExit("apt names no mirror of Debian here.")
    lists = work / "lists"
    (lists / "partial").mkdir(parents=True)
    (work / "sources.list").write_text(f"deb-src [signed-by={KEYS}] {mirror} {SUITE} main\n", "utf-8")
    own = ["-qq", "-o", f"Dir::Etc::sourcelist={work}/sources.list", "-o", "Dir::Etc::sourceparts=/dev/null"]
    own += ["-o", f"Dir::State::lists={lists}", "-o", "APT::Sandbox::User=root"]
    call(["apt-get", *own, "update"])
    call(["apt-get", *own, "source", "--download-only", f"{PACKAGE}={VERSION}"], cwd=work)
    (packed,) = work.glob("*.orig.tar.xz")
    with tarfile.open(packed) as archive:
        archive.extractall(work / "source", filter="data")
    (source,) = (work / "source").iterdir()
    return source


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"This failed: {' '.join(map(str, error.cmd))}")
