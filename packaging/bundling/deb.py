"""The .deb: what it says of itself, and the tree that dpkg-deb packs."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from bundling.making import CHECKOUT, PACKAGING, call, settle, stamp, version

ICONS = CHECKOUT / "resources" / "icons"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
PLACE = "usr/lib/apq-desktop"
# What every bundled library still asks of the system; a name after a bar is the one in Debian 13 and Ubuntu 24.04.
NEEDED = (
    "libc6 (>= 2.34)",
    "libdbus-1-3",
    "libegl1",
    "libexpat1",
    "libfontconfig1",
    "libfreetype6",
    "libgcc-s1",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "liblzma5",
    "libstdc++6",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "zlib1g",
    "fonts-dejavu-core | fonts-liberation | fonts-noto-core",
)


def control(installed_kib: int) -> str:
    """The control file. `installed_kib` is how much room the files take."""
    fields = {
        "Package": "apq-desktop",
        "Version": version(),
        "Section": "education",
        "Priority": "optional",
        "Architecture": "amd64",
        "Installed-Size": str(installed_kib),
        "Depends": ", ".join(NEEDED),
        "Recommends": "shared-mime-info, desktop-file-utils, hicolor-icon-theme, xdg-utils",
        "Maintainer": "APQ Desktop contributors <nobody@localhost>",
        "Description": "self-evaluation for alternative provision\n"
        " A provider of alternative provision looks at its setting against the 13\n"
        " quality areas of the Alternative Provision Quality Toolkit (2022), plans\n"
        " what to improve, and makes one PDF and one JSON file for whoever\n"
        " commissions its places.\n"
        " .\n"
        " Everything is kept in one file on the computer. The program never\n"
        " connects to a network.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def lay_out(bundle: Path, tree: Path) -> None:
    """Lay the files of the package below `tree`, as they will stand on the system."""
    shutil.copytree(bundle, tree / PLACE, symlinks=True)
    command = tree / "usr" / "bin" / "apq-desktop"
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../../{PLACE}/apq-desktop")
    linux = PACKAGING / "linux"
    _copy(linux / "apq-desktop.desktop", tree / "usr/share/applications/apq-desktop.desktop")
    _copy(linux / "apq-desktop.xml", tree / "usr/share/mime/packages/apq-desktop.xml")
    icons = tree / "usr/share/icons/hicolor"
    for size in ICON_SIZES:
        picture = ICONS / f"apq-desktop-{size}.png"
        _copy(picture, icons / f"{size}x{size}/apps/apq-desktop.png")
        _copy(picture, icons / f"{size}x{size}/mimetypes/application-x-apq.png")
    _copy(ICONS / "apq-desktop.svg", icons / "scalable/apps/apq-desktop.svg")
    _gzip(manual().encode(), tree / "usr/share/man/man1/apq-desktop.1.gz")
    documents = tree / "usr/share/doc/apq-desktop"
    _gzip((CHECKOUT / "CHANGELOG.md").read_bytes(), documents / "changelog.gz")
    (documents / "copyright").write_bytes((bundle / "LICENSE.txt").read_bytes() + b"\n" + _notices(bundle))


def manual() -> str:
    """The man page of this version."""
    return (PACKAGING / "linux" / "apq-desktop.1").read_text("utf-8").replace("@VERSION@", version())


def pack(tree: Path, target: Path) -> None:
    """Pack a tree with dpkg-deb: everything is root's, and no file is newer than the commit."""
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) // 1024
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control(size), "utf-8")
    settle(tree)
    # How many threads there are decides where xz cuts its blocks.
    call(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target], DPKG_DEB_THREADS_MAX="1")


def _notices(bundle: Path) -> bytes:
    where = f"The texts of all licences are in /{PLACE}/licences.\n\n".encode()
    return where + (bundle / "NOTICES.md").read_bytes()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _gzip(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=min(stamp(), 2**32 - 1)) as packed:
        packed.write(content)
