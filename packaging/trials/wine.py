"""A Windows of its own in a folder, by Wine, with the two libraries that Debian's Wine lacks."""

from __future__ import annotations

import copy
import os
import re
import subprocess
from pathlib import Path

ICU_FUNCTIONS = (
    *("UCNV_FROM_U_CALLBACK_SUBSTITUTE", "UCNV_TO_U_CALLBACK_SUBSTITUTE", "ucnv_cbFromUWriteUChars"),
    *("ucnv_cbToUWriteUChars", "ucnv_close", "ucnv_countAvailable", "ucnv_fromUCountPending", "ucnv_fromUnicode"),
    *("ucnv_getAvailableName", "ucnv_getFromUCallBack", "ucnv_getMaxCharSize", "ucnv_getName"),
    *("ucnv_getStandardName", "ucnv_getToUCallBack", "ucnv_open", "ucnv_reset", "ucnv_setFromUCallBack"),
    *("ucnv_setToUCallBack", "ucnv_toUCountPending", "ucnv_toUnicode"),
)


LOADER = "/usr/lib/wine/wine64"


class Wine:
    """A Windows of its own in a folder."""

    def __init__(self, work: Path, display: str) -> None:
        self.work = work
        self.name = "Łukasz"
        self.drive = work / "prefix" / "drive_c"
        self.started: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))},
            "WINEPREFIX": str(work / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "DISPLAY": display,
            # By it Wine reads names that are not ASCII.
            "LC_ALL": "C.UTF-8",
            **variables_of(self.name, work),
        }

    def used_by(self, name: str) -> Wine:
        """The same Windows with somebody else at it. Wine gives them folders of their own, and the same registry."""
        other = copy.copy(self)
        other.name, other.environment = name, {**self.environment, **variables_of(name, self.work)}
        return other

    def make(self) -> None:
        """Let Wine lay out its folders; then add the libraries that it lacks."""
        self.run("wineboot", "--init")
        self.wait()
        system = self.drive / "windows" / "system32"
        write_library(system / "icuuc.dll", empty_icu())
        write_library(system / "bcryptprimitives.dll", random_bytes())

    def run(self, *words: str | Path, allowed: tuple[int, ...] = (0,)) -> str:
        """Run a Windows program and wait for it; returns what it printed."""
        done = subprocess.run(
            [LOADER, *map(str, words)],
            check=False,
            env=self.environment,
            input=b"",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=900,
        )
        text = done.stdout.decode("utf-8", "replace").replace("\r", "")
        if done.returncode not in allowed:
            raise SystemExit(f"{words} ended with {done.returncode}:\n{text}")
        return text

    def start(self, *words: str | Path) -> None:
        """Start a Windows program and let it go on."""
        command = [LOADER, *map(str, words)]
        # Under Wine Python takes nothing but pipes for its streams.
        ends = subprocess.PIPE
        self.started.append(subprocess.Popen(command, env=self.environment, stdin=ends, stdout=ends, stderr=ends))

    def wait(self) -> None:
        """Wait until no program runs in it any more."""
        subprocess.run(["/usr/lib/wine/wineserver", "--wait"], check=True, env=self.environment, timeout=300)

    def stop(self) -> None:
        """End what runs in it."""
        subprocess.run(["/usr/lib/wine/wineserver", "--kill"], check=False, env=self.environment)

    def value(self, key: str, name: str = "") -> str:
        """A value of the registry, or nothing."""
        text = self.run("reg", "query", key, *(("/v", name) if name else ("/ve",)), allowed=(0, 1))
        found = re.search(r"REG_\w+\s+(.*)", text)
        return found[1].strip() if found else ""

    def person(self) -> Path:
        """The folder of the person who is at it."""
        return self.drive / "users" / self.name


def variables_of(name: str, work: Path) -> dict[str, str]:
    """By which Wine knows who is at it, and where their documents are: a home of their own, which is made."""
    home = work / f"home of {name}"
    home.mkdir(exist_ok=True)
    return {"USER": name, "LOGNAME": name, "HOME": str(home)}


def empty_icu() -> list[str]:
    """The library in which Qt looks for converters: every function answers 0."""
    code = ["answer:", "xor %eax, %eax", "ret"]
    return code + [line for name in ICU_FUNCTIONS for line in (f".globl {name}", f".set {name}, answer")]


def random_bytes() -> list[str]:
    """The library of which pydantic's compiled part asks random bytes (in rcx where, in rdx how many)."""
    start = [".globl ProcessPrng", "ProcessPrng:", "test %rdx, %rdx", "jz 2f"]
    each = ["1: rdrand %eax", "jnc 1b", "mov %al, (%rcx)", "inc %rcx", "dec %rdx", "jnz 1b"]
    return [*start, *each, "2: mov $1, %eax", "ret"]


def write_library(target: Path, code: list[str]) -> None:
    """Make a DLL of a few lines of assembly, with mingw's tools."""
    source, compiled = target.with_suffix(".s"), target.with_suffix(".o")
    source.write_text("\n".join((".text", *code)) + "\n")
    tool = "x86_64-w64-mingw32-"
    subprocess.run([f"{tool}as", "-o", compiled, source], check=True)
    words: list[str | Path] = [f"{tool}ld", "-shared", "-e", "0", "--export-all-symbols", "-o", target, compiled]
    subprocess.run(words, check=True)


def windows_path(path: Path) -> str:
    """A path as programs under Wine name it."""
    return "Z:" + str(path).replace("/", "\\")
