"""What the program and its tests need from a Linux system, and how Debian is given it.

Standard library only: packaging/dev.py calls this before anything is installed.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class SetUpError(Exception):
    """Set-up cannot go on; the text says what a person can do about it."""


@dataclass(frozen=True)
class SystemPart:
    """One part: Debian's package, how to see that it is there, and who needs it.

    `probe` is "module:NAME" (a module of this Python), "command:NAME", "library:SONAME", "file:PATH",
    "glob:PATTERN" or "font:" (any font).
    `needed_by` is "all", "window" (a real window on X11) or "test".
    """

    package: str
    probe: str
    needed_by: str


SYSTEM_PARTS = (
    # Named for this Python: where several stand side by side, python3-venv serves the default one only.
    SystemPart(f"python3.{sys.version_info.minor}-venv", "module:ensurepip", "all"),
    SystemPart("libegl1", "library:libEGL.so.1", "all"),
    SystemPart("libgl1", "library:libGL.so.1", "all"),
    SystemPart("libglib2.0-0", "library:libglib-2.0.so.0", "all"),
    SystemPart("libdbus-1-3", "library:libdbus-1.so.3", "all"),
    SystemPart("libfontconfig1", "library:libfontconfig.so.1", "all"),
    SystemPart("libxkbcommon0", "library:libxkbcommon.so.0", "all"),
    SystemPart("fonts-dejavu-core", "font:", "all"),
    SystemPart("libxkbcommon-x11-0", "library:libxkbcommon-x11.so.0", "window"),
    SystemPart("libxcb-cursor0", "library:libxcb-cursor.so.0", "window"),
    SystemPart("libxcb-icccm4", "library:libxcb-icccm.so.4", "window"),
    SystemPart("libxcb-keysyms1", "library:libxcb-keysyms.so.1", "window"),
    SystemPart("libxcb-shape0", "library:libxcb-shape.so.0", "window"),
    SystemPart("fonts-dejavu-core", "file:/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "test"),
    SystemPart("hunspell-en-gb", "file:/usr/share/hunspell/en_GB.dic", "test"),
    SystemPart("postgresql", "glob:/usr/lib/postgresql/*/bin/initdb", "test"),
    SystemPart("gnome-keyring", "command:gnome-keyring-daemon", "test"),
    SystemPart("poppler-utils", "command:pdftotext", "test"),
    SystemPart("qpdf", "command:qpdf", "test"),
    SystemPart("xvfb", "command:Xvfb", "test"),
    SystemPart("dbus-daemon", "command:dbus-daemon", "test"),
    SystemPart("at-spi2-core", "file:/usr/libexec/at-spi-bus-launcher", "test"),
    SystemPart("strace", "command:strace", "test"),
    SystemPart("binutils", "command:readelf", "test"),
    SystemPart("patchelf", "command:patchelf", "test"),
    SystemPart("xauth", "command:xauth", "test"),
    SystemPart("libreoffice-writer-nogui", "file:/usr/lib/libreoffice/program/libswlo.so", "test"),
    SystemPart("libreoffice-calc-nogui", "file:/usr/lib/libreoffice/program/libsclo.so", "test"),
)


def provide_system_parts(purpose: str) -> None:
    """Makes sure that Linux has what `purpose` ("run" or "test") needs: nothing is missing afterwards.

    Raises SetUpError with the one line to type where something is missing and may not be installed from here.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_parts(purpose)
    if not missing:
        return
    packages = [part.package for part in missing]
    if shutil.which("apt-get") is None:
        names = ", ".join(part.probe.partition(":")[2] or "a font" for part in missing)
        message = f"This system lacks {names}. Install what brings them, then start again."
        raise SetUpError(message)
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages]
    rights = rights_to_install()
    if rights is None:
        message = f"Parts of the system are missing. Type this, then start again:\n    {by_hand(install)}"
        raise SetUpError(message)
    print(f"Installing with apt-get: {' '.join(packages)}", flush=True)
    apt_get([*rights, *install], [*rights, "apt-get", "update", "-qq"])
    importlib.invalidate_caches()
    still_missing = [part.package for part in missing_parts(purpose)]
    if still_missing:
        message = f"apt-get was done, yet these are still missing: {' '.join(still_missing)}."
        raise SetUpError(message)


def missing_parts(purpose: str) -> list[SystemPart]:
    """The parts that `purpose` needs and the system does not have."""
    needed = {"all"}
    if purpose == "test":
        needed |= {"window", "test"}
    elif os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        needed.add("window")
    return [part for part in SYSTEM_PARTS if part.needed_by in needed and not is_present(part.probe)]


def is_present(probe: str) -> bool:
    """Whether the system has what `probe` names (see SystemPart)."""
    kind, _, name = probe.partition(":")
    if kind == "module":
        return importlib.util.find_spec(name) is not None
    if kind == "command":
        return shutil.which(name) is not None
    if kind == "file":
        return Path(name).is_file()
    if kind == "glob":
        return any(Path("/").glob(name.removeprefix("/")))
    if kind == "font":
        folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
        return any(path.suffix in {".ttf", ".otf"} for folder in folders for path in folder.rglob("*.?t?"))
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def rights_to_install() -> list[str] | None:
    """The words to put before apt-get: none for root, or sudo where it asks nothing; None without rights."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def by_hand(install: Sequence[str]) -> str:
    """The line that a person types to run `install` as root, on a machine whose lists may be old."""
    line = " ".join(word for word in install if word not in {"-qq", "--yes"})
    if shutil.which("sudo"):
        return f"sudo apt-get update && sudo {line}"
    return f'su -c "apt-get update && {line}"'


def apt_get(install: Sequence[str], update: Sequence[str]) -> None:
    """Installs; where that fails, the lists of packages may be old or absent, so they are renewed once."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (install, update, install):
        sys.stdout.flush()
        status = subprocess.run(words, check=False, env=environment, stdin=subprocess.DEVNULL).returncode
        if words is install and status == 0:
            return
    message = "apt-get could not install what is missing; the lines above say why."
    raise SetUpError(message)
