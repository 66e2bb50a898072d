"""What a build asks of the machine: said in one go before anything is begun, with the line that installs it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """A command or a file, any one of `names`, and Debian's package that brings it."""

    package: str
    names: tuple[str, ...]

    def is_there(self) -> bool:
        """Whether this machine has it."""
        return any(Path(name).exists() if name.startswith("/") else shutil.which(name) for name in self.names)


LIBRARIES = "/usr/lib/x86_64-linux-gnu/"
NPM = Need("npm", ("npm", "npm.cmd"))
FOR_LINUX = (
    NPM,
    *(Need("binutils", (name,)) for name in ("strip", "readelf")),
    Need("gcc", ("gcc",)),
    Need("libc6-dev", ("/usr/include/math.h",)),
    Need("patchelf", ("patchelf",)),
    Need("dpkg-dev", ("dpkg-deb",)),
    # Libraries of Debian's that PyInstaller takes into the bundle.
    *(
        Need(package, (f"{LIBRARIES}{library}",))
        for package, library in (
            ("libxcb-cursor0", "libxcb-cursor.so.0"),
            ("libxcb-icccm4", "libxcb-icccm.so.4"),
            ("libxcb-image0", "libxcb-image.so.0"),
            ("libxcb-keysyms1", "libxcb-keysyms.so.1"),
            ("libxcb-render-util0", "libxcb-render-util.so.0"),
            ("libxcb-shape0", "libxcb-shape.so.0"),
            ("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
            ("libwayland-client0", "libwayland-client.so.0"),
            ("libwayland-cursor0", "libwayland-cursor.so.0"),
            ("libwayland-egl1", "libwayland-egl.so.1"),
        )
    ),
)
FOR_WINDOWS = (NPM, Need("nsis", ("makensis",)))
FOR_WINDOWS_ON_DEBIAN = (
    *FOR_WINDOWS,
    Need("gcc-mingw-w64-x86-64", ("x86_64-w64-mingw32-gcc",)),
    Need("binutils-mingw-w64-x86-64", ("x86_64-w64-mingw32-windres",)),
    Need("wixl", ("wixl",)),
    Need("msitools", ("msibuild",)),
    Need("wine64", ("wine64", "wine", "/usr/lib/wine/wine64")),
    Need("osslsigncode", ("osslsigncode",)),
)
FOR_MACOS = (NPM,)


def see_to(needs: Iterable[Need]) -> None:
    """End with the one line to type where something is missing."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return
    packages = " ".join(sorted({need.package for need in missing}))
    named = ", ".join(need.names[0].removeprefix(LIBRARIES) for need in missing)
    line = f"\n    apt-get install --no-install-recommends {packages}" if sys.platform.startswith("linux") else ""
    raise SystemExit(f"This build needs what is not here: {named}.{line}")


class Progress:
    """Says which step of how many has begun, and how long it took."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.done = 0
        self.began = time.monotonic()

    @contextmanager
    def step(self, sentence: str) -> Iterator[None]:
        """One step."""
        self.done += 1
        began = time.monotonic()
        print(f"[{self.done}/{self.steps}] {sentence}", flush=True)
        yield
        print(f"        {time.monotonic() - began:.0f} s", flush=True)

    def end(self) -> None:
        """Say how long all of it took."""
        print(f"All in {time.monotonic() - self.began:.0f} s on {os.cpu_count()} cores.")
