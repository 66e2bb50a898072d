"""The .deb: what it says of itself, and the tree that dpkg-deb packs."""

from __future__ import annotations

import gzip
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from bundling.making import CHECKOUT, PACKAGING, call, settle, stamp, version

ICONS = CHECKOUT / "resources" / "icons"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
PLACE = "usr/lib/apq-desktop"
METAINFO = "org.apq_desktop.APQDesktop.metainfo.xml"
FONTS = "fonts-dejavu-core | fonts-liberation | fonts-noto-core"
"""For what the window's own fonts do not show."""
NO_ADDRESS = "APQ Desktop contributors <no-address-yet@apq-desktop.invalid>"
"""Debian asks for a name and an address, and nobody answers for the package yet: no mail ever arrives below .invalid
(RFC 2606). A release says who does (APQ_MAINTAINER, which packaging/RELEASE.md tells of)."""


def maintainer() -> str:
    """Who answers for the package: a name and an address."""
    return os.environ.get("APQ_MAINTAINER") or NO_ADDRESS


def control(installed_kib: int, needed: Sequence[str]) -> str:
    """The control file. `installed_kib` is how much room the files take, `needed` what all libraries ask for."""
    fields = {
        "Package": "apq-desktop",
        "Version": version(),
        "Section": "education",
        "Priority": "optional",
        "Architecture": "amd64",
        "Installed-Size": str(installed_kib),
        "Depends": ", ".join([*needed, FONTS]),
        "Recommends": "shared-mime-info, desktop-file-utils, hicolor-icon-theme, xdg-utils",
        "Maintainer": maintainer(),
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
    about = tree / "usr/share/metainfo" / METAINFO
    about.parent.mkdir(parents=True)
    about.write_text(metainfo(), "utf-8")
    icons = tree / "usr/share/icons/hicolor"
    for size in ICON_SIZES:
        picture = ICONS / f"apq-desktop-{size}.png"
        _copy(picture, icons / f"{size}x{size}/apps/apq-desktop.png")
        _copy(picture, icons / f"{size}x{size}/mimetypes/application-x-apq.png")
    _copy(ICONS / "apq-desktop.svg", icons / "scalable/apps/apq-desktop.svg")
    _gzip((linux / "apq-desktop.1").read_bytes(), tree / "usr/share/man/man1/apq-desktop.1.gz")
    _copy(linux / "completion" / "bash", tree / "usr/share/bash-completion/completions/apq-desktop")
    _copy(linux / "completion" / "zsh", tree / "usr/share/zsh/vendor-completions/_apq-desktop")
    documents = tree / "usr/share/doc/apq-desktop"
    _gzip((CHECKOUT / "CHANGELOG.md").read_bytes(), documents / "changelog.gz")
    (documents / "copyright").write_bytes((bundle / "LICENSE.txt").read_bytes() + b"\n" + _notices(bundle))


def metainfo() -> str:
    """What software centres show of this version."""
    text = (PACKAGING / "linux" / METAINFO).read_text("utf-8").replace("@VERSION@", version())
    return text.replace("@DATE@", time.strftime("%Y-%m-%d", time.gmtime(stamp())))


def pack(tree: Path, target: Path, needed: Sequence[str]) -> None:
    """Pack a tree with dpkg-deb: everything is root's, and no file is newer than the commit."""
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) // 1024
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control(size, needed), "utf-8")
    _copy(PACKAGING / "linux" / "prerm", tree / "DEBIAN" / "prerm")
    (tree / "DEBIAN" / "prerm").chmod(0o755)
    settle(tree)
    # On however many cores, xz cuts its blocks at the same places.
    call(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target])


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
