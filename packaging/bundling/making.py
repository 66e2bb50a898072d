"""Steps that every bundle takes: the wheel, a clean environment, one time for all files, archives and checksums.

Standard library only. What is made from the same commit and the same pins should be the same byte for byte: hence
one time stamp (SOURCE_DATE_EPOCH, else that of the commit), sorted names and plain rights everywhere.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGING.parent
# With these the outcome of a build would hang on who builds.
UNWANTED_VARIABLES = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")


def version() -> str:
    """The program's version, from the one place where it stands."""
    text = (CHECKOUT / "apq_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    assert found, "apq_desktop/__init__.py states no version"
    return found[1]


def stamp() -> int:
    """The time that every file of a bundle gets, in seconds since 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        words = ["git", "log", "-1", "--format=%ct"]
        given = subprocess.run(words, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    return int(given)


def call(words: Sequence[str | Path], *, cwd: Path | None = None, quiet: bool = False, **more: str) -> None:
    """Run a command that must succeed, with `more` environment variables; its output is shown unless `quiet`."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED_VARIABLES}
    settled = {"SOURCE_DATE_EPOCH": str(stamp()), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    sys.stdout.flush()
    said = subprocess.DEVNULL if quiet else None
    subprocess.run([str(word) for word in words], cwd=cwd, check=True, env={**kept, **settled, **more}, stdout=said)


def emptied(folder: Path) -> Path:
    """The folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def environment(folder: Path, *pins: str, by: Path | None = None) -> Path:
    """A clean virtual environment with the files of pins in packaging/ installed. Returns its Python.

    It is of the Python `by`, else of the one that runs this.
    """
    call([by or sys.executable, "-m", "venv", "--clear", folder])
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    files = [word for name in pins for word in ("--requirement", PACKAGING / name)]
    install(python, "--require-hashes", "--only-binary", ":all:", *files)
    return python


def install(python: Path, *words: str | Path) -> None:
    """Install with the pip of `python`."""
    call([python, "-m", "pip", "--disable-pip-version-check", "-qq", "install", *words])


def wheel(python: Path, into: Path) -> Path:
    """The wheel of the checkout, built by way of the source package, as those who get that package build it."""
    emptied(into)
    call([python, "-m", "hatchling", "build", "--target", "sdist", "--directory", into], cwd=CHECKOUT)
    (packed,) = into.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(into / "source", filter="data")
    (source,) = (into / "source").iterdir()
    call([python, "-m", "hatchling", "build", "--target", "wheel", "--directory", into], cwd=source)
    shutil.rmtree(into / "source")
    (built,) = into.glob("*.whl")
    return built


def files_below(folder: Path) -> Iterator[Path]:
    """Every file and link below a folder, sorted by name."""
    return iter(sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()))


def remove_unwanted(folder: Path, is_wanted: Callable[[str], bool]) -> None:
    """Delete the files whose names below `folder` are not wanted, and the folders this leaves empty."""
    for path in files_below(folder):
        if not is_wanted(path.relative_to(folder).as_posix()):
            path.unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def settle(folder: Path) -> None:
    """Give everything below `folder` the same time, and the rights that a person's umask should not decide."""
    when = stamp()
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=os.utime not in os.supports_follow_symlinks)


def tar_gz(folder: Path, target: Path) -> None:
    """Pack a folder under its own name."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = stamp()
        return member

    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=stamp()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        archive.add(folder, folder.name, recursive=False, filter=plain)
        for path in sorted(folder.rglob("*")):
            archive.add(path, f"{folder.name}/{path.relative_to(folder)}", recursive=False, filter=plain)


def zipped(folder: Path, target: Path) -> None:
    """Pack a folder under its own name as a zip file."""
    when = time.gmtime(stamp())[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_below(folder):
            member = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", when)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, path.read_bytes())


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS for the files in a folder, as sha256sum --check reads them."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8", newline="\n")


def megabytes(path: Path) -> str:
    """How large a file is, or a folder with all that is in it."""
    paths = [path] if path.is_file() else [one for one in files_below(path) if not one.is_symlink()]
    return f"{sum(one.stat().st_size for one in paths) / 1e6:.1f} MB"
